"""From the arguments of a command to the files to read: paths, addresses, folders, globs, and lists of those.

The order is that of the arguments, and sorted inside folders and globs; a file named twice comes once.
"""

from __future__ import annotations

import datetime as dt
import glob
import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from etl.errors import UsageError
from etl.extract.kinds import ENDINGS, kind_of
from etl.extract.naming import is_companion, is_hidden, names_no_page, sidecar_names
from etl.extract.remote import is_remote, remote_sources
from etl.records import Source, SourceKind

logger = logging.getLogger(__name__)

_MAGIC = re.compile(r"[*?\[]")
_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")


def find_sources(arguments: Sequence[str], *, stdin: TextIO | None = None) -> Iterator[Source]:
    """The files that the arguments name: a path, an address (`s3://…`, `https://…`), a folder (with all below it), a glob,
    `@list.txt` or `-` (lists of those).

    Hidden files, sidecars and the companion files of saved pages are left out of folders and globs. Before the first source
    is given every argument is looked at: `UsageError` for one that names nothing.
    """
    named = [part for argument in arguments for part in _expand_lists(argument, stdin or sys.stdin)]
    folders = _Folders()
    listed = {argument: remote_sources(argument, origin) for argument, origin in named if is_remote(argument)}
    for argument, origin in named:
        if argument not in listed:
            _check(argument, origin, folders)
    seen: set[str] = set()
    for argument, _ in named:
        for source in listed.get(argument, ()):
            if source.uri not in seen:
                seen.add(source.uri)
                yield source
        if argument in listed:
            continue
        for path in _files_of(argument, folders):
            real = os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                yield source_of(path)
    if not seen:
        raise UsageError(f"{', '.join(arguments)}: no page or archive is named here.")


def source_of(path: str | os.PathLike[str]) -> Source:
    """The source that one file is."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would show another name than the user's for a link
    uri = uri_of(absolute)
    try:
        status = absolute.stat()
        kind = kind_of(lambda: absolute.open("rb"), absolute.as_posix())
    except OSError:  # reading it will say why
        return Source(kind=SourceKind.UNKNOWN, uri=uri)
    modified = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC)
    return Source(kind=kind, uri=uri, size=status.st_size, modified_at=modified)


def source_again(uri: str) -> Source:
    """The source of this `uri`, as it is now. Raises UsageError for one on another machine that is not there, or not to be had
    without the password or signature that nobody kept."""
    return remote_sources(uri)[0] if is_remote(uri) else source_of(path_of(uri))


def uri_of(path: Path) -> str:
    """The path as text that any database takes: bytes of a name that are not UTF-8 are written as \\xe9."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def path_of(uri: str) -> Path:
    """The path that `uri_of` wrote."""
    path = Path(uri)
    if "\\x" not in uri or path.exists():
        return path
    return Path(os.fsdecode(_ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), uri.encode())))


def _expand_lists(argument: str, stdin: TextIO) -> list[tuple[str, str]]:
    """The arguments that this one stands for, each with the list it came from (empty for the command line)."""
    if argument == "-":
        return [(line, "standard input") for line in _lines(stdin)]
    if not argument.startswith("@") or Path(argument).exists():
        return [(argument, "")]
    try:
        with Path(argument[1:]).open(encoding="utf-8-sig", errors="surrogateescape") as file:
            return [(line, argument[1:]) for line in _lines(file)]
    except OSError as error:
        raise UsageError(f"{argument}: the list of sources cannot be read ({error.strerror}).") from error


def _lines(file: TextIO) -> list[str]:
    """One source a line; empty lines and those that begin with # are skipped."""
    return [text for line in file if (text := line.strip()) and not text.startswith("#")]


def _check(argument: str, origin: str, folders: _Folders) -> None:
    if problem := _problem(argument, folders):
        where = f" (named in {origin})" if origin else ""
        raise UsageError(f"{argument}{where}: {problem}.")


def _problem(argument: str, folders: _Folders) -> str | None:
    path = Path(argument)
    if path.is_dir():
        nothing = next(_files_of(argument, folders), None) is None
        return "no page or archive is in this folder" if nothing else None
    if os.path.lexists(argument):
        return "this is neither a file nor a folder" if path.exists() and not path.is_file() else None
    if not glob.has_magic(argument):
        return "there is no such file or folder"
    nothing = next(_files_of(argument, folders), None) is None
    return "no page or archive matches this pattern" if nothing else None


def _files_of(argument: str, folders: _Folders) -> Iterator[str]:
    if Path(argument).is_dir():
        yield from _walk(argument, folders)
    elif os.path.lexists(argument):
        if not folders.is_sidecar(argument):
            yield argument
    else:
        yield from _matches(argument, folders)


def _matches(pattern: str, folders: _Folders) -> Iterator[str]:
    fixed = len(pattern[: _MAGIC.search(pattern).start()].rpartition("/")[0])  # type: ignore[union-attr]
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute patterns
        if folders.hides(match, fixed):
            continue
        if not Path(match).is_dir():
            if not _is_left_out(Path(match).name) and not folders.is_sidecar(match):
                yield match
        elif not pattern.endswith("**"):  # `**` lists all below by itself
            yield from _walk(match, folders)


def _walk(folder: str, folders: _Folders) -> Iterator[str]:
    """Files to read in and below the folder, sorted by name."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        logger.warning("%s: the folder cannot be read and is left out: %s", folder, error.strerror)
        return
    for entry in entries:
        if is_hidden(entry.name) or folders.is_companion(entry.path):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, folders)
        elif entry.is_file() and not _is_left_out(entry.name) and not folders.is_sidecar(entry.path):
            yield entry.path


def _is_left_out(name: str) -> bool:
    """Hidden, a sidecar without its page, or of a type that no reader claims."""
    return is_hidden(name) or name.endswith(".meta.json") or (names_no_page(name) and not name.lower().endswith(ENDINGS))


class _Folders:
    """What the other names in a folder tell of one; each folder is listed once."""

    def __init__(self) -> None:
        self._names: dict[str, frozenset[str]] = {}
        self._sidecars: dict[str, set[str]] = {}

    def is_sidecar(self, path: str) -> bool:
        """Whether the file describes another one beside it."""
        folder, name = os.path.split(path)
        if not name.endswith(".json"):
            return False
        if folder not in self._sidecars:
            pages = (other for other in self._listed(folder) if not other.endswith(".json"))
            self._sidecars[folder] = {sidecar for page in pages for sidecar in sidecar_names(page)}
        return name in self._sidecars[folder]

    def is_companion(self, path: str) -> bool:
        """Whether it is left out with all below it: hidden, or the folder of a saved page beside it."""
        folder, name = os.path.split(path)
        return is_hidden(name) or is_companion(name, self._listed(folder).__contains__)

    def hides(self, path: str, fixed: int) -> bool:
        """Whether the path or a folder on the way to it, behind its first `fixed` characters, is such a companion."""
        while len(path) > fixed and path != os.path.dirname(path):  # noqa: PTH120 - text in, text out
            if self.is_companion(path):
                return True
            path = os.path.dirname(path)  # noqa: PTH120
        return False

    def _listed(self, folder: str) -> frozenset[str]:
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(folder or "."))  # noqa: PTH208 - names only
            except OSError:
                self._names[folder] = frozenset()
        return self._names[folder]
