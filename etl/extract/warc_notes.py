"""WARC `metadata` records that tell of a page: what a feed or a crawler noted of it goes to the page as its hints.

A record tells of another by WARC-Refers-To or WARC-Concurrent-To. It may stand before the page's record or behind it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from fastwarc.warc import WarcRecord

from etl.extract.blobs import Item
from etl.extract.hints import fields_of, hints_of
from etl.records import Page

BEHIND = 8
"""Records behind a page among which its metadata is looked for."""
_EARLY = 100
"""Notes kept for pages that have not come yet."""


class Notes:
    """What comes of an archive's records, in their order; a page is held back until its metadata can no longer follow."""

    def __init__(self) -> None:
        self._early: dict[str, dict[str, str]] = {}
        self._waiting: list[Item] = []
        """A page and what came behind it."""
        self._name = ""

    def joined(self, item: Item, record: WarcRecord | None, block: bytes) -> Iterator[Item]:
        """What can be given now that this record has been read, which came to `item`."""
        if isinstance(item, Page) or record is None or len(self._waiting) > BEHIND:
            yield from self.rest()
        if isinstance(item, Page):
            self._name = _name(record, "WARC-Record-ID")
            noted = self._early.pop(self._name, {})
            self._waiting = [replace(item, hints={**noted, **item.hints}) if noted else item]
            return
        if record is not None and _kind(record) == "metadata":
            self._note(record, block)
        if self._waiting:
            self._waiting.append(item)
        else:
            yield item

    def rest(self) -> Iterator[Item]:
        """What is still held back."""
        yield from self._waiting
        self._waiting = []

    def _note(self, record: WarcRecord, block: bytes) -> None:
        targets = [name for key in ("WARC-Refers-To", "WARC-Concurrent-To") if (name := _name(record, key))]
        noted = _read(record.headers.get("Content-Type") or "", block) if targets else {}
        if not noted:
            return
        if self._waiting and self._name in targets:
            page = self._waiting[0]
            if isinstance(page, Page):
                self._waiting[0] = replace(page, hints={**noted, **page.hints})
        elif len(self._early) < _EARLY:
            self._early[targets[0]] = noted


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


def _name(record: WarcRecord | None, header: str) -> str:
    """`<urn:uuid:…>` as it stands, empty without one."""
    return str(record.headers.get(header) or "").strip() if record is not None else ""
