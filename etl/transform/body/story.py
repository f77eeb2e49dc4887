"""From the scores of the blocks to the story: what no sum of weights can tell.

A sub-heading goes with the text under it; the headline is not repeated; nothing is said twice; the standfirst is another field's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from etl.transform.blocks import Box, TextBlock
from etl.transform.body.candidates import HEADINGS, Candidate, headed
from etl.transform.hints import BIO, CAPTION, COMMENTS, COOKIE, FOOTER, FORM, NAV, NEWSLETTER, SHARE, STANDFIRST
from etl.transform.text import fold

# How far below 0 the score of a heading over accepted text may be.
_HEADING_FLOOR = -1.0
_ITEMS = frozenset(["li", "dt", "dd"])
_LEAST_ITEMS = 3
# Places that hold no text of a story.
_STRANGE = CAPTION | COMMENTS | NAV | FOOTER | FORM | SHARE | NEWSLETTER | COOKIE | BIO
_FEW_STRANGERS = 0.5
# Characters: a shorter title may be a phrase of the text.
_LONG_TITLE = 20
_KICKER = 40
_LIKE = 1.5
_STANDFIRST_BLOCKS = 2
_STANDFIRST_SIZE = 800
# Words: shorter texts (questions put to everybody, steps of a recipe) may well come twice.
_LEAST_REPEATED = 20


def choose(candidates: Sequence[Candidate], title: str, headline: TextBlock | None) -> tuple[list[TextBlock], list[TextBlock]]:
    """The blocks of the story, in the page's order, and those that the page marks as its standfirst."""
    chosen = {candidate.block.index: candidate for candidate in candidates if candidate.score > 0}
    _settle_headings(candidates, chosen)
    _settle_lists(candidates, chosen)
    _drop_strangers(chosen)
    _drop_headline(chosen, title, headline)
    _drop_repetitions(chosen)
    blocks = [candidate.block for candidate in candidates]
    standfirst = standfirst_of(sorted(chosen), blocks)
    return [blocks[index] for index in sorted(chosen) if index not in standfirst], [blocks[index] for index in standfirst]


def _settle_headings(candidates: Sequence[Candidate], chosen: dict[int, Candidate]) -> None:
    for candidate in reversed(candidates):
        index = candidate.block.index
        if candidate.block.tag in HEADINGS and index not in chosen and candidate.score > _HEADING_FLOOR:
            following = headed(candidates, index)
            if following and following[0] in chosen:
                chosen[index] = candidate


def _settle_lists(candidates: Sequence[Candidate], chosen: dict[int, Candidate]) -> None:
    """The items of one list stay together."""
    lists: dict[Box | None, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.block.tag in _ITEMS:
            lists.setdefault(candidate.block.box.parent, []).append(candidate)
    for items in lists.values():
        if len(items) >= _LEAST_ITEMS and any(item.block.index in chosen for item in items):
            stays = sum(item.score * item.words**0.5 for item in items) > 0
            for item in items:
                if stays:
                    chosen[item.block.index] = item
                else:
                    chosen.pop(item.block.index, None)


def _drop_strangers(chosen: dict[int, Candidate]) -> None:
    """Captions, comments, menus and calls between the paragraphs, unless they are what the page is about (a gallery, a forum)."""
    words = sum(candidate.words for candidate in chosen.values())
    strangers = {i: c for i, c in chosen.items() if c.foreign_hints & _STRANGE}
    if sum(candidate.words for candidate in strangers.values()) <= _FEW_STRANGERS * words:
        for index in strangers:
            del chosen[index]


def _drop_headline(chosen: dict[int, Candidate], title: str, headline: TextBlock | None) -> None:
    """The headline, shown once more or with a kicker before it."""
    wanted = fold(title)
    shown = fold(headline.text) if headline else wanted
    for index, candidate in list(chosen.items()):
        block = candidate.block
        if len(block.text) > 2 * len(title) + _KICKER:
            continue
        text = fold(block.text)
        is_main = block.tag == "h1" and headline is not None and index <= headline.index
        is_like = len(wanted) > _LONG_TITLE and wanted in text and len(text) < _LIKE * len(wanted)
        if is_main or is_like or text in {wanted, shown}:
            del chosen[index]


def _drop_repetitions(chosen: dict[int, Candidate]) -> None:
    seen: set[str] = set()
    for index in sorted(chosen):
        if chosen[index].words >= _LEAST_REPEATED:
            text = chosen[index].block.text
            if text in seen:
                del chosen[index]
            seen.add(text)


def standfirst_of(indexes: Sequence[int], blocks: Sequence[TextBlock]) -> list[int]:
    """The first of these blocks that the page marks as standfirst; not a whole story in an element called `intro`."""
    marked = list(takewhile(lambda index: _hints_nearby(blocks[index]) & STANDFIRST, indexes))
    size = sum(len(blocks[index].text) for index in marked)
    return marked if len(marked) <= _STANDFIRST_BLOCKS and size <= _STANDFIRST_SIZE and len(marked) < len(indexes) else []


def _hints_nearby(block: TextBlock) -> int:
    """The hints of the block itself, of what is in it and of its parent: not those of the whole story's wrappers."""
    outer = block.box.parent.own_hints if block.box.parent else 0
    return block.inner_hints | block.box.own_hints | outer
