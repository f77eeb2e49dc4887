"""The bundled publisher profiles, one TOML file each, and the reading of these and of a user's own.

The form of a profile is that of `etl.transform.profiles.Profile`. A user's file takes the place of the bundled one of the same
name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import rtoml

from etl.errors import ProfileError
from etl.publishers.form import Faults, made
from etl.transform.profiles import Profile, Profiles

_SUFFIX = ".toml"


def load_profiles(folder: Path | None = None) -> Profiles:
    """The bundled profiles, and over them those of a user's folder. Raises ProfileError for the first fault."""
    profiles, problems = _read_all(folder)
    if problems:
        raise problems[0]
    return profiles


def profile_problems(folder: Path | None = None) -> list[ProfileError]:
    """Every fault of the bundled profiles and of those in a user's folder."""
    return _read_all(folder)[1]


def _read_all(folder: Path | None) -> tuple[Profiles, list[ProfileError]]:
    profiles: dict[str, Profile] = {}
    problems: list[ProfileError] = []
    for file in [*_bundled(), *_in_folder(folder)] if folder is None or folder.is_dir() else []:
        try:
            profile = _read(file)
        except _Faults as faults:
            problems += faults.problems
        else:
            profiles.pop(profile.domain, None)  # the user's file comes later, and so last: its hosts are its own
            profiles[profile.domain] = profile
    if folder is not None and not folder.is_dir():
        problems.append(ProfileError(str(folder), "", "there is no folder of publisher profiles here"))
    return Profiles(profiles.values()), problems


class _Faults(Exception):
    """All that is wrong with one file."""

    def __init__(self, problems: list[ProfileError]) -> None:
        super().__init__(problems)
        self.problems = problems


@cache
def _bundled() -> tuple[Traversable, ...]:
    return tuple(_by_name(files(__name__).iterdir()))


def _in_folder(folder: Path | None) -> list[Traversable]:
    return _by_name(folder.iterdir()) if folder else []


def _by_name(entries: Iterator[Any]) -> list[Traversable]:
    return sorted((entry for entry in entries if entry.name.endswith(_SUFFIX)), key=lambda entry: entry.name)


def _read(file: Traversable) -> Profile:
    data = _toml(file)
    domain = file.name.removesuffix(_SUFFIX)
    if data.setdefault("domain", domain) != domain:
        problem = f"{data['domain']!r} is not the file's name; leave the key out, or rename the file"
        raise _Faults([ProfileError(str(file), "domain", problem)])
    try:
        return made(Profile, data)
    except Faults as faults:
        raise _Faults([ProfileError(str(file), key, problem) for key, problem in faults.found]) from faults


def _toml(file: Traversable) -> dict[str, Any]:
    try:
        return rtoml.loads(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise _Faults([ProfileError(str(file), "", f"is not UTF-8 text (byte {error.start})")]) from error
    except OSError as error:
        raise _Faults([ProfileError(str(file), "", f"cannot be read: {error.strerror}")]) from error
    except rtoml.TomlParsingError as error:
        raise _Faults([ProfileError(str(file), "", f"is not TOML: {error}")]) from error
