"""From the scores of the blocks to the story: what no sum of weights can tell.

A sub-heading goes with the text under it; the headline is not repeated; nothing is said twice; the standfirst is another field's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from etl.transform.blocks import Box, TextBlock
from etl.transform.body.candidates import HEADINGS, Candidate, headed, section_of, within
from etl.transform.body.captions import captions
from etl.transform.body.ends import drop_credits, drop_ends, drop_summary
from etl.transform.body.phrases import label_of
from etl.transform.hints import (
    ASIDE,
    BIO,
    BODY,
    CAPTION,
    COMMENTS,
    COOKIE,
    FIGURE,
    FOOTER,
    FORM,
    LIST,
    LIVE,
    NAV,
    NEWSLETTER,
    RELATED,
    SHARE,
    STANDFIRST,
)
from etl.transform.site import Site
from etl.transform.text import fold

# Words: a paragraph of so many that is nothing but a link is the headline of another story.
_LEAST_LINK = 4
_ALL_LINK = 0.95
_SEVERAL = 2
_LABEL = re.compile(r"\[[^\[\]]{1,20}\]")
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
# Labels whose sections are no part of a story.
_LABELS = frozenset(["related", "comments"])
_LABEL_WORDS = 8
# Places beside the headline's article that hold no text of its story.
_APART = ASIDE | LIVE | RELATED
# Words: an article with less is a teaser, or the head of a story that stands elsewhere.
_STORY_WORDS = 100
# Words: so much before the readers' comments is a story that they comment on.
_LEAST_STORY = 30
# Words of a label that is no heading.
_SHORT_LABEL = 4
# Characters: a shorter title may be a phrase of the text.
_LONG_TITLE = 20
_KICKER = 40
_POST = "hentry"
_LIKE = 1.5
_STANDFIRST_BLOCKS = 2
_STANDFIRST_SIZE = 800
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
    _drop_lesser(list(captions(blocks, chosen)), chosen, _FEW_CAPTIONS)
    _drop_lesser([i for i, c in chosen.items() if c.foreign_hints & FIGURE and c.score < _SURE_IN_FIGURE], chosen)
    _drop_related(candidates, chosen)
    _drop_bare_links(chosen)
    _drop_labelled(candidates, chosen)
    _drop_other_stories(candidates, chosen, headline)
    _drop_headline(chosen, title, headline)
    if headline:
        _drop_lesser([index for index in chosen if index < headline.index], chosen, _FEW_BEFORE)
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
    least = _LEAST_STORY if _is_thread([chosen[index].block.box for index in comments]) else _STORY_WORDS
    _drop_after_story(comments, chosen, least)


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


def _drop_related(candidates: Sequence[Candidate], chosen: dict[int, Candidate]) -> None:
    """What stands after the story's first paragraphs in an element that calls itself related, a teaser and the like."""
    words = 0
    related = []
    for index in sorted(chosen):
        if not chosen[index].foreign_hints & RELATED:
            words += chosen[index].words
        elif words >= _LEAST_STORY:
            related.append(index)
    boxes = {index: _outermost(chosen[index].block.box, RELATED) for index in related}
    plain = {box for box in boxes.values() if _is_plain_text(box, candidates, chosen)}
    _drop_lesser([index for index in related if boxes[index] not in plain], chosen)


def _is_plain_text(box: Box | None, candidates: Sequence[Candidate], chosen: dict[int, Candidate]) -> bool:
    """Whether a box holds several texts and neither a link nor a label: `read-more` round the second half of a story."""
    inside = [c for c in candidates if box is not None and within(c.block.box, box)]
    texts = [c for c in inside if c.block.index in chosen and c.block.tag == "p"]
    return len(texts) >= _SEVERAL and not any(c.block.links or label_of(c.block.text) in _LABELS for c in inside)


def _outermost(box: Box | None, hint: int) -> Box | None:
    """The outermost element round a box that has a hint by its own name."""
    found = None
    while box is not None:
        found = box if box.own_hints & hint else found
        box = box.parent
    return found


def _drop_bare_links(chosen: dict[int, Candidate]) -> None:
    """Headlines of other stories as paragraphs of their own between those of this one."""
    paragraphs = {i: c.block for i, c in chosen.items() if c.block.tag == "p" and c.words >= _LEAST_LINK}
    links = [i for i, block in paragraphs.items() if block.link_density > _ALL_LINK or _are_labelled_links(block)]
    _drop_lesser(links, chosen)


def _are_labelled_links(block: TextBlock) -> bool:
    """`Ferry runs aground [VIDEO] Mayor resigns [INSIGHT]`: several links with nothing but a label in brackets behind each."""
    if len(block.links) < _SEVERAL or "[" not in block.text:
        return False
    rest = block.text
    for _, text in block.links:
        rest = rest.replace(text, "", 1)
    return not any(letter.isalnum() for letter in _LABEL.sub("", rest))


def _drop_labelled(candidates: Sequence[Candidate], chosen: dict[int, Candidate]) -> None:
    """What stands under a label like "You may also like" or "Comments" that opens a section after all the story's text."""
    for index in range(min(chosen, default=0) + 1, max(chosen, default=0)):
        candidate = candidates[index]
        if not _may_be_label(candidate) or not (candidate.block.tag in HEADINGS or index + 1 in chosen or index + 2 in chosen):
            continue
        label = label_of(candidate.block.text)
        section = section_of(candidates, index) if label in _LABELS else None
        if section is not None:
            under = [i for i, c in chosen.items() if within(c.block.box, section)]
            if min(under, default=-1) >= index and max(under) == max(chosen):
                (_drop_after_story if label == "comments" else _drop_lesser)(under, chosen)


def _may_be_label(candidate: Candidate) -> bool:
    return candidate.words <= (_LABEL_WORDS if candidate.block.tag in HEADINGS else _SHORT_LABEL)


def _drop_other_stories(candidates: Sequence[Candidate], chosen: dict[int, Candidate], headline: TextBlock | None) -> None:
    """What stands outside the headline's `article`, if that holds a story: the next story, a live feed, a side bar however long;
    teasers, headed by a link.
    """
    own = _article_around(headline.box) if headline else None
    linked = [c for c in candidates if c.block.tag in HEADINGS and c.block.link_density > _ALL_LINK]
    if own and _holds_story(own, chosen):
        outside = {index: candidate for index, candidate in chosen.items() if not within(candidate.block.box, own)}
        sections = [section_of(candidates, c.block.index) for c in linked if _leads_away(c.block)] if outside else []
        for index, candidate in list(outside.items()):
            if _is_apart(candidate, own, sections):
                del chosen[index], outside[index]
        # The rest may be the story itself, and the article no more than its head; a list alone is a feed.
        if all(candidate.foreign_hints & LIST for candidate in outside.values()):
            for index in outside:
                del chosen[index]
        else:
            _drop_lesser(list(outside), chosen)
    articles = {index: article for index, article in _articles_around(chosen).items() if article and article is not own}
    if articles:
        teasers = {_article_around(c.block.box) for c in linked}
        _drop_lesser([index for index, article in articles.items() if article in teasers], chosen)


def _is_apart(candidate: Candidate, own: Box, linked: Sequence[Box | None]) -> bool:
    """Whether a text outside the headline's article is surely none of its story: of another article, in an aside, a feed or a
    box of related stories, or in a section (`linked`) that opens with a link as its heading.
    """
    box = candidate.block.box
    article = _article_around(box)
    return (
        bool(candidate.foreign_hints & _APART)
        or (article is not None and not within(own, article))
        or any(section is not None and within(box, section) and not within(own, section) for section in linked)
    )


def _leads_away(block: TextBlock) -> bool:
    """Whether a linked heading leads to another page: not to itself, for readers to copy its address."""
    return any(not link.get("href", "#").startswith("#") for link, _ in block.links)


def _holds_story(article: Box, chosen: dict[int, Candidate]) -> bool:
    """Whether an article holds more than a teaser: much text, or some in an element that calls itself the story's text."""
    inside = [candidate for candidate in chosen.values() if within(candidate.block.box, article)]
    words = sum(candidate.words for candidate in inside)
    return words >= _STORY_WORDS or (words >= _LEAST_STORY and any(_is_named(candidate, article) for candidate in inside))


def _is_named(candidate: Candidate, article: Box) -> bool:
    box: Box | None = candidate.block.box
    while box is not None and box is not article:
        if box.own_hints & BODY:
            return True
        box = box.parent
    return False


def _articles_around(chosen: dict[int, Candidate]) -> dict[int, Box | None]:
    known: dict[Box | None, Box | None] = {}
    articles = {}
    for index, candidate in chosen.items():
        box = candidate.block.box
        if box.parent not in known:
            known[box.parent] = _article_around(box.parent)
        articles[index] = box if _is_article(box) else known[box.parent]
    return articles


def _article_around(box: Box | None) -> Box | None:
    """The `article` round a box, or what microformats (and most WordPress themes) call a post."""
    while box is not None and not _is_article(box):
        box = box.parent
    return box


def _is_article(box: Box) -> bool:
    return box.tag == "article" or _POST in (box.element.get("class") or "")


def _drop_lesser(indexes: Sequence[int], chosen: dict[int, Candidate], share: float = 0.5) -> None:
    """Take blocks out of the story, unless they are much of it."""
    if sum(chosen[index].words for index in indexes) < share * sum(candidate.words for candidate in chosen.values()):
        for index in indexes:
            del chosen[index]


def _drop_after_story(indexes: Sequence[int], chosen: dict[int, Candidate], least: int = _LEAST_STORY) -> None:
    """Take blocks out of the story, however many they are, if there is a story before them."""
    if indexes and sum(candidate.words for index, candidate in chosen.items() if index < min(indexes)) >= least:
        for index in indexes:
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
    """The hints of the block itself, of what is in it and of its parent: not those of the whole story's wrappers."""
    outer = block.box.parent.own_hints if block.box.parent else 0
    return block.inner_hints | block.box.own_hints | outer
