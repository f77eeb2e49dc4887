"""What the sources of tags hand to the choice between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from etl.records import Origin
from etl.transform.text import fold


@dataclass(frozen=True)
class TagList:
    """One list of tags that a page offers."""

    tags: tuple[str, ...]
    trust: float
    """How far it can be trusted to be the story's topics, before it is compared with the others."""
    origin: Origin
    detail: str

    @cached_property
    def keys(self) -> frozenset[str]:
        """The tags for comparing."""
        return frozenset(map(fold, self.tags))
