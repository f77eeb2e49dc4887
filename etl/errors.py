"""The errors a caller can tell apart, by what it does about them.

    EtlError
    ├── StopRun                 the run cannot go on
    │   ├── UsageError          what the user asked for cannot be done as asked          (exit status 2)
    │   ├── FileFault           a file of the user's is wrong: file, key, what is wrong  (exit status 2)
    │   │   ├── ProfileError    a publisher profile
    │   │   └── ConfigError     the configuration file
    │   ├── DatabaseError       the database cannot be reached, read or brought up to date
    │   ├── SchemaTooNew        the database was made by a newer news-etl
    │   └── Locked              another run holds the database; later it will do       (exit status 75)
    ├── SourceError             this source cannot be read (further); go on with the next
    └── PageError               this page is no article; reject it and go on

Each takes facts, keeps them as attributes, builds its sentence from them, and survives pickling.
"""

from __future__ import annotations

from typing import Any

from etl.records import Reason


class EtlError(Exception):
    """The root: every error that news-etl raises on purpose."""

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)

    def __str__(self) -> str:
        return self.sentence()

    def sentence(self) -> str:
        """What was found, what was expected, what to do next: one line."""
        return " ".join(str(fact) for fact in self.args)


class StopRun(EtlError):
    """The run cannot go on."""


class UsageError(StopRun):
    """What the user asked for cannot be done as asked."""


class FileFault(StopRun):
    """A file of the user's is wrong.

    `file` is its path, `key` the dotted key inside it (empty when the file as a whole cannot be read).
    """

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(file, key, problem)
        self.file, self.key, self.problem = file, key, problem

    def sentence(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.problem}"


class ProfileError(FileFault):
    """A publisher profile is wrong."""


class ConfigError(FileFault):
    """The configuration file is wrong."""


class DatabaseError(StopRun):
    """The database cannot be reached, read or brought up to date. `url` has its password hidden."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(url, problem)
        self.url, self.problem = url, problem

    def sentence(self) -> str:
        return f"{self.url}: {self.problem}"


class SchemaTooNew(DatabaseError):
    """The database's schema revision is unknown to this program: a newer news-etl made it."""


class Locked(StopRun):
    """Another run holds the database. `holder` says who: process, host, since when, with which command."""

    def __init__(self, url: str, holder: str) -> None:
        super().__init__(url, holder)
        self.url, self.holder = url, holder

    def sentence(self) -> str:
        return f"{self.url}: another run holds the database ({self.holder}); try again later, or wait for it with --wait SECONDS"


class SourceError(EtlError):
    """A source cannot be read (further)."""

    def __init__(self, uri: str, problem: str) -> None:
        super().__init__(uri, problem)
        self.uri, self.problem = uri, problem

    def sentence(self) -> str:
        return f"{self.uri}: {self.problem}"


class PageError(EtlError):
    """A page is no article. `reason` is the word to count by, `message` one sentence for a reader."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(reason, message)
        self.reason, self.message = reason, message

    def sentence(self) -> str:
        return self.message
