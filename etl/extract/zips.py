"""ZIP archives of pages, and WACZ, which is a ZIP with WARC files in it."""

from __future__ import annotations

import datetime as dt
import stat
import struct
from collections.abc import Iterator
from typing import BinaryIO, cast
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from etl.extract.blobs import Blob, Context, Item
from etl.extract.members import BROKEN, IN_MEMORY, Listing, Member, read_members
from etl.extract.sidecar import MAX_BYTES
from etl.extract.zip_remains import remains

_LOCAL_HEADER = struct.Struct("<26xHH")


def recognises(first: bytes, _name: str) -> bool:
    """Whether first bytes begin a ZIP, an empty one too."""
    return first.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read(blob: Blob, context: Context) -> Iterator[Item]:
    """The pages of all members, in the order of the archive's directory."""
    with blob.open() as file:
        try:
            archive = ZipFile(file)
        except BROKEN:
            yield from read_members(blob, context, *remains(file, blob.size, context.limits))
            return
        with archive:
            infos = {info.filename.replace("\\", "/"): info for info in archive.infolist() if not info.is_dir()}
            listing = Listing(infos, lambda name: _small(archive, infos.get(name)))
            yield from read_members(blob, context, listing, (_member(archive, file, name, info) for name, info in infos.items()))


def _small(archive: ZipFile, info: ZipInfo | None) -> bytes | None:
    if info is None or info.flag_bits & 1:
        return None
    try:
        with archive.open(info) as stream:
            return stream.read(MAX_BYTES + 1)
    except (*BROKEN, OSError):
        return b""  # it is there, and broken


def _member(archive: ZipFile, file: BinaryIO, name: str, info: ZipInfo) -> Member:
    return Member(
        name=name,
        size=info.file_size,
        packed=info.compress_size,
        open=lambda: _open(archive, info),
        modified_at=_modified(info),
        at=_place(file, info) if info.compress_type == ZIP_STORED and info.file_size > IN_MEMORY else None,
        problem=_problem(info),
    )


def _open(archive: ZipFile, info: ZipInfo) -> BinaryIO:
    if info.header_offset < 0:
        raise BadZipFile("the directory names a place before the file")
    return cast("BinaryIO", archive.open(info))


def _modified(info: ZipInfo) -> dt.datetime | None:
    """ZIP keeps local time without its zone: read as UTC. 1980 stands for none."""
    try:
        moment = dt.datetime(*info.date_time, tzinfo=dt.UTC)
    except ValueError:
        return None
    return moment if moment.year > 1980 else None


def _place(file: BinaryIO, info: ZipInfo) -> tuple[BinaryIO, int] | None:
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        return None
    name_length, extra_length = _LOCAL_HEADER.unpack(header)
    return file, info.header_offset + _LOCAL_HEADER.size + name_length + extra_length


def _problem(info: ZipInfo) -> str | None:
    mode = info.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        return "it is a link" if stat.S_ISLNK(mode) else "it is no regular file"
    return "it is locked by a password" if info.flag_bits & 1 else None
