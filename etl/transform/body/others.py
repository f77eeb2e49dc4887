"""Other stories among the blocks taken for this one: related ones, teasers, the next story, feeds beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from etl.transform.blocks import Box, TextBlock
from etl.transform.body.candidates import HEADINGS, Candidate, section_of, within
from etl.transform.body.dropping import LEAST_STORY, STORY_WORDS, drop_after_story, drop_lesser
from etl.transform.body.phrases import label_of, tells_of_author
from etl.transform.hints import ASIDE, BODY, LIST, LIVE, RELATED
from etl.transform.site import Site, domain_of
from etl.transform.urls import split_address

# Words: a paragraph of so many that is nothing but a link is the headline of another story.
_LEAST_LINK = 4
_ALL_LINK = 0.95
_SEVERAL = 2
_BRACKETS = frozenset([("[", "]"), ("(", ")")])
_SENTENCE = re.compile(r"[.!?…]\s+(?=\S)")
_POINTS = 0.6
# Characters of a label in brackets.
_LABEL_WITHIN = 30
# Hyphens in the name of a story's address.
_HYPHENS = 2
_LABEL = re.compile(r"\[[^\[\]]{1,20}\]")
# Labels whose sections are no part of a story.
_LABELS = frozenset(["related", "comments"])
_LABEL_WORDS = 8
# Places beside the headline's article that hold no text of its story.
_APART = ASIDE | LIVE | RELATED
# Words of a label that is no heading.
_SHORT_LABEL = 4
# Elements round a section's head (`Comments (9)`, `Rules`) in which the section itself is looked for.
_HEAD_IN = 2
_POST = "hentry"


def drop_related(candidates: Sequence[Candidate], chosen: dict[int, Candidate]) -> None:
    """What stands after the story's first paragraphs in an element that calls itself related, a teaser and the like."""
    words = 0
    related = []
    for index in sorted(chosen):
        if not chosen[index].foreign_hints & RELATED:
            words += chosen[index].words
        elif words >= LEAST_STORY:
            related.append(index)
    boxes = {index: _outermost(chosen[index].block.box, RELATED) for index in related}
    plain = {box for box in boxes.values() if _is_plain_text(box, candidates, chosen)}
    drop_lesser([index for index in related if boxes[index] not in plain], chosen)


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


def drop_bare_links(chosen: dict[int, Candidate], site: Site) -> None:
    """Headlines of other stories as paragraphs of their own between those of this one."""
    paragraphs = {i: c.block for i, c in chosen.items() if c.block.tag == "p" and c.words >= _LEAST_LINK}
    announced = {index for index, block in paragraphs.items() if _is_announced(block)}
    links = [
        index
        for index, block in paragraphs.items()
        if block.link_density > _ALL_LINK
        or _are_labelled_links(block)
        or (_is_pointer(block) and _leads_to_story(block, site))
        # Several in a row are a list: of prizes, of dates.
        or (index in announced and announced.isdisjoint((index - 1, index + 1)) and _leads_to_story(block, site))
    ]
    drop_lesser(links, chosen)


def _leads_to_story(block: TextBlock, site: Site) -> bool:
    """Whether a block's last link leads to a page of this site that is named like a story: `/sea/how-the-ramp-was-mended`."""
    address = split_address(block.links[-1][0].get("href") or "")
    is_named = any(name.count("-") + name.count("_") >= _HYPHENS for name in address.path.split("/"))
    return is_named and (not address.hostname or site.owns(domain_of(address.hostname)))


def _are_labelled_links(block: TextBlock) -> bool:
    """`Ferry runs aground [VIDEO] Mayor resigns [INSIGHT]`: several links with nothing but a label in brackets behind each."""
    if len(block.links) < _SEVERAL or "[" not in block.text:
        return False
    rest = block.text
    for _, text in block.links:
        rest = rest.replace(text, "", 1)
    return not any(letter.isalnum() for letter in _LABEL.sub("", rest))


def _is_pointer(block: TextBlock) -> bool:
    """`[ Ferries sail again. Read <a>How the ramp was mended</a>. ]`: in brackets, and little but a link in its last sentence;
    not `(Correction: …)`.
    """
    if not block.links or (block.text[0], block.text[-1]) not in _BRACKETS:
        return False
    if ":" in block.text[:_LABEL_WITHIN] and label_of(block.text) != "related":
        return False
    last = _SENTENCE.split(block.text[1:-1].strip())[-1]
    link = block.links[-1][1]
    return link in last and len(link) > _POINTS * len(last)


def _is_announced(block: TextBlock) -> bool:
    """`WATCH: <a>How the ramp was mended</a>`: a label in capitals, and nothing but a link behind it."""
    label, mark, rest = block.text.partition(":")
    if not (mark and label.isupper() and len(label.split()) <= _SHORT_LABEL and len(block.links) == 1):
        return False
    return block.links[0][1] == rest.strip()


def drop_labelled(candidates: Sequence[Candidate], chosen: dict[int, Candidate]) -> None:
    """What stands under a label like "You may also like", "Comments" or "About the author" in a section after all the text."""
    order = sorted(chosen)
    for index in range(min(chosen, default=0) + 1, max(chosen, default=0)):
        candidate = candidates[index]
        if not _may_be_label(candidate) or not (candidate.block.tag in HEADINGS or index + 1 in chosen or index + 2 in chosen):
            continue
        label = label_of(candidate.block.text)
        section = section_of(candidates, index) if label in _LABELS or _is_on_author(candidate.block) else None
        under = _under(section, candidates, order, index)
        is_head = under is None and candidate.block.tag in HEADINGS
        for _ in range(_HEAD_IN if is_head else 0):
            section = section.parent if section else None
            under = _under(section, candidates, order, index) if under is None else under
        if under:
            if label == "comments":
                drop_after_story(under, chosen, STORY_WORDS if is_head else LEAST_STORY)
            else:
                drop_lesser(under, chosen)
            order = sorted(chosen)


def _is_on_author(block: TextBlock) -> bool:
    """`About the author`, as a heading; not `About the authors of the study`."""
    return block.tag in HEADINGS and tells_of_author(block.text)


def _under(section: Box | None, candidates: Sequence[Candidate], order: list[int], index: int) -> list[int] | None:
    """The rest of the story from a label on, if all of it stands in the label's section and nothing before it; empty where the
    section holds other text of the story, None where it holds no text of it. The blocks of a section are next to one another.
    """
    place = bisect_left(order, index)
    if section is None:
        return None
    opens, follows = (
        other in range(len(order)) and within(candidates[order[other]].block.box, section) for other in (place - 1, place)
    )
    if not (opens or follows):
        return None
    return [] if opens or not within(candidates[order[-1]].block.box, section) else order[place:]


def _may_be_label(candidate: Candidate) -> bool:
    return candidate.words <= (_LABEL_WORDS if candidate.block.tag in HEADINGS else _SHORT_LABEL)


def drop_other_stories(candidates: Sequence[Candidate], chosen: dict[int, Candidate], headline: TextBlock | None) -> None:
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
            drop_lesser(list(outside), chosen)
    articles = {index: article for index, article in _articles_around(chosen).items() if article and article is not own}
    if articles:
        teasers = {_article_around(c.block.box) for c in linked}
        drop_lesser([index for index, article in articles.items() if article in teasers], chosen)


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
    return words >= STORY_WORDS or (words >= LEAST_STORY and any(_is_named(candidate, article) for candidate in inside))


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
