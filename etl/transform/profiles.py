"""Publisher profiles: what cannot be known from a page, as validated data.

A profile is one TOML file (`etl/publishers/<domain>.toml`, or in a user's own folder). Wherever a profile is silent the generic
reading stands. This module knows the form of a profile and picks the one of a page; reading the files is `etl.publishers`' job.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from etl.records import Block

FieldName = Literal["title", "subtitle", "section", "published", "updated", "authors", "tags", "body", "images"]
"""The fields that a layout can have XPaths for: those of `Fields`."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RelatedBlock(_Part):
    """Where a block of links to other stories stands."""

    block: Block
    heading: str | None = None
    """Printed heading that marks the block."""
    xpath: str | None = None
    """Element that holds the block's links."""


class Fields(_Part):
    """XPaths of a field, tried in order; the first that gives text wins."""

    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


class Layout(_Part):
    """One design of the site; the newest whose XPaths find something is used."""

    name: str
    valid_until: dt.date | None = None
    """The last day on which pages of this design were served; none for the one in use."""
    when: str | None = None
    """XPath that finds something on pages of this design only; without it any of the fields' XPaths does."""
    fields: Fields = Field(default_factory=Fields)
    related: tuple[RelatedBlock, ...] = ()
    remove: tuple[str, ...] = ()
    """XPaths of elements that are never part of the story."""


class Captures(_Part):
    """How a plain-text capture of the site's pages looks."""

    markers: tuple[str, ...] = ()
    """Lines or beginnings of lines by which a capture without address is known to be this site's."""
    section_prefix: str | None = None
    """Words before the section's name on the line over the title: `Jerusalem Post `."""
    tag_phrases: tuple[str, ...] = ()
    """Tags of several words, which a line of tags parted by spaces does not show."""
    related: tuple[RelatedBlock, ...] = ()


class Profile(_Part):
    """One publisher."""

    domain: str
    name: str
    time_zone: str | None = None
    """IANA name."""
    language: str | None = None
    """BCP 47 primary tag."""
    date_order: Literal["DMY", "MDY", "YMD"] | None = None
    false_offset: bool = False
    """True where the machine-readable times are local times with a false `Z` or offset."""
    layouts: tuple[Layout, ...] = ()
    captures: Captures = Field(default_factory=Captures)

    def layouts_on(self, day: dt.date | None) -> list[Layout]:
        """The layouts in the order to try: the one in force on the day of capture, then the others, newest first.

        None is ruled out by its date: a file's time can be younger than the page in it.
        """
        newest_first = sorted(self.layouts, key=lambda layout: layout.valid_until or dt.date.max, reverse=True)
        in_force = [layout for layout in newest_first if day and (layout.valid_until or dt.date.max) >= day][-1:]
        return in_force + [layout for layout in newest_first if layout not in in_force]


class Profiles:
    """The profiles in force."""

    def __init__(self, profiles: Iterable[Profile] = ()) -> None:
        self.by_domain = {profile.domain: profile for profile in profiles}

    def for_url(self, url: str | None) -> Profile | None:
        """The profile of an address's host or of the nearest domain above it."""
        labels = (urlsplit(url or "").hostname or "").split(".")
        return next((p for i in range(len(labels)) if (p := self.by_domain.get(".".join(labels[i:])))), None)
