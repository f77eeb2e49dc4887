"""WARC `metadata` records that tell of a page: what a feed or a crawler noted of it goes to the page as its hints.

A record tells of another by WARC-Refers-To or WARC-Concurrent-To. It may stand before the page's record or behind it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from fastwarc.warc import WarcRecord

from etl.extract.blobs import Item
from etl.extract.hints import fields_of, hints_of
from etl.records import Page

BEHIND = 8
"""Records behind a page among which its metadata is looked for."""
_EARLY = 100
"""Notes kept for pages that have not come yet."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a record says of others."""

    name: str = ""
    """Of a page: the name (WARC-Record-ID) that others call it by."""
    targets: tuple[str, ...] = ()
    """The names of those that it tells of."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """What it tells of them."""


_NOTHING = Told()


def told_by(item: Item, record: WarcRecord | None, block: bytes) -> Told | None:
    """What the record that came to `item` says of others; None for a record that cannot be read."""
    if record is None:
        return None
    if isinstance(item, Page):
        return Told(name=_name(record, "WARC-Record-ID"))
    if _kind(record) != "metadata":
        return _NOTHING
    targets = tuple(name for key in ("WARC-Refers-To", "WARC-Concurrent-To") if (name := _name(record, key)))
    return Told(targets=targets, hints=_read(record.headers.get("Content-Type") or "", block)) if targets else _NOTHING


class Notes:
    """What comes of an archive's records, in their order; a page is held back until its metadata can no longer follow."""

    def __init__(self) -> None:
        self._early: dict[str, Mapping[str, str]] = {}
        self._waiting: list[Item] = []
        """A page and what came behind it."""
        self._name = ""

    def joined(self, item: Item, told: Told | None) -> Iterator[Item]:
        """What can be given now that a record has been read, which came to `item` and says `told` of others."""
        if isinstance(item, Page) or told is None or len(self._waiting) > BEHIND:
            yield from self.rest()
        if isinstance(item, Page):
            self._name = told.name if told else ""
            noted = self._early.pop(self._name, {})
            self._waiting = [replace(item, hints={**noted, **item.hints}) if noted else item]
            return
        if told is not None and told.hints:
            self._note(told)
        if self._waiting:
            self._waiting.append(item)
        else:
            yield item

    def rest(self) -> Iterator[Item]:
        """What is still held back."""
        yield from self._waiting
        self._waiting = []

    def _note(self, told: Told) -> None:
        if self._waiting and self._name in told.targets:
            page = self._waiting[0]
            if isinstance(page, Page):
                self._waiting[0] = replace(page, hints={**told.hints, **page.hints})
        elif len(self._early) < _EARLY:
            self._early[told.targets[0]] = told.hints


def _read(kind: str, block: bytes) -> dict[str, str]:
    if "json" not in kind.lower():
        return hints_of(fields_of(block))
    try:
        values = json.loads(block)
    except (ValueError, RecursionError):
        return {}
    return hints_of(values) if isinstance(values, dict) else {}


def _kind(record: WarcRecord) -> str:
    return str(record.headers.get("WARC-Type") or "").strip().lower()


def _name(record: WarcRecord, header: str) -> str:
    """`<urn:uuid:…>` as it stands, empty without one."""
    return str(record.headers.get(header) or "").strip()
