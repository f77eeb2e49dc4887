"""The dates that a page declares for machines: JSON-LD, microdata, meta tags, its address, its scripts; and those of its feed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit

from lxml import etree

from etl.records import Precision
from etl.transform import structured
from etl.transform.document import Document
from etl.transform.fields.dates.candidates import Candidate, Witness, read
from etl.transform.fields.dates.labels import Kind
from etl.transform.fields.dates.moment import Moment
from etl.transform.fields.dates.printed import Habits, find_dates
from etl.transform.reading import Story
from etl.transform.structured import strings
from etl.transform.text import clean_meta, fold

# Weights: how far each place is trusted alone; see `Candidate.weight`.
_OF_FEED, _OF_ADDRESS, _OF_DAY_FIRST_ADDRESS, _OF_STATE, _OF_DESCRIPTION = 9.0, 4.0, 1.6, 2.0, 1.6


def declared_dates(document: Document, story: Story, habits: Habits) -> Iterator[Candidate]:
    """All of them."""
    yield from _linked_data(document, story, habits)
    yield from _microdata(document, story, habits)
    yield from _meta(document, habits)
    yield from _address(document, habits)


def told_dates(document: Document, habits: Habits) -> Iterator[Candidate]:
    """Those that the page's feed, or whoever kept the page, names."""
    kinds: tuple[Kind, ...] = ("published", "updated")
    for kind in kinds:
        text = document.hints.get(kind)
        if text and (moment := read(text, habits)):
            yield _candidate(kind, moment, text, Witness.FEED, _OF_FEED, f"feed {kind}")


_LINKED: tuple[tuple[str, Kind, dict[int, float]], ...] = (
    # property, what it means, trust by the rank of the object's type (article, other work, page)
    ("datePublished", "published", {3: 10, 2: 5, 1: 8}),
    ("dateCreated", "published", {3: 2.5, 2: 2, 1: 2}),
    ("uploadDate", "published", {2: 3}),
    ("dateModified", "updated", {3: 10, 2: 5, 1: 8}),
)


def _linked_data(document: Document, story: Story, habits: Habits) -> Iterator[Candidate]:
    for rank, nodes in groupby(document.story_nodes, key=structured.rank_of_type):
        node = _own_node(list(nodes), document, story)
        if node is None:
            continue
        for name, kind, trust in _LINKED:
            for text in strings(node.get(name))[:1]:
                if rank in trust and (moment := read(text, habits)):
                    place = f"{'/'.join(structured.types_of(node))}.{name}"
                    yield _candidate(kind, moment, text.strip(), Witness.LINKED_DATA, trust[rank], place)


def _own_node(nodes: list[structured.Node], document: Document, story: Story) -> structured.Node | None:
    """The object that is about this story: by headline or address among several, else the first with a date."""
    dated = [node for node in nodes if any(node.get(name) for name, _, _ in _LINKED)]
    if len(dated) > 1:
        title = fold(story.title)
        for node in dated:
            if any(fold(clean_meta(text)) == title for text in strings(node.get("headline")) + strings(node.get("name"))):
                return node
        for node in dated:
            if document.url and document.url in (node.get("url"), node.get("@id"), node.get("mainEntityOfPage")):
                return node
    return dated[0] if dated else None


_ITEMPROPS: tuple[tuple[str, Kind, float], ...] = (
    ("datepublished", "published", 9),
    ("datecreated", "published", 2.5),
    ("datemodified", "updated", 9),
)


def _microdata(document: Document, story: Story, habits: Habits) -> Iterator[Candidate]:
    for name, kind, weight in _ITEMPROPS:
        elements = [e for e in document.itemprops.get(name, ()) if _belongs_to_story(e)]
        for element in _of_headline(elements, story)[:1]:
            text = clean_meta(structured.microdata(element))
            if moment := read(text, habits):
                yield _candidate(kind, moment, text, Witness.MICRODATA, weight, f"itemprop {name}")


def _scope(element: etree._Element) -> etree._Element | None:
    return next((e for e in element.iterancestors() if e.get("itemscope") is not None), None)


def _belongs_to_story(element: etree._Element) -> bool:
    scope = _scope(element)
    if scope is None:
        return True
    types = {re.split(r"[/#:]", name)[-1].lower() for name in (scope.get("itemtype") or "").split()}
    return not types or bool(types & (structured.ARTICLE_TYPES - {"review", "videoobject", "audioobject"}))


def _of_headline(elements: list[etree._Element], story: Story) -> list[etree._Element]:
    """Of several stories' dates on a page, those of the story whose object holds the headline."""
    if len(elements) < 2 or story.headline is None:
        return elements
    around = {*story.headline.element.iterancestors(), story.headline.element}
    return [e for e in elements if (scope := _scope(e)) is not None and scope in around] or elements


# Names of meta tags, separators made `_`: article:published_time, parsely-pub-date, dc.date.issued, cXenseParse:recs:publishtime.
# The first pattern found in a name tells.
_NAMES: tuple[tuple[re.Pattern[str], Kind | None, float], ...] = (
    (re.compile(r"^og_updated_time$"), "updated", 6),
    (re.compile(r"modif|updat|revis|last_?mod|moddate|edited"), "updated", 8),
    (re.compile(r"publi(?:sh|c)|pub_?date|issued|firstpub|^sailthru_date|posted|online_date"), "published", 9),
    (re.compile(r"creat|upload"), "published", 2.4),
    (re.compile(r"^(?:(?:dc|dcterms|article|og|citation|content|page|parsely|eprints)_)?(?:date|datetime|pubtime)$"), None, 6),
    (
        re.compile(r"^release_date$|(?:^|_)(?:date|time)_?(?:available|original|release)$|(?:^|_)(?:post_?date|pub_?day)$"),
        "published",
        6,
    ),
    (re.compile(r"^(?:p(?:date|time)|(?:article|display|doc)_?date)$"), None, 6),
)
_OTHER = re.compile(
    r"expir|unpub|hide|valid|event|birth|start|^end|copyright|build|crawl|verif|_id$|publisher|generator|collection|image|video|"
    r"url|title|desc"
)
_SEPARATORS = re.compile(r"[^a-z0-9]+")


def _meta(document: Document, habits: Habits) -> Iterator[Candidate]:
    items = document.itemprops
    for name, values in document.metas.items():
        judged = _judge(name)
        if judged is None or name in items or len(values[0]) > 80:
            continue
        kind, weight = judged
        text = clean_meta(values[0])
        if moment := read(text, habits):
            yield _candidate(kind, moment, text, Witness.META, weight, f"meta {name}")


@lru_cache(maxsize=5_000)
def _judge(name: str) -> tuple[Kind | None, float] | None:
    """What a meta tag's name says its date is, and how far that is trusted."""
    plain = _SEPARATORS.sub("_", name)
    if _OTHER.search(plain):
        return None
    return next(((kind, weight) for pattern, kind, weight in _NAMES if pattern.search(plain)), None)


# /2019/03/05/, /2019-03-05-, /20190305/, /2019/mar/05/, /2019/WORLD/03/05/, -20190305101530
_IN_ADDRESS = re.compile(
    r"[/_\-.=](?P<y>(?:19|20)\d\d)(?:(?P<s>[/\-_.])(?P<w>(?<=/)[a-z_]{3,20}/)??(?P<m>(?(w)\d\d|(?:\d{1,2}|[a-z]{3})))(?P=s)(?P<d>(?(w)\d\d|\d{1,2}))|(?P<m2>\d\d)(?P<d2>\d\d)(?:\d{4}|\d{6})?)(?=[/\-_.?&#]|t\d|$)",
    re.I,
)
_ENGLISH = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905


# /news/29-10-2021
_DAY_FIRST = re.compile(r"(?<![\d-])(?P<a>\d{1,2})-(?P<b>\d{1,2})-(?P<y>(?:19|20)\d\d)(?![\d-])")


def _address(document: Document, habits: Habits) -> Iterator[Candidate]:
    path = urlsplit(document.url or "").path
    if match := _DAY_FIRST.search(path):
        for line in find_dates(match[0], habits):
            yield _candidate("published", line.moment, line.text, Witness.ADDRESS, _OF_DAY_FIRST_ADDRESS, "address")
    if found := day_in_address(document.url):
        day, text = found
        moment = Moment(wall=dt.datetime.combine(day, dt.time()), precision=Precision.DAY)
        yield _candidate("published", moment, text, Witness.ADDRESS, _OF_ADDRESS, "address")


def day_in_address(url: str | None) -> tuple[dt.date, str] | None:
    """The first day in an address, and how it stands there; None where it has none."""
    for match in _IN_ADDRESS.finditer(url or ""):
        month = match["m"] or match["m2"]
        number = int(month) if month.isdigit() else _ENGLISH.get(month.lower(), 0)
        try:
            return dt.date(int(match["y"]), number, int(match["d"] or match["d2"])), match[0].strip("/_-.=")
        except ValueError:
            continue
    return None


# "publishedAt":"2019-03-05T10:00:00Z", \"datePublished\": 1551780000, "deployDt":"2026.01.29 18:40". The names' first letters
# stand before them because a script has thousands of quotes, and each name would be tried at every one.
_IN_STATE = re.compile(
    r"\"(?=[cdfiprs])(?:date_?published|(?:first_?)?publi(?:shed|sh|cation)_?(?:at|date|dt|time|on|timestamp)?|pub_?(?:date|dt|time)|"
    r"(?:deploy|release|display|issue|posted|service|regist(?:er|ration)?|reg|insert|input|create|created|creation)_?"
    r"(?:at|on|date|dt|time|date_?time))\\?\"\s?:\s?(?:\\?\"(?P<text>\d[^\"\\]{7,40})\\?\"|(?P<epoch>\d{10}(?:\d{3})?)\b)",
    re.I,
)


def state_dates(document: Document, habits: Habits) -> Iterator[Candidate]:
    """Publication dates in the state of the page's application, the first of each script: for pages that declare none."""
    for _, script in document.state_scripts():
        if match := _IN_STATE.search(script):
            text = match["text"] or match["epoch"]
            if moment := read(text, habits):
                yield _candidate("published", moment, text, Witness.STATE, _OF_STATE, "script state")


# (Notizia del 14 Gennaio 2020), 14.01.2020 – The ferry …
_SET_APART = re.compile(r"[(\[][^()\[\]]{0,30}\Z")
_LEADS_IN = re.compile(r"\s?(?:[|–—:]|-\s|\.{3}|…)")


def described_dates(document: Document, habits: Habits) -> Iterator[Candidate]:
    """A date set apart in the description, in brackets or before a dash: for pages that tell none anywhere else."""
    for text in document.meta("description", "og:description")[:2]:
        for line in find_dates(text, habits):
            before = text[: line.start]
            if _SET_APART.search(before) or (not before.strip() and _LEADS_IN.match(text, line.end)):
                yield _candidate(line.kind, line.moment, line.text, Witness.META, _OF_DESCRIPTION, "meta description")


def _candidate(kind: Kind | None, moment: Moment, text: str, witness: Witness, weight: float, detail: str) -> Candidate:
    return Candidate(kind=kind, moment=moment, text=text, witness=witness, weight=weight, detail=detail)
