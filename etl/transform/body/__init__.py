"""The story's text: from the blocks that the page shows, or where it shows too little from JSON-LD or the scripts' state."""

from __future__ import annotations

from collections.abc import Sequence

from etl.records import Origin
from etl.transform.blocks import TextBlock
from etl.transform.body.declared import declared_text
from etl.transform.body.features import size_of
from etl.transform.body.paragraphs import of_blocks
from etl.transform.body.profiled import profiled_blocks
from etl.transform.body.scorer import Model, judge
from etl.transform.body.standfirst import set_apart
from etl.transform.body.state import state_text
from etl.transform.body.story import choose
from etl.transform.document import Document
from etl.transform.reading import BodyReading, Found

# Words: below this a page may keep its story elsewhere.
_LITTLE = 120
# How much more another source must hold than the page shows.
_MORE = 1.5
# Words: so many shown by the page are its story, be it a short one, and scripts that hold the story hold them too.
_SHOWN = 20
# Characters from the middle of a shown paragraph that the same paragraph elsewhere holds too.
_PIECE = 30


def extract_body(
    document: Document, title: str, headline: TextBlock | None, model: Model | None = None
) -> Found[BodyReading] | None:
    """The story's paragraphs, or None where the page holds no story. `model`: another than this release's, to measure it."""
    if named := profiled_blocks(document, title):
        return Found(BodyReading(paragraphs=tuple(of_blocks(named)), blocks=tuple(named)), Origin.PROFILE, "fields.body")
    blocks, standfirst = choose(judge(document.blocks, headline, model), title, headline, document.site)
    if not standfirst and (lead := set_apart(document, blocks, title, headline)):
        blocks, standfirst = blocks[1:], [lead]
    shown = BodyReading(paragraphs=tuple(of_blocks(blocks)), blocks=tuple(blocks), standfirst=tuple(standfirst))
    words = _words(shown.paragraphs)
    if words < _LITTLE and (elsewhere := _elsewhere(document, title, shown, words)):
        return elsewhere
    return Found(shown, Origin.HEURISTIC, "blocks") if blocks else None


def _elsewhere(document: Document, title: str, shown: BodyReading, words: int) -> Found[BodyReading] | None:
    """The text from where the page does not show it, if there is much more of it."""
    for read, origin, detail in ((declared_text, Origin.JSON_LD, "articleBody"), (state_text, Origin.HEURISTIC, "script state")):
        paragraphs = tuple(read(document, title))
        if _words(paragraphs) > _MORE * words and (
            origin is Origin.JSON_LD or words < _SHOWN or _says(paragraphs, shown.paragraphs)
        ):
            return Found(BodyReading(paragraphs=paragraphs, blocks=shown.blocks, standfirst=shown.standfirst), origin, detail)
    return None


def _says(paragraphs: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether a text holds one of the paragraphs that the page shows: configuration and other stories do not."""
    text = " ".join(" ".join(paragraphs).split())
    pieces = (paragraph[max(0, (len(paragraph) - _PIECE) // 2) :][:_PIECE] for paragraph in shown)
    return any(len(piece) == _PIECE and piece in text for piece in pieces)


def _words(paragraphs: Sequence[str]) -> int:
    return sum(size_of(paragraph) for paragraph in paragraphs)
