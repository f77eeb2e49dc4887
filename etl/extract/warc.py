"""Pages of WARC archives: responses and resources with HTML or plain text, and the plain text of WET files.

Which records are whole is told by `warc_frames.py`, what they come to by `warc_records.py`; large files are read ahead in ranges
(`warc_ranges.py`) where the caller has processes for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from etl.extract.blobs import Blob, Context, Item
from etl.extract.limits import Limits
from etl.extract.warc_frames import Place, frames
from etl.extract.warc_notes import BEHIND, Notes
from etl.extract.warc_ranges import entries
from etl.extract.warc_records import entry_of
from etl.records import Reason, Rejected


def recognises(first: bytes, _name: str) -> bool:
    """Whether unpacked first bytes begin a WARC record."""
    return first.lstrip(b"\r\n").startswith(b"WARC/")


def read(blob: Blob, context: Context) -> Iterator[Item]:
    """All pages of the archive, and one `Rejected` for each stretch that is lost: damage ends nothing but itself."""
    if context.only is not None:
        yield from _read_only(blob, context.limits, context.only)
        return
    after = Place.parse(context.after) if context.after else None
    nothing, notes = True, Notes()
    for entry in entries(blob, context.limits, after or Place(0), context.ahead):
        nothing = False
        if after is None or entry.place > after:
            yield from notes.joined(entry.item, entry.told)
    yield from notes.rest()
    if nothing and after is None:
        yield blob.capture().rejected(Reason.EMPTY, "The archive holds no record.", size=blob.size)


def _read_only(blob: Blob, limits: Limits, records: Iterable[str | None]) -> Iterator[Item]:
    """What stands at these places and what stands behind it until its metadata have come. Each place is sought for itself, those
    inside of one compressed member in one go."""
    places = sorted(place for record in records if record and (place := Place.parse(record)))
    with blob.open() as file:
        for offset, group in groupby(places, key=lambda place: place.offset):
            wanted = list(group)
            left, behind, notes = {blob.capture(record=str(place)).record for place in wanted}, 0, Notes()
            for found in frames(file, blob.size, limits, Place(offset)):
                entry = entry_of(blob, found, limits)
                for item in notes.joined(entry.item, entry.told):
                    left.discard(item.page.record if isinstance(item, Rejected) else item.record)
                    yield item
                behind += found.place > wanted[-1]
                if not left or behind > BEHIND:
                    break
            yield from notes.rest()
