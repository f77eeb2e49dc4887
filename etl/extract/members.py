"""Members of ZIP and TAR archives: which are read, under which limits, and where reading goes on.

Nothing is unpacked to a path of the archive's choosing: a member is read in memory, a large one through a nameless
temporary file.
"""

from __future__ import annotations

import datetime as dt
import lzma
import re
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import BinaryIO, cast
from zipfile import BadZipFile

from etl.extract.blobs import Blob, Capture, Context, Damaged, Item
from etl.extract.inflate import CHUNK
from etl.extract.limits import MIB, Limits
from etl.extract.naming import is_companion, is_hidden, names_no_page, sidecar_names
from etl.extract.pages import too_large
from etl.extract.slices import slice_of
from etl.records import Reason

# A path of Windows with its drive: C:\pages\a.html
_DRIVE = re.compile(r"[A-Za-z]:")
IN_MEMORY = 16 * MIB
"""A larger member goes through a temporary file, or is read where it lies."""
# What zipfile and the decompressors below it raise for a damaged member.
BROKEN = (BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, ValueError, OverflowError, RuntimeError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One file in an archive."""

    name: str
    size: int
    """As the archive declares it."""
    packed: int
    """Bytes that it takes in the archive."""
    open: Callable[[], BinaryIO]
    """Its content as a stream, once."""
    modified_at: dt.datetime | None = None
    at: tuple[BinaryIO, int] | None = None
    """The file and the offset at which the content lies unpacked, where it does."""
    problem: str | None = None
    """Why it must not be read: a link, a device, a password."""


class Listing:
    """All the names in an archive: what one member is, the others tell. `small` gives the bytes of a small member."""

    def __init__(self, names: Iterable[str], small: Callable[[str], bytes | None]) -> None:
        self.names = frozenset(names)
        self.small = small

    def word(self, name: str, endings: tuple[str, ...]) -> str:
        """The word to count a member by that is not read; empty for one that is. `endings` announce archives."""
        parts = name.split("/")
        if any(map(is_hidden, parts)) or name.endswith(".meta.json"):
            return "hidden"
        if self._is_web_archive and not name.startswith("archive/"):
            return "index"
        if name in self._sidecars:
            return "sidecar"
        if names_no_page(name) and not name.lower().endswith(endings):
            return "asset"
        return "asset" if any(map(self._is_companion, parts[:-1], _folders(parts))) else ""

    @cached_property
    def _sidecars(self) -> frozenset[str]:
        pages = (name for name in self.names if not name.endswith(".json"))
        return frozenset(folder_of(name) + sidecar for name in pages for sidecar in sidecar_names(name))

    @cached_property
    def _is_web_archive(self) -> bool:
        """A WACZ: its pages are in `archive/`, the rest is index and description."""
        return "datapackage.json" in self.names and any(name.startswith("archive/") for name in self.names)

    def _is_companion(self, last: str, folder: str) -> bool:
        return is_companion(last, lambda beside: folder + beside in self.names)


def folder_of(name: str) -> str:
    """With its slash; empty at the top."""
    return name[: name.rfind("/") + 1]


def _folders(parts: list[str]) -> Iterator[str]:
    """The folder, with its slash, in which each part lies."""
    folder = ""
    for part in parts:
        yield folder
        folder += part + "/"


def read_members(blob: Blob, context: Context, listing: Listing, members: Iterable[Member | Damaged]) -> Iterator[Item]:
    """What the members hold, in their order. A `Damaged` among them is a stretch of the archive that is lost."""
    after = context.after if any(_covers(name, context.after) for name in listing.names) else None
    wanted = None if context.only is None else {name for record in context.only for name in _leading(record)}
    budget = _Budget(blob, context.limits)
    nothing = True
    for member in members:
        if isinstance(member, Damaged):
            nothing = False
            if after is None:
                yield blob.capture().broken("A part of the archive is lost", member)
            continue
        if wanted is not None and member.name not in wanted:
            nothing = False
            continue
        inside = None
        if after is not None:
            if not _covers(member.name, after):
                continue
            inside, after = after[len(member.name) + 1 :], None
            if not inside:
                continue
        nothing = False
        try:
            budget.spend(member)
        except Damaged as damage:
            yield blob.capture().rejected(damage.reason, f"The archive is not read further: {damage}.", size=blob.size)
            return
        inner = replace(context, after=inside, only=_inside(member.name, context.only), depth=context.depth + 1)
        yield from _read_member(blob, inner, listing, member)
    if nothing and context.after is None:
        yield blob.capture().rejected(Reason.EMPTY, "The archive holds no file.", size=blob.size)


def _covers(name: str, record: str | None) -> bool:
    """Whether the record is this member or lies inside of it."""
    return record is not None and (record == name or record.startswith(name + "!"))


def _leading(record: str | None) -> Iterator[str]:
    """The members that a record can lie in; names may have the sign between them too."""
    parts = (record or "").split("!")
    yield from ("!".join(parts[:count]) for count in range(1, len(parts) + 1))


def _inside(name: str, records: frozenset[str | None] | None) -> frozenset[str | None] | None:
    """The wanted records inside of a member; None for a member that is wanted itself."""
    inner = {record[len(name) + 1 :] for record in records or () if record and record.startswith(name + "!")}
    return frozenset(inner) or None


class _Budget:
    """What the members of one archive may cost together: overlapping members make bombs of harmless ones."""

    def __init__(self, blob: Blob, limits: Limits) -> None:
        self._limits, self._size = limits, blob.size
        self._members = self._bytes = 0

    def spend(self, member: Member) -> None:
        limits = self._limits
        self._members += 1
        self._bytes += member.size
        if self._members > limits.max_members:
            raise Damaged(Reason.TOO_LARGE, f"it has more than {limits.max_members} members")
        if self._bytes > max(limits.ratio_free_bytes, self._size * limits.max_ratio):
            raise Damaged(Reason.TOO_LARGE, f"its members have more than {limits.max_ratio} times its size")


def _read_member(blob: Blob, context: Context, listing: Listing, member: Member) -> Iterator[Item]:
    inner = _blob_of(blob, listing, member)
    capture = inner.capture()
    problem = member.problem or _unsafe(member.name)
    if problem:
        yield capture.rejected(Reason.UNSAFE, f"The member is not read: {problem}.", size=member.size)
    elif word := listing.word(member.name, context.kinds.endings):
        yield capture.passed_over(word)
    elif context.depth > context.limits.max_depth:
        yield capture.rejected(Reason.TOO_LARGE, f"Archives are nested deeper than {context.limits.max_depth}.", size=member.size)
    else:
        yield from _read_content(inner, capture, context, member)


def _blob_of(blob: Blob, listing: Listing, member: Member) -> Blob:
    return Blob(
        source=blob.source,
        name=member.name,
        member=f"{blob.member}!{member.name}" if blob.member else member.name,
        open=member.open,
        size=member.size,
        modified_at=member.modified_at or blob.modified_at,
        path=blob.path if member.at else None,
        begins=blob.begins + member.at[1] if member.at else 0,
        beside=lambda name: listing.small(folder_of(member.name) + name),
    )


def _unsafe(name: str) -> str | None:
    """Archives are read, not unpacked; but a name that would lead outside is a sign of an attack, not of a page."""
    if name.startswith("/") or _DRIVE.match(name):
        return "its path is absolute"
    if ".." in name.split("/"):
        return "its path leads outside of the archive"
    return None


def _read_content(blob: Blob, capture: Capture, context: Context, member: Member) -> Iterator[Item]:
    try:
        file, size = _content(member, context)
    except Damaged as damage:
        if damage.reason is Reason.TOO_LARGE:
            yield too_large(capture, member.size, context.limits)
        else:
            yield capture.broken("The member cannot be unpacked", damage, size=member.size)
        return
    with file:
        yield from context.kinds.read(replace(blob, open=lambda: slice_of(file, 0, size), size=size), context)


def _content(member: Member, context: Context) -> tuple[BinaryIO, int]:
    """The member as a file that can be sought in, and its size. Raises `Damaged`."""
    if member.at and member.size > IN_MEMORY:
        return slice_of(*member.at, member.size), member.size
    spool = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - closed by the caller
    try:
        with member.open() as stream:
            return spool, _copy(stream, spool, member, context)
    except BaseException as error:
        spool.close()
        if isinstance(error, BROKEN) or (isinstance(error, OSError) and error.errno is None):  # bz2 raises a bare OSError
            raise Damaged(Reason.CORRUPT, str(error) or type(error).__name__) from error
        raise


def _copy(stream: BinaryIO, spool: BinaryIO, member: Member, context: Context) -> int:
    """A page is copied up to its limit; only what is an archive may be larger."""
    limits = context.limits
    size = _copy_within(stream, spool, member, limits, max(limits.max_page_bytes, limits.max_compressed_bytes) + 1)
    if not (more := stream.read(1)):
        return size
    if context.kinds.is_page(lambda: slice_of(spool, 0, size), member.name):
        raise Damaged(Reason.TOO_LARGE, "")
    spool.seek(size)
    spool.write(more)
    size += 1 + _copy_within(stream, spool, member, limits, limits.max_nested_bytes)
    if stream.read(1):
        raise Damaged(Reason.TOO_LARGE, "")
    return size


def _copy_within(stream: BinaryIO, spool: BinaryIO, member: Member, limits: Limits, limit: int) -> int:
    size = 0
    while size < limit and (data := stream.read(min(CHUNK, limit - size))):
        spool.write(data)
        size += len(data)
        if size > limits.ratio_free_bytes and size > limits.max_ratio * max(member.packed, 1):
            raise Damaged(Reason.TOO_LARGE, "")
    return size
