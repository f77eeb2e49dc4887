"""The site's section that the story stands in: by breadcrumb, declaration or address, in the spelling the page prints."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import chain, takewhile
from typing import Any
from urllib.parse import unquote, urlsplit

from etl.records import Origin
from etl.transform import hints, words
from etl.transform.document import Document
from etl.transform.fields.dates.vocabulary import month_of
from etl.transform.fields.labels import labels_beside
from etl.transform.profiled import profile_found
from etl.transform.reading import Found, Story
from etl.transform.site import SEPARATOR, domain_of
from etl.transform.structured import strings, types_of
from etl.transform.text import clean_meta, fold
from etl.transform.urls import key_of, split_address

_META = ("article:section", "og:article:section", "section", "parsely-section", "dc.section", "cxenseparse:section", "category")
_LONGEST = 50
# world-news, POLITICS_EU: for machines, not as printed
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*|[A-Z0-9]+(?:[-_][A-Z0-9]+)+")
_HYPHENED = re.compile(r"[a-z]{1,3}-[a-z]+", re.I)
_STEP = re.compile(r"[^\W\d_]{3,}(?:[-_][^\W\d_]+){0,3}")
_DATE = re.compile(r"\d{1,2}\D{1,3}\d{1,2}|\d{4}")  # blogs link the month's folder by the day of the post
_YEAR = re.compile(r"(?:19|20)\d\d(?:年.{0,10})?")
_DIGIT = re.compile(r"\d")
_STEPS = re.compile(r"\s{1,5}[>»/]\s{1,5}")  # Sports > Football
_LEAST_LISTED = 3
_MARKS = " \t/>»›|·:•→-–"
_REACH = 60  # blocks before the headline among which a breadcrumb is looked for
_NO_TRAIL = hints.FOOTER | hints.RELATED
_PLAIN = re.compile(r"[^\W_](?:[\w &'’/+-]*[^\W_])?")  # Sci-Fi; not "Sport:", "— SPORT! —"
_FRONT_PAGE = re.compile(r"/|(?:https?:)?//[^/?#]{1,250}/?")
_NO_PAGE = ("#", "javascript:")
"""Links of a breadcrumb that lead to no section: the page's own text, its printer."""
_LINKS = 400
_LONG_STEP = 25
_MOST_STEPS = 7


def extract_section(document: Document, story: Story) -> Found[str] | None:
    """The section's name; None where the page does not tell."""
    if found := profile_found(document, "section"):
        return found
    trail = [_as_printed(step, document) for step in list(_trail(document, story))[-_MOST_STEPS:]]
    declared = [found for found in _declared(document) if _is_section(found.value, document, story)]
    named = {fold(found.value) for found in declared}
    # A trail has several steps: the one that is declared too is the section, else the deepest.
    if trail:
        return next((step for step in reversed(trail) if fold(step.value) in named), trail[-1])
    if declared and not _is_for_machines(found := _as_printed(_alone(declared[0], named), document)):
        return found
    if found := told_section(document, story) or _by_address(document, story) or _labelled(document, story):
        return found
    return next((found for found in declared if _is_name(found.value, document)), None)


def _alone(found: Found[str], named: Container[str]) -> Found[str]:
    """The first of several names joined by commas, where it is declared alone too."""
    first = found.value.partition(",")[0]
    return Found(first, found.origin, found.detail) if fold(first) in named else found


def _labelled(document: Document, story: Story) -> Found[str] | None:
    """The label of the section that stands beside the headline."""
    names = (name for name in labels_beside(document, story) if _is_section(name, document, story))
    return next((Found(name, Origin.HTML, "label beside the headline") for name in names), None)


def told_section(document: Document, story: Story) -> Found[str] | None:
    """The section that the page's feed, or whoever kept the page, names."""
    name = clean_meta(document.hints.get("section"))
    return Found(name, Origin.FEED, "section") if name and _is_section(name, document, story) else None


def _trail(document: Document, story: Story) -> Iterator[Found[str]]:
    """The steps of the breadcrumb between front page and story."""
    for steps, origin, detail in (
        (_linked_trail(document), Origin.JSON_LD, "BreadcrumbList"),
        (_shown_trail(document, story), Origin.HTML, "breadcrumb"),
    ):
        found = [(address, name) for address, name in _without_archive(steps) if _is_section(name, document, story)]
        while len(found) > 1 and _is_tag(found[-1][0]):
            found.pop()
        if found:
            yield from (Found(name, origin, detail) for _, name in found)
            return


def _without_archive(steps: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The steps before the folders of an archive, `2024 > October > 27`; behind them where it stands first: `2024 > Politics`."""
    before = list(takewhile(lambda step: not _YEAR.fullmatch(step[1]), steps))
    yield from before
    if all(fold(name) in _no_sections() for _, name in before):
        yield from (step for step in steps[len(before) :] if not _DIGIT.search(step[1]) and month_of(step[1], ()) is None)


def _linked_trail(document: Document) -> list[tuple[str, str]]:
    """Addresses and names in the first JSON-LD breadcrumb, in its order."""
    node = next((node for node in document.linked_data if "breadcrumblist" in types_of(node)), None)
    items = node.get("itemListElement") if node else None
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    entries.sort(key=_position)
    if entries and _is_the_page(entries[-1], document):
        entries.pop()
    return [(_address_of(item), name) for item in entries if (name := _name_of(item))]


def _is_tag(address: str) -> bool:
    """Whether a step leads to a topic: /all-about/ferries."""
    steps = split_address(address).path.casefold().strip("/").split("/")
    return len(steps) > 1 and steps[-2] in words.every("section", "tags")


def _is_the_page(item: dict[str, Any], document: Document) -> bool:
    """Whether the last step is the story itself: it leads here, or nowhere under a long name."""
    address = _address_of(item)
    if address and document.url:
        return key_of(document.absolute(address) or "") == key_of(document.url)
    return not address and len(_name_of(item)) > _LONG_STEP


def _address_of(item: dict[str, Any]) -> str:
    target = item.get("item")
    return next(iter(strings(target.get("@id") or target.get("url") if isinstance(target, dict) else target)), "")


def _position(item: dict[str, Any]) -> int:
    text = str(item.get("position", ""))
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _name_of(item: dict[str, Any]) -> str:
    target = item.get("item")
    names = strings(item.get("name")) or (strings(target.get("name")) if isinstance(target, dict) else [])
    return clean_meta(names[0]) if names else ""


def _shown_trail(document: Document, story: Story) -> list[tuple[str, str]]:
    """The links of the breadcrumb the page shows: near the headline, else the only one of the page."""
    last = story.headline.index if story.headline else len(document.blocks) - 1
    crumbs = [block for block in document.blocks if block.hints & hints.BREADCRUMB and not block.hints & _NO_TRAIL]
    near = [block for block in crumbs if last - _REACH <= block.index <= last]
    links = [(anchor.get("href") or "", text) for block in near or crumbs for anchor, text in block.links]
    if links and _FRONT_PAGE.fullmatch(links[0][0]):
        links.pop(0)
    steps = [(href, text.strip(_MARKS)) for href, text in links if not href.startswith(_NO_PAGE)]
    return steps if len(steps) <= _MOST_STEPS else []  # a menu that calls itself a breadcrumb


def _declared(document: Document) -> Iterator[Found[str]]:
    for node in document.story_nodes[:3]:
        for text in strings(node.get("articleSection")):
            yield Found(_one_name(clean_meta(text), document), Origin.JSON_LD, "articleSection")
    for name in _META:
        for text in document.meta(name):
            yield Found(_one_name(text, document), Origin.META, f"meta {name}")
    for element in document.itemprops.get("articlesection", ())[:2]:
        text = element.get("content") or "".join(element.itertext())
        yield Found(_one_name(clean_meta(text), document), Origin.MICRODATA, "articleSection")


def _one_name(text: str, document: Document) -> str:
    """`sport/football`, `Sport > football` → `football`, `news,politics` → `politics`, `Arts - News` → `Arts`; of several listed
    the first.
    """
    if _SLUG.fullmatch(text.replace("/", "-").strip("-")):
        return text.rstrip("/").rpartition("/")[2]
    names = [name.strip() for name in text.split(",")]
    if len(names) > 1:
        named = [name for name in names if name and fold(name) not in _no_sections()]
        several = "," in text.replace(", ", "") or (len(names) >= _LEAST_LISTED and not _conjunction().search(names[-1]))
        return (named[0] if several else ", ".join(named)) if named else text
    steps = _STEPS.split(text)
    if len(steps) > 1:
        return next((step for step in reversed(steps) if _says_more(step, document)), "")
    parts = SEPARATOR.split(text)
    named = [part for part in parts if _says_more(part, document)]
    # "UK · Politics" is one name, "Politics - Example" a name and the site's
    return text if len(named) == len(parts) else next(iter(named), "")


def _says_more(part: str, document: Document) -> bool:
    """Whether a part of a declaration is neither the site's name nor a word such as `News`."""
    return bool(part) and fold(part) not in _no_sections() and not document.site.owns(part)


def _is_section(name: str, document: Document, story: Story) -> bool:
    """Whether a name can be a section's: not the front page's, the site's, the story's."""
    return _may_name(name, story) and not document.site.owns(name)


def _may_name(name: str, story: Story) -> bool:
    plain = fold(name)
    title = fold(story.title)
    if len(plain.encode()) < 2 or len(name) > _LONGEST or plain in _no_sections() or not any(map(str.isalpha, plain)):
        return False
    if "{" in name:  # {$category}: a template's place left empty
        return False
    return not (plain == title or (len(plain) > 20 and title.startswith(plain)))


def _as_printed(found: Found[str], document: Document) -> Found[str]:
    """A name for machines in the spelling of the link to that section, or of another line, if the page has one."""
    name = found.value.strip(_MARKS)
    if _SLUG.fullmatch(name):
        wanted = fold(name)
        printed = (block.text for block in document.blocks if len(block.text) <= _LONGEST and _PLAIN.fullmatch(block.text))
        shown = chain((text for _, text in _links(document)), printed)
        begun = (text for text in shown if text[:1].lower() == wanted[:1] or not text[:1].isascii())
        name = next((text for text in begun if fold(text) == wanted), name)
    return Found(name, found.origin, found.detail)


def _is_for_machines(found: Found[str]) -> bool:
    """Whether a name is one that the page prints nowhere: `companies-tech`."""
    return _SLUG.fullmatch(found.value) is not None and not found.value.isalnum()


def _is_name(slug: str, document: Document) -> bool:
    """Whether a name with hyphens is one all the same: `e-sports`, `sci-fi`, or the folder that the story stands in."""
    return _HYPHENED.fullmatch(slug) is not None or slug in urlsplit(document.url or "").path.split("/")[1:-1]


def _by_address(document: Document, story: Story) -> Found[str] | None:
    """The folder of the address that a link of the page leads to, by that link's text."""
    steps = [unquote(step) for step in urlsplit(document.url or "").path.rstrip("/").split("/")[1:-1]]
    persons = words.every("section", "persons")
    numbers = {
        number
        for number, step in enumerate(steps)
        if _STEP.fullmatch(step) and fold(step) not in _no_sections() and not (number and steps[number - 1].lower() in persons)
    }
    if not numbers:
        return None
    parts = urlsplit(document.url or "")
    places = ("", f"{parts.scheme}://{parts.netloc}")
    paths = {f"{place}/" + "/".join(steps[: number + 1]): number for number in numbers for place in places}
    found: dict[int, str] = {}
    for href, text in _links(document):
        number = paths.get(href.rstrip("/"))
        if number is None or _DATE.search(text) or not _may_name(text, story):
            continue
        if not _names_site(text, steps[number], document):
            found.setdefault(number, text.strip(_MARKS))
    return Found(found[max(found)], Origin.URL, "folder of the address") if found else None


def _names_site(text: str, step: str, document: Document) -> bool:
    """Whether a folder's link ends with a name of the site (`More on Example.com`; not `Opinion Example`), or is its domain's."""
    if fold(text) == domain_of(urlsplit(document.url or "").hostname or "").partition(".")[0]:
        return True
    parts = text.split()
    ends = (" ".join(parts[start:]) for start in range(1, len(parts)))
    return not fold(text).startswith(fold(step)) and any(map(document.site.owns, ends))


def _links(document: Document) -> Iterator[tuple[str, str]]:
    """Address and text of the page's first links: its menus."""
    count = 0
    for block in document.blocks:
        for anchor, text in block.links:
            yield anchor.get("href") or "", text
            count += 1
        if count > _LINKS:
            return


@lru_cache(maxsize=1)
def _no_sections() -> frozenset[str]:
    return frozenset(fold(word) for word in words.every("section", "no_section"))


@lru_cache(maxsize=1)
def _conjunction() -> re.Pattern[str]:
    """What joins the last of several words of one name: `Food, Wine & Travel` is one section."""
    joined = "|".join(map(re.escape, words.every("section", "and")))
    begun = "|".join(map(re.escape, words.every("section", "and_prefix")))
    return re.compile(rf"[&+]|(?<!\w)(?:{joined})(?!\w)|(?<=\w\s)(?:{begun})\w", re.I)
