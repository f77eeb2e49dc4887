"""Where an export is written: a folder beside the one asked for, moved there when it is whole. Knows nothing of its content."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from etl.errors import UsageError

PACKAGE = "datapackage.json"
"""The file by which an export is known."""


@contextlib.contextmanager
def new_folder(folder: Path, *, replace: bool) -> Iterator[Path]:
    """A folder to write into, which becomes `folder` when the block ends, and vanishes when it raises.

    `folder` may be missing or empty; with `replace` it may hold an export, never anything else. What killed exports to the same
    folder left behind is cleared away: each holds a lock on its unfinished folder that dies with it.
    """
    if folder.is_symlink():
        raise UsageError(f"{folder}: this is a link; name the folder itself")
    folder = folder.resolve()
    _check(folder, replace)
    _clear_remains(folder)
    unfinished = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    lock = _locked(unfinished)
    try:
        unfinished.chmod(0o777 & ~_umask())
        yield unfinished
        _check(folder, replace)
        _move(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _check(folder: Path, replace: bool) -> None:
    if not folder.parent.is_dir():
        raise UsageError(f"{folder}: there is no folder {folder.parent}; create it first")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder}: this is no folder; name another")
    if not any(folder.iterdir()):
        return
    if not (folder / PACKAGE).is_file():
        raise UsageError(f"{folder}: this folder holds something else than an export; name another, or a new one")
    if not replace:
        raise UsageError(f"{folder}: there is an export here already; name another folder, or replace it with --replace")


def _clear_remains(folder: Path) -> None:
    for remains in folder.parent.glob(f"{_prefix(folder)}*"):
        lock = _locked(remains)
        if lock is not None:
            shutil.rmtree(remains, ignore_errors=True)
            os.close(lock)


def _prefix(folder: Path) -> str:
    return f".{folder.name}.unfinished-"


def _locked(folder: Path) -> int | None:
    """A lock on a folder, which lasts until it is closed or its process ends; None where another process holds it."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _umask() -> int:
    """Folders of `mkdtemp` are private; an export is as open as other folders that its user makes."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _move(unfinished: Path, folder: Path) -> None:
    """A rename takes the place of an empty folder in one step. An export that is replaced is moved aside first: the system knows
    no exchange of two folders that Python can ask for."""
    before = None
    if folder.exists() and any(folder.iterdir()):
        before = unfinished.with_name(f"{unfinished.name}-before")
        folder.rename(before)
    try:
        unfinished.rename(folder)
    except OSError:
        if before is not None:
            before.rename(folder)
        raise
    if before is not None:
        shutil.rmtree(before, ignore_errors=True)
