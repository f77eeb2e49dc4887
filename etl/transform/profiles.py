"""Publisher profiles: what cannot be known from a page, as validated data.

A profile is one TOML file (`etl/publishers/<domain>.toml`, or in a user's own folder). Wherever a profile is silent the generic
reading stands. This module knows the form of a profile and picks the one of a page; reading the files is `etl.publishers`'
job, and meeting a page is that of `etl.transform.profiled`. Every field here is described for users in `docs/publishers.md`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import zoneinfo
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Annotated, Literal
from urllib.parse import urlsplit

from lxml import etree

from etl.records import Block
from etl.transform.xpaths import compiled

FieldName = Literal["title", "subtitle", "section", "published", "updated", "authors", "tags", "body", "images"]
"""The fields that a layout can have XPaths for: those of `Fields`."""

CapturePart = Literal["rank", "caption", "title", "byline"]
"""What a line of an entry in a block of links can be, in a text capture."""

_EMPTY_PAGE = etree.HTML("<html><body></body></html>")
_LANGUAGE = re.compile(r"[a-z]{2,3}")  # en
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")  # edition.news.example
_OTHER = re.compile(r"[^\x00-\x7f]")  # letters of any other alphabet


def _xpath(expression: str) -> str:
    try:
        compiled(expression)(_EMPTY_PAGE)
    except (etree.XPathError, ValueError) as error:
        raise ValueError(f"{expression!r} is no XPath 1.0 expression: {error}") from error
    return expression


def _time_zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        import difflib

        close = difflib.get_close_matches(name, sorted(zoneinfo.available_timezones()), n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(close)}?" if close else ", such as Europe/Berlin"
        raise ValueError(f"{name!r} is no IANA time zone{hint}") from error
    return name


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"{tag!r} is no primary language tag: two or three small letters, such as en")
    return tag


def _host(name: str) -> str:
    if not _HOST.fullmatch(_OTHER.sub("x", name)):
        raise ValueError(f"{name!r} is no host: small letters, without scheme, port or path, such as news.example.com")
    return name


def _filled(text: str) -> str:
    if not text:
        raise ValueError("string should have at least 1 character, found ''")
    return text


# What checks a value stands beside its type: `etl.publishers.form` calls it, and names the key in the error.
Text = Annotated[str, _filled]
Texts = tuple[Text, ...]
XPath = Annotated[str, _xpath]
XPaths = tuple[XPath, ...]
Host = Annotated[str, _host]


@dataclass(frozen=True, kw_only=True)
class RelatedBlock:
    """Where a block of links to other stories stands: by its heading, its XPath, or both."""

    block: Block
    heading: Text | None = None
    """Printed heading that marks the block."""
    xpath: XPath | None = None
    """Elements that hold the block's links."""

    def __post_init__(self) -> None:
        if self.heading is None and self.xpath is None:
            raise ValueError("a block needs a heading or an xpath")


@dataclass(frozen=True, kw_only=True)
class Fields:
    """XPaths of a field, tried in order; the first that gives text wins."""

    title: XPaths = ()
    subtitle: XPaths = ()
    section: XPaths = ()
    published: XPaths = ()
    updated: XPaths = ()
    authors: XPaths = ()
    tags: XPaths = ()
    body: XPaths = ()
    images: XPaths = ()


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One design of the site; the newest whose XPaths find something is used."""

    name: Text
    valid_until: dt.date | None = None
    """The last day on which pages of this design were served; none for the one in use."""
    when: XPath | None = None
    """XPath that finds something on pages of this design only; without it any of the fields' XPaths does."""
    fields: Fields = Fields()
    related: tuple[RelatedBlock, ...] = ()
    remove: XPaths = ()
    """XPaths of elements that are never part of the story."""


@dataclass(frozen=True, kw_only=True)
class CaptureBlock:
    """A block of links to other stories in a text capture."""

    block: Block
    heading: Text
    """The line over the block."""
    parts: tuple[CapturePart, ...] = ()
    """What the lines of one entry are, in order; empty: told from the lines themselves."""

    def __post_init__(self) -> None:
        if self.parts and self.parts.count("title") != 1:
            raise ValueError(f"parts need title exactly once, found {', '.join(self.parts)}")


@dataclass(frozen=True, kw_only=True)
class Captures:
    """How a plain-text capture of the site's pages looks. All lines are compared without regard to case."""

    markers: Texts = ()
    """Beginnings of lines by which a capture without address is known to be this site's."""
    section_prefix: Text | None = None
    """Words before the section's name on the line over the title: `Jerusalem Post`."""
    tag_phrases: Texts = ()
    """Tags of several words, which a line of tags parted by spaces does not show."""
    drop: Texts = ()
    """Beginnings of lines that are never part of the story."""
    footer: Texts = ()
    """Beginnings of lines at which the foot of the page begins."""
    related: tuple[CaptureBlock, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One publisher."""

    domain: Host
    """The file's name without `.toml`."""
    hosts: tuple[Host, ...] = ()
    """Further hosts of the publisher; hosts below one of these or below the domain belong to it too."""
    name: Text
    time_zone: Annotated[str, _time_zone] | None = None
    """IANA name."""
    language: Annotated[str, _language] | None = None
    """BCP 47 primary tag."""
    date_order: Literal["DMY", "MDY", "YMD"] | None = None
    """Order of day, month and year in dates of figures only."""
    false_offset: bool = False
    """True where the machine-readable times are local times with a false `Z` or offset."""
    layouts: tuple[Layout, ...] = ()
    captures: Captures = Captures()

    def __post_init__(self) -> None:
        names = [layout.name for layout in self.layouts]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two layouts are called {twice[0]!r}")

    def layouts_on(self, day: dt.date | None) -> list[Layout]:
        """The layouts in the order to try: the one in force on the day of capture, then the others, newest first.

        None is ruled out by its date: a file's time can be younger than the page in it.
        """
        newest_first = sorted(self.layouts, key=lambda layout: layout.valid_until or dt.date.max, reverse=True)
        if day is None:
            return newest_first
        end = min((end for layout in newest_first if (end := layout.valid_until or dt.date.max) >= day), default=None)
        return sorted(newest_first, key=lambda layout: (layout.valid_until or dt.date.max) != end)


class Profiles:
    """The profiles in force; of two that claim the same host the later one has it."""

    def __init__(self, profiles: Iterable[Profile] = ()) -> None:
        self.by_domain = {profile.domain: profile for profile in profiles}
        self._by_host = {host: profile for profile in self.by_domain.values() for host in profile.hosts}
        self._by_host |= self.by_domain

    @cached_property
    def digest(self) -> str:
        """Tells one set of profiles from another: pages read with other profiles are read again."""
        texts = sorted(_as_json(profile) for profile in self.by_domain.values())
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]

    def for_url(self, url: str | None) -> Profile | None:
        """The profile of an address's host or of the nearest domain above it."""
        try:
            labels = (urlsplit(url or "").hostname or "").split(".")
        except ValueError:  # http://[::1
            return None
        return next((p for i in range(len(labels)) if (p := self._by_host.get(".".join(labels[i:])))), None)

    def for_domain(self, domain: str | None) -> Profile | None:
        """The profile of a site by its domain."""
        return self.for_url(f"https://{domain}/") if domain else None

    def for_lines(self, lines: Iterable[str]) -> Profile | None:
        """The profile whose marker one of the lines begins with: the earliest such line tells."""
        markers = {marker.casefold(): p for p in self.by_domain.values() for marker in p.captures.markers}
        starts = tuple(markers)
        for line in lines:
            text = line.strip().casefold()
            if text.startswith(starts):
                return next(profile for marker, profile in markers.items() if text.startswith(marker))
        return None


def _as_json(profile: Profile) -> str:
    return json.dumps(asdict(profile), ensure_ascii=False, separators=(",", ":"), default=dt.date.isoformat)
