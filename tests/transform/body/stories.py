"""Stories of marked blocks, to see what is chosen of them.

`data-score` is the score that a block is to have, `data-steps` how far outside of the container it stands.
"""

from __future__ import annotations

from collections.abc import Callable

from etl.transform.blocks import TextBlock
from etl.transform.body.scorer import first_judgement
from etl.transform.body.story import choose
from etl.transform.document import Document

MakeDocument = Callable[..., Document]

TITLE = "Ferry to Sandvik sails again after nine days"
ABOVE = '<p data-score="3">The ferry left the northern quay at six in the morning on Monday, with forty people on board.</p>'
BELOW = '<p data-score="3">A yard on the mainland still had a ramp of the same make in store, from a sister ship.</p>'
OUT = '<p data-score="-3">Write to the editors of this page if you have seen a mistake in it.</p>'
FIRST, LAST = "The ferry left", "A yard on"


def chosen_from(document: Document, headline: TextBlock | None = None) -> list[str]:
    """The first words of the blocks that make the story."""
    candidates = first_judgement(document.blocks)
    for candidate in candidates:
        candidate.score = float(candidate.block.element.get("data-score", "-9"))
        candidate.steps = int(candidate.block.element.get("data-steps", "0"))
    blocks, _ = choose(candidates, TITLE, headline, document.site)
    return [" ".join(block.text.split()[:3]).rstrip(",.") for block in blocks]


def kept(text: str, tag: str = "p") -> str:
    return f'<{tag} data-score="2">{text}</{tag}>'


LONG = kept(" ".join(["The ferry sailed to the island and back again, with milk and letters on board."] * 8))
NEXT = kept("A whale was seen off the northern cape on Friday.")
COMMENTARY = kept("I have lived on the island for years and never saw a ferry sail in such a wind.") * 9
