"""Files on other machines, by fsspec: `s3://`, `gs://`, `https://`, `sftp://`, … listed with size, time and ETag.

Passwords and signatures of an address stand in no `Source.uri` and in no message. How the files are read: `remote_streams.py`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import errno
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from etl.errors import UsageError
from etl.extract.kinds import ENDINGS
from etl.extract.limits import Limits
from etl.extract.members import Listing
from etl.extract.naming import names_no_page
from etl.extract.remote_streams import WEB, RemoteFile, is_absence, is_web, problem_of
from etl.hiding import hidden
from etl.records import Source, SourceKind

# s3://bucket/archive/*.warc.gz   https://example.org/a.wacz
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]{1,20})://([^/]{0,500})", re.I)
_AZURE = {"abfs", "abfss", "az", "adl"}
_TIMES = ("LastModified", "Last-Modified", "last_modified", "mtime", "updated", "modified", "created")
_TAGS = ("ETag", "etag", "md5Hash", "Content-MD5", "sha256", "crc32c")

Found = list[tuple[str, dict[str, Any]]]
"""Name in the storage and description of each file."""


def is_remote(argument: str) -> bool:
    """Whether this is an address rather than a path."""
    return _ADDRESS.match(argument) is not None


def remote_sources(argument: str, origin: str = "") -> list[Source]:
    """The files that an address names: a file, a folder (with all below it), a glob. Raises UsageError where it names none.

    `origin` is the list that the address stands in.
    """
    named = hidden(argument) + (f" (named in {origin})" if origin else "")
    try:
        files, path = _storage(argument)
        found = _files_of(files, path)
    except ImportError as error:
        raise UsageError(f"{named}: {_missing(error)}.") from error
    except UsageError:
        raise
    except Exception as error:  # each storage has errors of its own
        if not is_absence(error):
            raise UsageError(f"{named}: it cannot be reached ({problem_of(error, argument)}).") from error
        found = []
    if not found:
        raise UsageError(f"{named}: no page or archive is there.")
    return [_source(files, name, info, argument if name == path else _address(name, argument)) for name, info in found]


@dataclass(frozen=True, slots=True)
class Remote:
    """A file on another machine, while it is read."""

    open: Callable[[], BinaryIO]
    """A new stream at the start, able to seek. Raises OSError."""
    size: int
    beside: Callable[[str], bytes | None]
    """The bytes of a small file of this name in the same folder."""


@contextlib.contextmanager
def opened(source: Source, limits: Limits, small: int) -> Iterator[Remote]:
    """The file, while the block runs. Raises OSError. `small` bytes are read at most of a file beside it."""
    address = source.address or source.uri
    with contextlib.ExitStack() as stack:
        with _os_errors(address):
            files, path = _storage(address)
        file = RemoteFile(files, path, address, source.size, limits.max_nested_bytes, stack)
        yield Remote(open=file.open, size=file.size, beside=lambda name: _beside(files, path, name, small))


@contextlib.contextmanager
def _os_errors(address: str) -> Iterator[None]:
    """What a storage raises when it is opened, as an OSError with a message for people."""
    try:
        yield
    except ImportError as error:
        raise OSError(errno.EIO, _missing(error)) from error
    except Exception as error:
        raise OSError(errno.EIO, problem_of(error, address)) from error


def _storage(address: str) -> tuple[Any, str]:
    """The storage of an address, and the path in it."""
    from fsspec.core import url_to_fs

    match = _ADDRESS.match(address)
    scheme = match[1].lower() if match else ""
    options = _options() if scheme in WEB else {}
    try:
        files, path = url_to_fs(address, **options)
    except ValueError as error:
        if "rotocol not known" not in str(error):
            raise
        raise UsageError(f"{hidden(address)}: nothing is read by {scheme}://; fsspec knows s3, gs, https, sftp, …") from error
    return files, str(path)


def _options() -> dict[str, Any]:
    """For web servers: no end for a whole file, but for each step of it; the proxies of the environment."""
    import aiohttp

    return {"client_kwargs": {"timeout": aiohttp.ClientTimeout(total=None, sock_connect=30, sock_read=60), "trust_env": True}}


def _missing(error: ImportError) -> str:
    wanted = getattr(error, "name", None) or str(error)
    return f"files on other machines need the extra 'remote' ({wanted}): pip install 'news-etl[remote]'"


def _files_of(files: Any, path: str) -> Found:
    """The files that a path in the storage names, sorted."""
    magic = next((at for at, letter in enumerate(path) if letter in ("*[" if is_web(files) else "*?[")), None)
    if magic is not None:
        found = files.glob(path, detail=True)
        matched = {name: info for name, info in found.items() if info.get("type") != "directory"}
        folders = [files.find(name, detail=True) for name, info in found.items() if info.get("type") == "directory"]
        return _readable(matched | {name: info for folder in folders for name, info in folder.items()}, path[:magic])
    info = files.info(path)
    if is_web(files) or info.get("type") != "directory":
        return [(path, info)]
    return _readable(files.find(path, detail=True), path.rstrip("/") + "/")


def _readable(found: dict[str, dict[str, Any]], root: str) -> Found:
    """As in folders of this machine: what is hidden, a companion or of a type that no reader claims is left out."""
    start = root.rfind("/") + 1
    listing = Listing((name[start:] for name in found), lambda name: None)
    return [
        (name, info)
        for name, info in sorted(found.items())
        if not listing.word(name[start:], ENDINGS) and (name.lower().endswith(ENDINGS) or not names_no_page(name))
    ]


def _source(files: Any, name: str, info: dict[str, Any], address: str) -> Source:
    if is_web(files) and "ETag" not in info:  # a list of links tells nothing but addresses
        with contextlib.suppress(Exception):  # reading it will say what is wrong
            info = {**info, **files.info(name)}
    size, uri = info.get("size"), hidden(address)
    return Source(
        kind=SourceKind.UNKNOWN,  # its first bytes are looked at when it is read
        uri=uri,
        address=address if address != uri else None,
        size=int(size) if isinstance(size, (int, float)) else None,
        modified_at=next((at for key in _TIMES if (at := _instant(info.get(key)))), None),
        etag=next((str(info[key]) for key in _TAGS if info.get(key)), None),
    )


def _address(name: str, argument: str) -> str:
    """The address of a file that a glob or a folder holds. Some storages have the host in their paths, some have not."""
    match = _ADDRESS.match(argument)
    if match is None or is_remote(name):
        return name
    scheme, host, path = match[1], match[2], name.lstrip("/")
    if path.startswith(f"{host}/") or not host:
        return f"{scheme}://{'' if host else '/'}{path}"
    container = host.partition("@")[0]
    if scheme.lower() in _AZURE and path.startswith(f"{container}/"):
        path = path.removeprefix(f"{container}/")
    return f"{scheme}://{host}/{path}"


def _instant(value: object) -> dt.datetime | None:
    """A time as the storages give it: a datetime, seconds since 1970, ISO 8601, the form of HTTP."""
    with contextlib.suppress(ValueError, TypeError, OverflowError, OSError):
        if isinstance(value, (int, float)):
            return dt.datetime.fromtimestamp(value, dt.UTC)
        if isinstance(value, str):
            value = email.utils.parsedate_to_datetime(value) if "," in value else dt.datetime.fromisoformat(value)
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return None


def _beside(files: Any, path: str, name: str, most: int) -> bytes | None:
    """Of web servers nothing is guessed at: each guess would be a request for what is not there."""
    if is_web(files):
        return None
    folder = path.rpartition("/")[0]
    try:
        if name not in {entry.rpartition("/")[2] for entry in files.ls(folder, detail=False)}:
            return None
        with files.open(f"{folder}/{name}", "rb") as file:
            return bytes(file.read(most + 1))
    except Exception:
        return None
