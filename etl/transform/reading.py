"""What the field extractors hand to one another: a value with its place, and the story's outline on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from etl.records import Origin
from etl.transform.blocks import TextBlock

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A value, and where it was found."""

    value: T_co
    origin: Origin
    detail: str = ""
    """The exact place, for `inspect`: `meta og:title`, `NewsArticle.headline`, `//h1`."""


FoundFields = dict[str, Found[Any] | None]
"""The fields of an article by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyReading:
    """The story's text, and where it stands on the page."""

    paragraphs: tuple[str, ...]
    blocks: tuple[TextBlock, ...] = ()
    """The text blocks it was made of, in the page's order; empty when the text came from elsewhere (JSON-LD, script state)."""
    standfirst: tuple[TextBlock, ...] = ()
    """Blocks between headline and text that the page marks as standfirst: not among the paragraphs, for the subtitle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The outline that title and body give to the fields read after them."""

    title: str
    headline: TextBlock | None
    """The visible headline; None when the title stands only in metadata."""
    body: BodyReading
    language: str | None

    @property
    def first_index(self) -> int | None:
        """Index in `Document.blocks` of the body's first block."""
        return self.body.blocks[0].index if self.body.blocks else None

    @property
    def last_index(self) -> int | None:
        """Index in `Document.blocks` of the body's last block."""
        return self.body.blocks[-1].index if self.body.blocks else None
