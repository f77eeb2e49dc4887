"""Lists of tags that a page shows: runs of links to topic pages near the story, not menus, side bars and tag clouds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from lxml import etree

from etl.records import Origin
from etl.transform import hints, words
from etl.transform.blocks import Box, TextBlock
from etl.transform.document import Document
from etl.transform.fields.tags.cleaning import tags_of
from etl.transform.fields.tags.lists import TagList
from etl.transform.reading import Story
from etl.transform.text import fold
from etl.transform.urls import split_address

# What marks a run as tags, and how much each mark says.
_BY_REL, _BY_ADDRESS, _BY_LABEL, _BY_LIKENESS, _BY_CLASS = 2.5, 2.0, 2.0, 1.5, 1.2
_LEAST_MARK = 1.2
# What its place says against it.
_MISPLACED = (
    (hints.COMMENTS | hints.COOKIE | hints.NEWSLETTER | hints.ADVERT, 3.0),
    (hints.NAV | hints.HEADER, 2.0),
    (hints.ASIDE | hints.RELATED | hints.BIO | hints.HIDDEN, 1.0),
)
# A menu and the tags beside it are two runs.
_APART = hints.NAV | hints.HEADER | hints.FOOTER | hints.ASIDE | hints.RELATED | hints.COMMENTS | hints.BREADCRUMB
_MENUS = hints.NAV | hints.HEADER | hints.FOOTER
_CLOUD = 3.0
_MANY = 25
_LEAST_TRUST = 1.5
_REACH_AFTER = 40  # blocks behind the story's last, within which its tags stand
_REACH_BEFORE = 12
_RIGHT_BELOW = 8
_LEAST_ALIKE, _LEAST_CATEGORIES = 3, 5
_LEAST_TOLD = 0.34
"""Of topics that only their likeness marks, more than a third stand in the story; of a short menu one may."""
_ALIKE = "links alike"
_ONLY_LINKS = 0.8
_LONGEST_LABEL = 40
_LEVELS = 5
_WEB = ("/", "http")
_TAG_QUERIES = ("tag=", "tags=", "topic=")
# /category/travel, ?cat=7, /kategorie/reisen
_CATEGORY = re.compile(r"[/?&](?:categor[a-zé]{1,5}|kategori[ae]n?|rubri[kc][a-z]{0,3}|cat)[/=]", re.I)
_LANGUAGE = re.compile(r"/[a-z]{2}(?:[-_][a-z]{2})?", re.I)  # /en, /pt-br
_SIZES = ("tag-cloud", "tagcloud")


@dataclass(slots=True)
class _Run:
    """Links that follow one another in one box."""

    blocks: list[TextBlock]
    box: Box | None
    """The box that calls itself tags, of the last of them."""
    links: list[tuple[etree._Element, str]] = field(default_factory=list)
    labelled: bool = False


def shown_lists(document: Document, story: Story) -> Iterator[TagList]:
    """The lists that are likely tags, with how likely they are."""
    text = ""
    for run in _runs(_near_story(document, story), _boxes_of_story(document, story)):
        run.links = _without_categories(run.links)
        mark, detail = _mark(run, document, story)
        if mark < _LEAST_MARK:
            continue
        tags = tags_of([_own_text(anchor, printed) for anchor, printed in run.links], document, shown=True)
        if not tags or sum(len(tag.split()) for tag in tags) > 4 * len(tags):
            continue
        text = text or f"{story.title}\n{' '.join(story.body.paragraphs)}".casefold()
        told = sum(len(tag) > 2 and tag.casefold() in text for tag in tags) / len(tags)
        if detail == _ALIKE and told < _LEAST_TOLD:
            continue
        trust = mark + _place(run, story) + _size(tags) + 1.5 * told
        if trust >= _LEAST_TRUST:
            yield TagList(tags, trust, Origin.HTML, detail)


def _size(tags: tuple[str, ...]) -> float:
    """A lone link is less of a list."""
    return -0.5 if len(tags) == 1 else 0.05 * min(len(tags), 8)


def _near_story(document: Document, story: Story) -> list[TextBlock]:
    """The blocks among which tags are looked for: all where the body does not stand among them."""
    first, last = story.first_index, story.last_index
    if first is None or last is None:
        return document.blocks
    return document.blocks[max(0, _start(first, story) - _REACH_BEFORE) : last + _REACH_AFTER]


def _start(first: int, story: Story) -> int:
    return min(first, story.headline.index) if story.headline else first


def _boxes_of_story(document: Document, story: Story) -> frozenset[int]:
    """The boxes round headline and text, by id: their class (`post tag-ferries`) is about the whole story."""
    inside = [block for block in (story.headline, *story.body.blocks[:1]) if block is not None]
    return frozenset(id(box) for block in inside for box in _up(block.box, 100))


def _runs(blocks: list[TextBlock], story_boxes: frozenset[int]) -> Iterator[_Run]:
    """Maximal runs of link blocks that are marked as tags in one way or another."""
    run: _Run | None = None
    before: TextBlock | None = None
    for block in blocks:
        label, before = before, block
        if not block.links:
            continue
        box = _box_of_tags(block.box, story_boxes)
        labelled = _has_label(block) or (label is not None and _is_label(label))
        if run and not labelled and block.index - run.blocks[-1].index <= 2 and _together(run, block, box):
            if links := block.links if run.labelled else _tag_links(block, labelled, box):
                run.blocks.append(block)
                run.links += links
                run.box = box
            continue
        if run:
            yield run
        links = _tag_links(block, labelled, box)
        run = _Run([block], box, links, labelled) if links else None
    if run:
        yield run


def _tag_links(block: TextBlock, labelled: bool, box: Box | None) -> list[tuple[etree._Element, str]]:
    """The links of a block that can be tags: all under a label or in a box of tags; else those to topics."""
    if labelled or (box and block.link_density >= 0.5) or _are_alike(block.links):
        return list(block.links)
    marks = _is_tag_link if block.link_density >= 0.5 else _rel_is_tag
    return [link for link in block.links if marks(link[0])]


def _without_categories(links: list[tuple[etree._Element, str]]) -> list[tuple[etree._Element, str]]:
    """A blog prints the categories of a post, which are its sections, beside the tags."""
    topics = [link for link in links if not _leads_to_category(link[0])]
    return topics if any(_is_tag_link(anchor) for anchor, _ in topics) else links


def _together(run: _Run, block: TextBlock, box: Box | None) -> bool:
    """Whether a block goes on with a run: in the same box, or boxes with a parent or grandparent in common."""
    last = run.blocks[-1]
    if (last.hints ^ block.hints) & _APART or (run.box is None) is not (box is None):
        return False
    near, far = (run.box, box) if run.box is not None and box is not None else (last.box, block.box)
    return not {id(above) for above in _up(near, 3)}.isdisjoint(id(above) for above in _up(far, 3))


def _up(box: Box, levels: int) -> Iterator[Box]:
    for _ in range(levels):
        yield box
        if box.parent is None:
            return
        box = box.parent


def _box_of_tags(box: Box, story_boxes: frozenset[int]) -> Box | None:
    """The outermost of the near boxes that call themselves tags."""
    if not box.hints & hints.TAGS:
        return None
    marked = [near for near in _up(box, _LEVELS) if near.own_hints & hints.TAGS and id(near) not in story_boxes]
    return marked[-1] if marked else None


def _mark(run: _Run, document: Document, story: Story) -> tuple[float, str]:
    """How clearly a run is marked as tags, and by what."""
    count = len(run.links)
    if not count:
        return 0.0, ""
    marks = [(_BY_LABEL, "label")] if run.labelled else []
    if sum(_rel_is_tag(anchor) for anchor, _ in run.links) > count / 2:
        marks.append((_BY_REL, "rel=tag"))
    if sum(_leads_to_topic(anchor) for anchor, _ in run.links) > count / 2:
        marks.append((_BY_ADDRESS, "links to topics"))
    if run.box is not None:
        marks.append((_BY_CLASS, "class of tags"))
    plain = not run.labelled and all(block.link_density >= _ONLY_LINKS for block in run.blocks)  # no `Our cities: …`
    if plain and _is_right_below(run, story) and _are_alike(run.links) and not _is_of_menu(run, document):
        marks.append((_BY_LIKENESS, _ALIKE))
    if not marks:
        return 0.0, ""
    best = max(marks)
    return best[0] + 0.5 * (len(marks) - 1), best[1]


def _is_right_below(run: _Run, story: Story) -> bool:
    last = story.last_index
    return last is not None and last < run.blocks[0].index <= last + _RIGHT_BELOW


def _are_alike(links: list[tuple[etree._Element, str]]) -> bool:
    """Whether links lead to one folder, each to what it is called (`/x/high-tide`, `High tide`), as lists of topics do.

    Of links to categories a few are a blog's sections. No topics are a language's sections (`/en/sport`), persons
    (`/team/jane-roe`), services (`/info/contact`), networks, what menus list (`/channel/sport`, `/cities/oslo`).
    """
    if len(links) < _LEAST_ALIKE:
        return False
    folder = _folder_of_named(*links[0])
    if not folder or not all(_folder_of_named(*link) == folder for link in links[1:]):
        return False
    names = {fold(text) for _, text in links}
    steps = folder.lower().split("/")
    if _LANGUAGE.fullmatch(folder) or not _no_topics().isdisjoint(names) or not _no_folders().isdisjoint(steps):
        return False
    return len(links) >= _LEAST_CATEGORIES or not any(_leads_to_category(anchor) for anchor, _ in links)


def _folder_of_named(anchor: etree._Element, text: str) -> str:
    """`/x` of a link to `/x/high-tide` that is called `High tide`; empty for others, and for the story's pages (`/x/2`)."""
    folder, _, last = unquote(split_address(anchor.get("href") or "").path).rstrip("/").rpartition("/")
    return folder if not last.isdigit() and fold(last).replace(" ", "") == fold(text).replace(" ", "") else ""


def _is_of_menu(run: _Run, document: Document) -> bool:
    """Whether one of a run's links is repeated in a menu of the page."""
    ours = {anchor.get("href") for anchor, _ in run.links}
    own = {block.index for block in run.blocks}
    menus = (block for block in document.blocks if block.hints & _MENUS and block.index not in own)
    return any(anchor.get("href") in ours for block in menus for anchor, _ in block.links)


def _place(run: _Run, story: Story) -> float:
    """What its place and look say for or against a run."""
    bits = run.blocks[0].hints
    score = -sum(cost for mask, cost in _MISPLACED if bits & mask)
    if bits & hints.FOOTER and not bits & hints.ARTICLE:
        score -= 2.0
    if len(run.links) > _MANY:
        score -= _CLOUD if bits & hints.ASIDE else 1.0
    if any(_is_of_cloud(anchor) for anchor, _ in run.links[:3]):
        score -= _CLOUD
    first, last = story.first_index, story.last_index
    if first is None or last is None:
        return score
    place = run.blocks[0].index
    if place < _start(first, story) - 3:
        return score - 0.5
    return score + (1.0 if last - 3 <= place <= last + 12 else 0.5)


def _is_of_cloud(anchor: etree._Element) -> bool:
    """Whether a link has a size of its own, in its style (not in a class for many sizes, `u-font-size-14`), or says so."""
    name = (anchor.get("class") or "").lower()
    return "font-size" in (anchor.get("style") or "").lower() or any(size in name for size in _SIZES)


def _has_label(block: TextBlock) -> bool:
    """`Tags: Ports, Ferries`: a label before the first link, in the same block."""
    first = block.links[0][1]
    if block.text.startswith(first):
        return False
    before = block.text.partition(first)[0]
    return 0 < len(before) <= _LONGEST_LABEL and _reads_as_label(before)


def _is_label(block: TextBlock) -> bool:
    return not block.links and len(block.text) <= _LONGEST_LABEL and _reads_as_label(block.text)


def _reads_as_label(text: str) -> bool:
    return fold(text) in _labels()


def _is_tag_link(anchor: etree._Element) -> bool:
    return _rel_is_tag(anchor) or _leads_to_topic(anchor)


def _rel_is_tag(anchor: etree._Element) -> bool:
    rel = anchor.get("rel")
    if not rel:
        return False
    said = rel.lower().split()
    return "tag" in said and "category" not in said


def _leads_to_topic(anchor: etree._Element) -> bool:
    """`/tag/ferries`, `https://www.example.com/themen/faehren/`, `?tag=ferries`"""
    return _names_topic(anchor.get("href") or "")


@lru_cache(maxsize=5_000)
def _names_topic(href: str) -> bool:
    path, _, query = href.partition("?")
    if path.startswith(_WEB) and not _topic_words().isdisjoint(path.rstrip("/").lower().split("/")[1:-1]):
        return True
    return query.startswith(_TAG_QUERIES) and not path.endswith(":")


def _leads_to_category(anchor: etree._Element) -> bool:
    return "category" in (anchor.get("rel") or "") or bool(_CATEGORY.search(anchor.get("href") or ""))


def _own_text(anchor: etree._Element, printed: str) -> str:
    """A link's text without the count some sites print behind it (`Ferries <span>27</span>`)."""
    last = anchor[-1] if len(anchor) and printed.rstrip(")")[-1:].isdigit() else None
    if last is not None and not (last.tail or "").strip() and (number := "".join(last.itertext()).strip()).strip("()").isdigit():
        return printed.removesuffix(number).strip()
    return printed


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    return frozenset(fold(word) for word in words.every("tags", "labels"))


@lru_cache(maxsize=1)
def _topic_words() -> frozenset[str]:
    return frozenset(words.every("tags", "address_words"))


@lru_cache(maxsize=1)
def _no_topics() -> frozenset[str]:
    """Names of links that lead to no topic: `News`, `Contact`, `Facebook`."""
    lists = (("section", "no_section"), ("addresses", "services"), ("body", "share"))
    return frozenset(fold(word.replace("-", " ")) for subject, name in lists for word in words.every(subject, name))


@lru_cache(maxsize=1)
def _no_folders() -> frozenset[str]:
    """Folders of persons' pages, and of sections, editions, places and goods."""
    lists = (("authors", "author_paths"), ("authors", "person_paths"), ("tags", "no_address_words"))
    return frozenset(word for subject, name in lists for word in words.every(subject, name))
