"""The pictures of a text capture: what is left of them is their captions and credits."""

from __future__ import annotations

from etl.records import Image
from etl.transform.captures.density import Kind
from etl.transform.captures.kinds import bracketed_behind, with_colon
from etl.transform.captures.lines import halved
from etl.transform.captures.outline import Reading
from etl.transform.fields.credit import split_credit
from etl.transform.text import fold


def read_images(reading: Reading) -> tuple[tuple[Image, ...], frozenset[int]]:
    """The story's pictures in the page's order, and the numbers of the lines they were read from."""
    images: list[Image] = []
    used: set[int] = set()
    for n in range(reading.outline.title + 1, reading.outline.body.stop):
        if reading.kinds[n] is Kind.CREDIT:
            image, numbers = _credited(reading, n)
            used |= numbers
            _add(images, image)
    return tuple(images), frozenset(used)


def _credited(reading: Reading, n: int) -> tuple[Image, set[int]]:
    before, text = reading.lines[n - 1].text, halved(with_colon(reading.lines[n].text))
    if credit := bracketed_behind(before, text):
        return Image(caption=before, credit=credit), {n - 1, n}
    caption, credit = split_credit(text)
    if caption is not None:
        return Image(caption=caption, credit=credit), {n}
    if n <= reading.outline.title + 1:
        return Image(credit=credit), {n}
    if _is_caption(reading, n - 1):
        return Image(caption=before, credit=credit), {n - 1, n}
    return Image(credit=credit), {n}


def _is_caption(reading: Reading, n: int) -> bool:
    """Whether the line over a credit is its picture's caption: it stands close, and is no paragraph."""
    if n <= reading.outline.title or reading.kinds[n] not in (Kind.SHORT, Kind.PROSE):
        return False
    return not reading.lines[n + 1].gap or reading.kinds[n] is Kind.SHORT or n < reading.outline.body.start


def _add(images: list[Image], image: Image) -> None:
    """A picture whose caption is there already fills in that one's credit."""
    key = fold(image.caption or "")
    for n, known in enumerate(images):
        if key and fold(known.caption or "") == key:
            images[n] = Image(caption=known.caption, credit=known.credit or image.credit)
            return
        if not key and image.credit == known.credit:
            return
    images.append(image)
