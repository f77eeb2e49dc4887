"""What a reader of one kind gets and gives: bytes with a name, the limits, and the place to go on from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from etl.extract.limits import Limits
from etl.records import Page, PageKey, PassedOver, Reason, Rejected

T = TypeVar("T")
R = TypeVar("R")
Item = Page | Rejected | PassedOver


class Damaged(Exception):
    """Bytes that cannot be read (further). Stays inside `extract`: readers turn it into a `Rejected`."""

    def __init__(self, reason: Reason, problem: str) -> None:
        super().__init__(reason, problem)
        self.reason, self.problem = reason, problem

    def __str__(self) -> str:
        return self.problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """Where and when a page was captured: what any outcome of it is filed under."""

    source: str
    record: str | None
    url: str | None
    fetched_at: dt.datetime | None
    hints: Mapping[str, str] = field(default_factory=dict)

    def page(self, content: bytes, media_type: str, charset: str | None = None) -> Page:
        return Page(
            source=self.source,
            record=self.record,
            url=self.url,
            content=content,
            media_type=media_type,
            charset=charset,
            fetched_at=self.fetched_at,
            hints=self.hints,
        )

    def rejected(self, reason: Reason, message: str, *, size: int | None = None, damaged: bool = False) -> Rejected:
        """`size`: bytes of the page as stored. `damaged`: the source itself is cut or corrupt."""
        key = PageKey(source=self.source, record=self.record, url=self.url, byte_size=size, fetched_at=self.fetched_at)
        return Rejected(page=key, reason=reason, message=message, source_damaged=damaged)

    def broken(self, what: str, damage: Damaged, *, size: int | None = None) -> Rejected:
        """`what` is the beginning of the sentence: `The file cannot be unpacked`."""
        damaged = damage.reason in (Reason.CORRUPT, Reason.TRUNCATED)
        return self.rejected(damage.reason, f"{what}: {damage}.", size=size, damaged=damaged)

    def passed_over(self, kind: str) -> PassedOver:
        return PassedOver(source=self.source, record=self.record, kind=kind)


def _nothing_beside(name: str) -> bytes | None:
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Blob:
    """A file, or a member of an archive, to be read."""

    source: str
    """`Source.uri`: the file on disc that holds it."""
    name: str
    """Path of the file or name of the member, with `/`: its suffix and its folders are looked at, nothing is opened by it."""
    member: str | None = None
    """Where it lies in the source: None for the source itself, the member's name in an archive (`a.wacz!archive/b.warc.gz`)."""
    open: Callable[[], BinaryIO]
    """A new binary stream at the start, able to seek."""
    size: int
    modified_at: dt.datetime | None = None
    path: Path | None = None
    """The file on this machine in which its bytes stand as they are: by it another process can read them too."""
    begins: int = 0
    """Where in that file."""
    beside: Callable[[str], bytes | None] = _nothing_beside
    """The bytes of the small file with this last name in the same folder, or None: sidecars are found by it."""

    def capture(self, *, record: str | None = None, url: str | None = None, fetched_at: dt.datetime | None = None) -> Capture:
        """The page that this blob is, or the one at `record` inside of it."""
        place = self.member if record is None else f"{self.member}!{record}" if self.member else record
        return Capture(source=self.source, record=place, url=url, fetched_at=fetched_at or self.modified_at)


class Kinds(Protocol):
    """The table of readers, for those that find blobs inside of theirs."""

    @property
    def endings(self) -> tuple[str, ...]:
        """Of names that announce an archive."""

    def is_page(self, open_: Callable[[], BinaryIO], name: str) -> bool:
        """Whether the bytes are one page (or nothing known), and not an archive."""

    def read(self, blob: Blob, context: Context) -> Iterator[Item]:
        """All that the blob holds, by the reader of its kind."""


class Ahead(Protocol):
    """Processes that read for this one, as the caller has them."""

    def __call__(self, function: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R | None]:
        """The function's value for each task, in their order, worked out elsewhere some tasks ahead; None where that failed.
        Functions, tasks and values pickle."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What a reader must know besides the bytes."""

    limits: Limits
    kinds: Kinds = field(repr=False)
    after: str | None = None
    """Go on behind this record of the blob (without the blob's own place in its source); None begins at the start."""
    only: frozenset[str | None] | None = None
    """Of the blob's records only these are wanted. A reader that can go to them does; the others give all."""
    ahead: Ahead | None = field(default=None, repr=False)
    """Who reads large files ahead; None where nobody does."""
    depth: int = 0
    """0 for a file, 1 for a member of it, …"""


Reader = Callable[[Blob, Context], Iterator[Item]]
