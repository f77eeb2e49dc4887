"""From the scores of the blocks to the story: what no sum of weights can tell.

A sub-heading goes with the text under it; the headline is not repeated; nothing is said twice; the standfirst is another field's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

from etl.transform.blocks import Box, TextBlock
from etl.transform.body.candidates import HEADINGS, Candidate, headed
from etl.transform.body.captions import captions
from etl.transform.body.dropping import LEAST_STORY, STORY_WORDS, drop_after_story, drop_lesser
from etl.transform.body.ends import drop_credits, drop_ends, drop_summary
from etl.transform.body.others import drop_bare_links, drop_labelled, drop_other_stories, drop_related
from etl.transform.body.phrases import label_of
from etl.transform.hints import (
    BIO,
    CAPTION,
    COMMENTS,
    COOKIE,
    FIGURE,
    FOOTER,
    FORM,
    NAV,
    NEWSLETTER,
    SHARE,
    STANDFIRST,
    name_hint,
)
from etl.transform.site import Site
from etl.transform.text import fold

# How far below 0 the score of a heading over accepted text may be.
_HEADING_FLOOR = -1.0
_ITEMS = frozenset(["li", "dt", "dd"])
_LEAST_ITEMS = 3
_FEW_LINKS = 0.6
# Places that hold no text of a story.
_STRANGE = CAPTION | COMMENTS | NAV | FOOTER | FORM | SHARE | NEWSLETTER | COOKIE | BIO
_FEW_STRANGERS = 0.5
# A score from which on text in a figure, gallery or player is the story's.
_SURE_IN_FIGURE = 1.5
# A gallery tells its story beside its pictures.
_FEW_CAPTIONS = 0.25
# What stands before the headline is a notice of the site; where it is more, the headline stands beside the story.
_FEW_BEFORE = 0.1
# Characters: a shorter title may be a phrase of the text.
_LONG_TITLE = 20
_KICKER = 40
_LIKE = 1.5
_STANDFIRST_BLOCKS = 2
_STANDFIRST_SIZE = 800
_MOST_MARKED = 5
# Words: shorter texts (questions put to everybody, steps of a recipe) may well come twice.
_LEAST_REPEATED = 20
# Blocks: what comes again at once is a slip.
_REWRITTEN_AFTER = 8
# Words: only as long a block can be the story once more.
_WHOLE_STORY = 200


def choose(
    candidates: Sequence[Candidate], title: str, headline: TextBlock | None, site: Site
) -> tuple[list[TextBlock], list[TextBlock]]:
    """The blocks of the story, in the page's order, and those that the page marks as its standfirst."""
    blocks = [candidate.block for candidate in candidates]
    chosen = {candidate.block.index: candidate for candidate in candidates if candidate.score > 0}
    _settle_headings(candidates, chosen)
    _settle_lists(candidates, chosen)
    _drop_comments(chosen)
    _drop_strangers(chosen)
    drop_lesser(list(captions(blocks, chosen)), chosen, _FEW_CAPTIONS)
    drop_lesser([i for i, c in chosen.items() if c.foreign_hints & FIGURE and c.score < _SURE_IN_FIGURE], chosen)
    drop_related(candidates, chosen)
    drop_bare_links(chosen, site)
    drop_labelled(candidates, chosen)
    drop_other_stories(candidates, chosen, headline)
    _drop_headline(chosen, title, headline)
    if headline:
        before = [index for index in chosen if index < headline.index]
        drop_lesser(before, chosen, _FEW_BEFORE)
        if not candidates[headline.index].steps:
            drop_lesser([index for index in before if index in chosen and chosen[index].steps], chosen)
    drop_summary(chosen)
    _drop_repetitions(chosen)
    drop_credits(chosen)
    drop_ends(chosen, title, site)
    standfirst = standfirst_of(sorted(chosen), blocks)
    return [blocks[index] for index in sorted(chosen) if index not in standfirst], [blocks[index] for index in standfirst]


def _settle_headings(candidates: Sequence[Candidate], chosen: dict[int, Candidate]) -> None:
    for candidate in reversed(candidates):
        index = candidate.block.index
        if candidate.block.tag in HEADINGS and index not in chosen and candidate.score > _HEADING_FLOOR:
            following = headed(candidates, index)
            if following and following[0].block.index in chosen:
                chosen[index] = candidate


def _settle_lists(candidates: Sequence[Candidate], chosen: dict[int, Candidate]) -> None:
    """The items of one list stay together."""
    lists: dict[Box | None, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.block.tag in _ITEMS:
            lists.setdefault(candidate.block.box.parent, []).append(candidate)
    for items in lists.values():
        announced = _is_announced(candidates, items, chosen)
        if announced or (len(items) >= _LEAST_ITEMS and any(item.block.index in chosen for item in items)):
            stays = announced or sum(item.score * item.words**0.5 for item in items) > 0
            for item in items:
                if stays:
                    chosen[item.block.index] = item
                else:
                    chosen.pop(item.block.index, None)


def _is_announced(candidates: Sequence[Candidate], items: Sequence[Candidate], chosen: dict[int, Candidate]) -> bool:
    """Whether a list is what a sentence of the story right before it announces with a colon."""
    first = items[0].block
    above = candidates[first.index - 1].block if first.index else None
    box = first.box.parent
    return (
        above is not None
        and box is not None
        and above.index in chosen
        and above.box.parent is box.parent
        and above.text.endswith((":", "："))
        and not label_of(above.text)
        and all(item.is_open and item.block.link_density < _FEW_LINKS for item in items)
    )


def _drop_comments(chosen: dict[int, Candidate]) -> None:
    """What readers say, however much it is, where a story stands before it; a thread that nothing stands before stays.

    The comment of a picture in a gallery is the story's. So are paragraphs side by side in the one element that calls itself a
    comment, unless there is much before them: an opinion piece.
    """
    comments = [index for index, c in chosen.items() if c.foreign_hints & (COMMENTS | FIGURE) == COMMENTS]
    least = LEAST_STORY if _is_thread([chosen[index].block.box for index in comments]) else STORY_WORDS
    drop_after_story(comments, chosen, least)


def _is_thread(boxes: Sequence[Box]) -> bool:
    """Whether comments stand apart from one another, or in several elements that call themselves comments."""
    if len({box.parent for box in boxes}) > 1:
        return True
    places = 0
    outer = boxes[0] if boxes else None
    while outer is not None:
        places += bool(outer.own_hints & COMMENTS)
        outer = outer.parent
    return places > 1


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
    """What is said twice: by a block of the same text, or by one that runs on through the text of many others.

    What is printed again in the same element, in the same way, its author wrote again: the steps of a plan for each day.
    """
    seen: dict[str, TextBlock] = {}
    for index in sorted(chosen):
        candidate = chosen[index]
        if candidate.words >= _LEAST_REPEATED:
            block = candidate.block
            is_again = block.text in seen and not _is_rewritten(seen[block.text], block)
            if is_again or (candidate.words >= _WHOLE_STORY and _runs_through_others(index, chosen)):
                del chosen[index]
            seen.setdefault(block.text, block)


def _is_rewritten(one: TextBlock, other: TextBlock) -> bool:
    return one.box.parent is other.box.parent and one.tag == other.tag and other.index - one.index >= _REWRITTEN_AFTER


def _runs_through_others(index: int, chosen: dict[int, Candidate]) -> bool:
    text, words = chosen[index].block.text, chosen[index].words
    return 2 * sum(c.words for i, c in chosen.items() if i != index and c.block.text in text) > words


def standfirst_of(indexes: Sequence[int], blocks: Sequence[TextBlock]) -> list[int]:
    """The first of these blocks that the page marks as standfirst; not a whole story in an element called `intro`."""
    marked = list(takewhile(lambda index: _hints_nearby(blocks[index]) & STANDFIRST, indexes))
    size = sum(len(blocks[index].text) for index in marked)
    return marked if len(marked) <= _STANDFIRST_BLOCKS and size <= _STANDFIRST_SIZE and len(marked) < len(indexes) else []


def _hints_nearby(block: TextBlock) -> int:
    """The hints of the block itself, of what is in it and of its parent: not those of the whole story's wrappers, nor of what is
    round one of several lines.
    """
    outer = block.box.parent.own_hints if block.box.parent else 0
    inner = block.inner_hints if "\n" not in block.text or _is_all_marked(block) else 0
    return inner | block.box.own_hints | outer


def _is_all_marked(block: TextBlock) -> bool:
    """Whether an inline element that calls itself standfirst holds all lines of a block."""
    if not block.inner_hints & STANDFIRST:
        return False
    marked = (inner for inner in block.element.iterdescendants() if name_hint(inner.get("class", "")) & STANDFIRST)
    text = "".join(block.text.split())
    return any("".join("".join(inner.itertext()).split()) == text for inner in islice(marked, _MOST_MARKED))
