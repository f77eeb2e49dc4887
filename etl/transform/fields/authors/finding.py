"""Where a page names its authors: every place as a candidate, in the page's order. Which one to believe `deciding` says."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from etl.records import Author, AuthorKind, Origin
from etl.transform import hints
from etl.transform.blocks import Box, TextBlock
from etl.transform.document import Document
from etl.transform.fields.authors.bylines import Reading, is_label, name_key, read_byline
from etl.transform.fields.authors.kinds import is_site_name, organization_name
from etl.transform.fields.authors.vocabulary import listed
from etl.transform.hints import name_hint
from etl.transform.profiled import profile_texts
from etl.transform.reading import Story
from etl.transform.structured import Node, rank_of_type, types_of
from etl.transform.text import clean, clean_meta, fold


class Place(enum.Enum):
    """Kinds of places, by what their makers mean with them."""

    PROFILE = "profile"
    JSON_LD = "json-ld"
    META = "meta"
    MICRODATA = "microdata"
    LINKED = "linked"
    """A link to the author's page beside the headline."""
    MARKED = "marked"
    """An element beside the headline that calls itself the by-line."""
    DATED = "dated"
    """A line beside the headline that is a name and a date."""
    LABELLED = "labelled"
    """A line beside the headline that begins with `By` or its like."""
    BELOW = "below"
    """The like below the story, and the box about the author."""
    BARE = "bare"
    """A line of the story that is nothing but a name."""
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Authors as one place of the page names them."""

    authors: tuple[Author, ...]
    place: Place
    origin: Origin
    detail: str
    block: TextBlock | None = None
    """For what the page shows."""


_META = (
    "parsely-author",
    "sailthru.author",
    "byl",
    "article:author_name",
    "article:byline",
    "articleauthor",
    "author",
    "article:author",
    "og:article:author",
    "og:author",
    "http://ogp.me/ns/article#author",
    "cxenseparse:author",
    "citation_author",
    "bepress_citation_author",
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "dcsext.author",
    "vr:author",
    "dable:author",
    "its_author",
    "shareaholic:article_author_name",
    "content-creator",
)
_WRITTEN_BY = ("twitter:label1", "twitter:label2")  # Yoast: label "Written by", data "Jane Roe"
# /author/jane-roe, /autoren/…, /by/jane-roe: addresses of authors' pages
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|a|as|i|e)?|auteurs?|auteures?|byline|columnists?|journalists?|journalistes?|redakteure?|skribenter?|"
    r"forfattere?|kirjoittajat?|yazar(?:lar)?|firmas?|redactores|giornalisti)[/_=-]|[?&]author=",
    re.I,
)
# /profile/…, /people/…, /by/…: pages of persons of any kind
_PERSON_PATH = re.compile(
    r"/(?:by|auth|contributors?|profiles?|people|reporters?|staff|writers?|redaktion|redaktor|users?|mitglieder|membres?|profil|firma|bio|team)[/_=-]",
    re.I,
)
_OUT = (
    hints.NAV
    | hints.COMMENTS
    | hints.ADVERT
    | hints.CAPTION
    | hints.NEWSLETTER
    | hints.COOKIE
    | hints.BREADCRUMB
    | hints.RELATED
    | hints.FIGURE
)
_OUT_BELOW = hints.TAGS | hints.FOOTER | hints.ASIDE
_OTHER_DETAIL = re.compile(r"job|role|position|function|location|place|mail", re.I)  # author__jobtitle: beside the name
_NUMBERS = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d\b")  # 3.5.2020, 2020-05-03, May 3, 2020
_CASED = re.compile(r"[A-Za-z\u00c0-\u052f\u1e00-\u1fff]")
_WORDS = re.compile(r"\w+")
_NO_BARE = hints.KICKER | hints.STANDFIRST | hints.CAPTION | hints.QUOTE
_BARE_TAGS = frozenset({"p", "div"})
_NEVER_TAGS = frozenset({"h1", "button", "option"})
_REVIEWS = frozenset({"review", "criticreview"})
_MAX_LINE = 260
_MAX_BARE = 60
_MAX_DATE_LETTERS = 16
_MAX_INITIALS = 4
_NEAR_LEVELS = 3
_WIDE_TAGS = frozenset({"body", "main", "article", "html"})
_ABOVE = 8
_BELOW_HEADLINE = 25
_INTO_BODY = 3
_AFTER_BODY = 14


def find_authors(document: Document, story: Story, site_names: tuple[str, ...]) -> list[Candidate]:
    """All candidates; those of one place in the page's order."""
    finder = _Finder(document, story, site_names)
    found = [
        *finder.profile(),
        *finder.json_ld(),
        *finder.microdata(),
        *finder.meta(),
        *finder.beside_headline(),
        *finder.below_story(),
        *finder.feed(),
    ]
    if all(is_site_name(author.name, site_names) for candidate in found for author in candidate.authors):
        found += finder.bare_lines()
    return found


class _Finder:
    def __init__(self, document: Document, story: Story, site_names: tuple[str, ...]) -> None:
        self.document = document
        self.story = story
        self.site_names = site_names

    def _read(self, text: str, *, declared: bool) -> Reading:
        return read_byline(text, self.story.language, self.site_names, declared)

    def _parse(self, text: str, *, declared: bool) -> tuple[Author, ...]:
        return self._read(text, declared=declared).authors

    def profile(self) -> Iterator[Candidate]:
        found = profile_texts(self.document, "authors")
        if found:
            authors = self._parse(" / ".join(found.value), declared=True)
            yield Candidate(authors, Place.PROFILE, found.origin, found.detail)

    def feed(self) -> Iterator[Candidate]:
        if text := self.document.hints.get("author"):
            yield Candidate(self._parse(clean_meta(text), declared=True), Place.FEED, Origin.FEED, "author")

    # What the page declares

    def json_ld(self) -> Iterator[Candidate]:
        by_id = {node["@id"]: node for node in self.document.linked_data if isinstance(node.get("@id"), str) and len(node) > 2}
        for node in self._nodes_of_story():
            for key in ("author", "creator"):
                authors = _distinct(a for entry in _names_in(node.get(key), by_id) for a in self._declared(*entry))
                if authors:
                    yield Candidate(authors, Place.JSON_LD, Origin.JSON_LD, f"{types_of(node)[0]}.{key}")
                    break

    def _nodes_of_story(self) -> list[Node]:
        nodes = self.document.story_nodes
        ranked = [node for node in nodes if rank_of_type(node) == 3]
        title = fold(self.story.title)
        titled = [node for node in ranked if fold(clean_meta(str(node.get("headline") or node.get("name") or ""))) == title]
        works = [node for node in nodes if not _REVIEWS.intersection(types_of(node))]  # those of readers
        return titled or ranked[:3] or works[:3]

    def _declared(self, text: str, kind: AuthorKind | None) -> tuple[Author, ...]:
        if kind is AuthorKind.ORGANIZATION and text and len(text) <= _MAX_BARE:
            name = organization_name(text, language=self.story.language, site_names=self.site_names)
            return (Author(name=name, kind=kind, credit=text),)
        return self._parse(text, declared=True)

    def microdata(self) -> Iterator[Candidate]:
        for element in self.document.itemprops.get("author", [])[:5]:
            if "".join(element.itertext()).strip():
                continue  # visible ones are found among the blocks
            names = [child.get("content") for child in element.iter() if child.get("itemprop") == "name"]
            authors = _distinct(a for name in names if name for a in self._parse(clean_meta(name), declared=True))
            if authors:
                yield Candidate(authors, Place.MICRODATA, Origin.MICRODATA, "itemprop author")

    def meta(self) -> Iterator[Candidate]:
        document = self.document
        for name in _META:
            texts = [text for text in document.meta(name) if "://" not in text]
            authors = _distinct(author for text in texts for author in self._parse(text, declared=True))
            if authors:
                yield Candidate(authors, Place.META, Origin.META, f"meta {name}")
        for label in _WRITTEN_BY:
            if any(is_label(text) for text in document.meta(label)):
                texts = document.meta(label.replace("label", "data"))
                authors = _distinct(author for text in texts for author in self._parse(text, declared=True))
                yield Candidate(authors, Place.META, Origin.META, f"meta {label}")

    # What the page shows

    def beside_headline(self) -> Iterator[Candidate]:
        start, end = self._window()
        yield from _with_neighbours(list(self._shown(self.document.blocks[start:end], below=False)))

    def _window(self) -> tuple[int, int]:
        headline, first = self.story.headline, self.story.first_index
        if headline is not None:
            end = headline.index + _BELOW_HEADLINE
            if first is not None and first > headline.index:
                end = max(headline.index + _ABOVE, min(first + _INTO_BODY, headline.index + 2 * _BELOW_HEADLINE))
            return max(0, headline.index - _ABOVE), end
        if first is not None:
            return max(0, first - _BELOW_HEADLINE), first + _INTO_BODY
        return 0, 2 * _BELOW_HEADLINE

    def below_story(self) -> Iterator[Candidate]:
        last = self.story.last_index
        if last is not None:
            yield from self._shown(self.document.blocks[max(0, last - 2) : last + _AFTER_BODY], below=True)

    def bare_lines(self) -> Iterator[Candidate]:
        """A first or last paragraph of the story that is nothing but a name, of someone whom the story does not speak of."""
        for block in self._edges_of_body():
            if block.tag not in _BARE_TAGS and not (block.tag == "li" and self._is_beside_date(block)):
                continue
            if block.hints & (_NO_BARE | self._out()) or len(block.text) > _MAX_BARE:
                continue
            authors = self._parse(block.text, declared=False)
            if authors and _is_name_and_date(authors, block.text) and not self._speaks_of(authors, block):
                yield Candidate(authors, Place.BARE, Origin.HEURISTIC, f"line of its own in {block.box!r}", block)

    def _edges_of_body(self) -> list[TextBlock]:
        """The lines between headline and text, the text's first two and last, and the one below it."""
        blocks, first, last = self.document.blocks, self.story.first_index, self.story.last_index
        if first is None or last is None:
            return []
        headline = self.story.headline
        start = headline.index + 1 if headline is not None and headline.index < first else first
        return [*blocks[max(start, first - _ABOVE) : first + 2], *blocks[max(first + 2, last) : last + 2]]

    def _speaks_of(self, authors: tuple[Author, ...], line: TextBlock) -> bool:
        """Whether a word of the names stands elsewhere in the story, as a name or as a common word."""
        words = {word.casefold() for author in authors for word in author.name.split() if len(word) > 2}
        others = (block.text for block in self.story.body.blocks if block is not line)
        return any(words.intersection(_WORDS.findall(text.casefold())) for text in others)

    def _shown(self, blocks: list[TextBlock], *, below: bool) -> Iterator[Candidate]:
        out = self._out()
        label = ""
        for block in blocks:
            if len(block.text) > _MAX_LINE or block is self.story.headline:
                continue
            if block.hints & out and not self._is_plain(block):
                continue
            if block.tag in _NEVER_TAGS or (below and block.hints & _OUT_BELOW):
                continue
            if is_label(block.text):
                label = block.text
                continue
            found = self._shown_in(block, label)
            label = ""
            if found and (_has_full_name(found[0]) or (not below and not self._are_initials(found[0], block))):
                authors, place, detail = found
                yield Candidate(authors, Place.BELOW if below else place, Origin.HTML, f"{detail} in {block.box!r}", block)

    def _are_initials(self, authors: tuple[Author, ...], block: TextBlock) -> bool:
        """`amw`, `dpa/fw`: what editors sign with; no names, unless a label says so (`by oz`)."""
        if any(len(author.name) > _MAX_INITIALS or not author.name.islower() for author in authors):
            return False
        return not self._read(block.text, declared=True).labelled

    def _is_plain(self, block: TextBlock) -> bool:
        """Whether a block says plainly that it is the by-line, whatever box it is in: `Text: Jane Roe`; at the head, `by Jane`."""
        if block.hints & (hints.COMMENTS | hints.FIGURE | hints.ADVERT) or len(block.text) > _MAX_BARE:
            return False
        reading = self._read(block.text, declared=False)
        if not reading.labelled or len(block.text) > 2 * sum(len(author.name) for author in reading.authors):
            return False
        headline = self.story.headline
        at_headline = headline is not None and -2 <= block.index - headline.index <= _ABOVE
        return at_headline or bool(block.hints & hints.CAPTION)

    def _out(self) -> int:
        """The bits that rule a block out: none of those that the headline has too."""
        headline = self.story.headline
        return _OUT & ~headline.hints if headline is not None else _OUT

    def _shown_in(self, block: TextBlock, label: str) -> tuple[tuple[Author, ...], Place, str] | None:
        text = _spaced(block)
        if label:
            text = f"{label} {text}"
        whole = self._read(text, declared=False)
        marked_box = _is_marked(block.box)
        near = marked_box or whole.labelled or bool(block.hints & hints.DATE)
        links = [_glued(a.itertext(), lines=False) for a, _ in block.links if self._is_author_link(a, near=near)]
        linked = _distinct(author for name in links for author in self._parse(name, declared=True))
        if linked:
            if whole.labelled and _keys(whole.authors) < _keys(linked):
                return whole.authors, Place.LABELLED, "labelled line"  # "Words by Jane, art by John"
            return _wider(whole.authors, linked), Place.LINKED, "author link"
        if block.inner_hints & hints.BYLINE:
            inline = _distinct(a for t in _inline_bylines(block.element) for a in self._parse(t, declared=True))
            if inline:
                return _wider(whole.authors, inline), Place.MARKED, "by-line"
        if marked_box:
            marked = whole.authors or self._one_word(text, labelled=False)
            if marked and _fills(marked, text):
                return marked, Place.MARKED, "by-line"
        dated = any(letter.isdigit() for letter in text)
        if whole.labelled and _fills(whole.authors, text):
            return whole.authors, Place.LABELLED, "labelled line"
        dated = bool(_NUMBERS.search(text))
        if (dated or block.hints & hints.DATE) and (labelled := self._one_word(text, labelled=True)):
            return labelled, Place.LABELLED, "labelled line"  # "Posted on 3 May by robert"
        if dated and self._is_near(block) and not block.hints & hints.HEADING and _is_name_and_date(whole.authors, text):
            return whole.authors, Place.DATED, "line with a date"
        return None

    def _is_beside_date(self, block: TextBlock) -> bool:
        """Whether the line above or below is short and holds a date."""
        beside = self.document.blocks[max(0, block.index - 1) : block.index + 2]
        return any(len(other.text) <= _MAX_BARE and _NUMBERS.search(other.text) for other in beside)

    def _one_word(self, text: str, *, labelled: bool) -> tuple[Author, ...]:
        """The author of a by-line where it is one word, behind a label (`by robert`) or alone; not the name of a section."""
        reading = self._read(text, declared=True)
        if not reading.authors or not (reading.labelled or (not labelled and " " not in text.strip())):
            return ()
        path = fold(unquote(urlsplit(self.document.url or "").path))
        return () if any(" " in author.name or fold(author.name) in path for author in reading.authors) else reading.authors

    def _is_near(self, block: TextBlock) -> bool:
        headline = self.story.headline
        return headline is not None and -3 <= block.index - headline.index <= 5

    def _is_author_link(self, a: etree._Element, *, near: bool) -> bool:
        """A link to an author's page on this site; what may also be a user or a team counts only `near` a by-line or date."""
        if "author" in (a.get("rel") or "").lower().split() or name_hint(a.get("class") or "") & hints.BYLINE:
            return True
        href = a.get("href") or ""
        if not (_AUTHOR_PATH.search(href) or (near and _PERSON_PATH.search(href))):
            return False
        host = urlsplit(self.document.absolute(href) or "").hostname
        return host is None or host == urlsplit(self.document.url or "").hostname


def _with_neighbours(shown: list[Candidate]) -> list[Candidate]:
    """The candidates; before each run of them that stand in one small box, a name a block, the run as one by-line."""
    runs: list[list[Candidate]] = []
    for candidate in shown:
        if runs and runs[-1][-1].place is candidate.place and _near_boxes(runs[-1][-1]) & _near_boxes(candidate):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    found: list[Candidate] = []
    for run in runs:
        if len(run) > 1:
            found.append(replace(run[0], authors=_distinct(author for candidate in run for author in candidate.authors)))
        found += run
    return found


def _near_boxes(candidate: Candidate) -> set[int]:
    """The boxes around a name, up to the first that holds more than a by-line can."""
    box = candidate.block.box.parent if candidate.block else None
    found: set[int] = set()
    while box is not None and box.tag not in _WIDE_TAGS and len(found) < _NEAR_LEVELS:
        found.add(id(box))
        box = box.parent
    return found


def _has_full_name(authors: tuple[Author, ...]) -> bool:
    return any(" " in author.name or author.kind is AuthorKind.ORGANIZATION or not author.name.isascii() for author in authors)


def _names_in(value: Any, by_id: dict[str, Node], depth: int = 0) -> Iterator[tuple[str, AuthorKind | None]]:
    """The names in a JSON-LD author: strings, objects, lists of them at any depth, references to other nodes."""
    if depth > 6:
        return
    if isinstance(value, str):
        yield clean_meta(value), None
    elif isinstance(value, list):
        for item in value:
            yield from _names_in(item, by_id, depth + 1)
    elif isinstance(value, dict):
        if not value.get("name") and not value.get("familyName") and value.get("@id") in by_id:
            value = by_id[value["@id"]]
        kind = AuthorKind.ORGANIZATION if any("organization" in name for name in types_of(value)) else None
        name = value.get("name") or " ".join(str(value.get(key) or "") for key in ("givenName", "familyName"))
        if isinstance(name, str):
            yield clean_meta(name), kind
        else:
            yield from _names_in(name, by_id, depth + 1)


def _is_marked(box: Box) -> bool:
    """Whether the element or one of the two around it calls itself a by-line."""
    current: Box | None = box
    for _ in range(3):
        if current is None:
            return False
        if current.own_hints & hints.BYLINE:
            return not _OTHER_DETAIL.search(box.element.get("class") or "")
        current = current.parent
    return False


def _spaced(block: TextBlock) -> str:
    """The block's text, with a line break where two elements meet without a space (`Jane Roe` `The Paper`)."""
    parts = list(block.element.itertext())
    if len(parts) < 2 or "".join("".join(parts).split()) != "".join(block.text.split()):
        return block.text  # the element holds other blocks too
    return _glued(parts, lines="\n" in block.text)


def _glued(parts: Iterable[str], *, lines: bool) -> str:
    text = ""
    for part in parts:
        text += "\n" if part and text[-1:].isalnum() and part[0].isalnum() else ""
        text += part if lines else part.replace("\n", " ")
    return "\n".join(line for raw in text.split("\n") if (line := clean(raw)))


def _inline_bylines(element: etree._Element) -> list[str]:
    """Texts of the inline elements that call themselves by-line, outermost ones."""
    found: list[str] = []
    inside: set[etree._Element] = set()
    for child in element.iterdescendants():
        parent = child.getparent()
        if parent in inside:
            inside.add(child)
            continue
        names = f"{child.get('class') or ''} {child.get('itemprop') or ''} {child.get('rel') or ''}"
        if names.strip() and name_hint(names) & hints.BYLINE:
            inside.add(child)
            if text := clean(" ".join(child.itertext())):
                found.append(text)
    return found


def _wider(whole: tuple[Author, ...], part: tuple[Author, ...]) -> tuple[Author, ...]:
    """The whole line's authors where they include all of the marked part's."""
    return whole if _keys(whole) >= _keys(part) else part


def _is_name_and_date(authors: tuple[Author, ...], text: str) -> bool:
    """Whether nothing but persons' names, a date and a few letters stand in a line (`Jane Roe 3 May 2020`)."""
    if not authors or any(author.kind is AuthorKind.ORGANIZATION or not _CASED.search(author.name) for author in authors):
        return False  # in scripts without capitals any short line could be a name
    if any(author.name.split()[0].casefold() in listed("particles", "tails", "articles") for author in authors):
        return False
    letters = sum(letter.isalpha() for letter in text)
    return letters - sum(letter.isalpha() for author in authors for letter in author.name) <= _MAX_DATE_LETTERS


def _fills(authors: tuple[Author, ...], text: str) -> bool:
    """Whether a line is made of these names and little else: a by-line, no sentence about someone."""
    return 2 * sum(len(author.name) for author in authors) >= len(text) or len(text) < _MAX_BARE


def _keys(authors: tuple[Author, ...]) -> set[str]:
    return {name_key(author.name) for author in authors}


def _distinct(authors: Iterable[Author]) -> tuple[Author, ...]:
    found: dict[str, Author] = {}
    for author in authors:
        found.setdefault(name_key(author.name), author)
    return tuple(found.values())
