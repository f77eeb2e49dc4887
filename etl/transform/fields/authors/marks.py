"""What marks one line of the page as a by-line, and whom it names: links to authors, class names, a label, a date at a name.

Where on the page such lines are looked for is `shown`'s matter, their grammar that of `bylines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from lxml import etree

from etl.records import Author, AuthorKind
from etl.transform import hints
from etl.transform.blocks import Box, TextBlock
from etl.transform.document import Document
from etl.transform.fields.authors.bylines import Reading, is_label, read_byline
from etl.transform.fields.authors.candidates import Place, distinct, name_key, name_keys
from etl.transform.fields.authors.kinds import is_role
from etl.transform.fields.authors.vocabulary import HAS_CJK, endings, given_names, key, keys_in, listed, phrases
from etl.transform.hints import name_hint
from etl.transform.reading import Story
from etl.transform.text import clean, fold
from etl.transform.urls import split_address

_OTHER_DETAIL = re.compile(r"job|role|position|function|location|place|mail", re.I)  # author__jobtitle: beside the name
_CASED = re.compile(r"[A-Za-z\u00c0-\u052f\u1e00-\u1fff]")  # Latin, Greek, Cyrillic
_FURNITURE = hints.SHARE | hints.FORM | hints.CONTROL
_MARK_LEVELS = 3
_TEST_NAMES = ("data-testid", "data-ui-testid", "data-test-id", "data-qa", "data-component")
"""Where sites with generated class names still call a part what it is."""
_STROKES = re.compile(r"[|｜•·\n]| [–—-] ")
_SIGNS = re.compile(r"[|｜•·]| [–—-] ")
_NO_PAGE = re.compile(r"(?:#|javascript:|mailto:|tel:|$)", re.I)
_SHORT_LINE = 60
_MAX_WORDS = 30
_MAX_DATE_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a line names, and by what mark."""

    authors: tuple[Author, ...]
    place: Place
    detail: str


class LineReader:
    """Reads lines of one page."""

    def __init__(self, document: Document, story: Story, site_names: tuple[str, ...]) -> None:
        self.document = document
        self.language = story.language
        self.site_names = site_names
        self.host = urlsplit(document.url or "").hostname
        self.path = fold(unquote(urlsplit(document.url or "").path))

    def read(self, text: str, *, declared: bool) -> Reading:
        """A text by the grammar of by-lines."""
        return read_byline(text, self.language, self.site_names, declared)

    def read_block(self, block: TextBlock, label: str, *, near: bool, dated: bool) -> Found | None:
        """Whom a block names, if anything marks it; `label` is what stood in a box of its own before it."""
        marked = (bool(block.hints & hints.BYLINE) and _is_marked(block.box)) or (near and _is_called_byline(block.box))
        date_box = bool(block.hints & hints.DATE)
        inner = bool(block.inner_hints & hints.BYLINE)
        labelled = bool(label) or may_be_labelled(block.text)
        links = [a for a, _ in block.links if self.is_author_link(a, weak=marked or date_box or labelled)]
        if not (marked or inner or links or labelled or (dated and near)):
            return None
        text = _spaced(block)
        if label:
            text = f"{label} {text}"
        whole = self.read(text, declared=False)
        return (
            self._linked(links, text, whole)
            or (self._inside(block, whole) if inner else None)
            or (self._marked(block, text, whole) if marked else None)
            or self._labelled(text, whole, dated=dated or date_box)
            or (_dated(block, text, whole) if dated and near else None)
        )

    def _linked(self, links: list[etree._Element], text: str, whole: Reading) -> Found | None:
        linked = distinct(author for a in links for author in self.read(_glued(self._named_in(a)), declared=True).authors)
        if not linked or (not whole.authors and names_others(text)):
            return None
        if whole.labelled and name_keys(whole.authors) < name_keys(linked):
            return Found(whole.authors, Place.LABELLED, "labelled line")  # "Words by Jane, art by John"
        return Found(_wider(whole.authors, linked), Place.LINKED, "author link")

    def _named_in(self, a: etree._Element) -> list[str]:
        """A link's texts without a label in an element of its own: `<a><span>By</span> Jane Roe</a>`."""
        parts = list(a.itertext())
        first = next((at for at, part in enumerate(parts) if part.strip()), 0)
        return parts[first + 1 :] if len(parts) > first + 1 and is_label(parts[first].strip(), self.language) else parts

    def _inside(self, block: TextBlock, whole: Reading) -> Found | None:
        texts = _inline_bylines(block.element)
        inside = distinct(author for text in texts for author in self.read(text, declared=True).authors)
        if block.hints & _FURNITURE and not any(" " in author.name for author in inside):
            return None
        return Found(_wider(whole.authors, inside), Place.MARKED, "by-line") if inside else None

    def _marked(self, block: TextBlock, text: str, whole: Reading) -> Found | None:
        furniture = bool(block.hints & _FURNITURE) or text.isupper()  # "More", "REGARDING"
        authors = whole.authors or self._one_word(text, labelled=furniture) or self._in_elements(block)
        return Found(authors, Place.MARKED, "by-line") if authors and (whole.labelled or _fills(authors, text)) else None

    def _in_elements(self, block: TextBlock) -> tuple[Author, ...]:
        """The authors where each stands in an element of its own, with nothing but blanks between: `Jane Roe` `John Doe`."""
        names = _alike(block.element)
        persons = [self.read(name, declared=True).authors for name in names]
        if len(names) < 2 or any(len(found) != 1 or " " not in found[0].name for found in persons):
            return ()
        return distinct(author for found in persons for author in found)

    def _labelled(self, text: str, whole: Reading, *, dated: bool) -> Found | None:
        if whole.labelled and _fills(whole.authors, text, labelled=True):
            return Found(whole.authors, Place.LABELLED, "labelled line")
        authors = self._one_word(text, labelled=True) if dated else ()  # "Posted on 3 May by robert"
        return Found(authors, Place.LABELLED, "labelled line") if authors else None

    def _one_word(self, text: str, *, labelled: bool) -> tuple[Author, ...]:
        """The author of a by-line where it is one word, behind a label (`by robert`) or alone; not the name of a section."""
        reading = self.read(text, declared=True)
        if not reading.authors or not (reading.labelled or (not labelled and " " not in text.strip())):
            return ()
        no_name = any(" " in author.name or fold(author.name) in self.path for author in reading.authors)
        return () if no_name else reading.authors

    def leads_to(self, authors: tuple[Author, ...], block: TextBlock) -> bool:
        """Whether the line's one link leads to a person's page whose address ends with the name (`/team/jane-roe/`)."""
        if len(authors) != 1 or len(block.links) != 1 or not self.is_author_link(block.links[0][0], weak=True):
            return False
        path = split_address(block.links[0][0].get("href") or "").path
        last = fold(unquote(path.rstrip("/").rsplit("/", 1)[-1]))
        return " " in authors[0].name and last.replace(" ", "").endswith(name_key(authors[0].name))

    def leads_elsewhere(self, authors: tuple[Author, ...], block: TextBlock) -> bool:
        """Whether a name is the text of a link that does not lead to a person's page: a topic, a section, another story."""
        names = [fold(author.name) for author in authors]
        links = [a for a, text in block.links if any(name in fold(text) for name in names)]
        return any(not (self.is_author_link(a, weak=True) or self._may_be_of_person(a, authors)) for a in links)

    def _may_be_of_person(self, a: etree._Element, authors: tuple[Author, ...]) -> bool:
        """Whether a link leads to no page (`#`, `mailto:`), into a network, or to what is called like a person (`/jane-roe`)."""
        href = (a.get("href") or "").strip()
        if _NO_PAGE.match(href):
            return True
        address = split_address(self.document.absolute(href) or "")
        if address.hostname != self.host:
            return not listed("network_hosts").isdisjoint((address.hostname or "").split(".")[-2:-1])
        names = {name_key(author.name) for author in authors}
        return have_given_names(authors) and fold(unquote(address.path.strip("/"))).replace(" ", "") in names

    def is_author_link(self, a: etree._Element, *, weak: bool) -> bool:
        """Whether a link leads to an author's page on this site; one to any person's page where something else marks the line
        (`weak`)."""
        rel, names = a.get("rel"), a.get("class")
        if (rel and "author" in rel.lower().split()) or (names and name_hint(names) & hints.BYLINE):
            return True
        href = a.get("href") or ""
        if not (_path_of("author_paths").search(href) or (weak and _path_of("person_paths").search(href))):
            return False
        host = urlsplit(self.document.absolute(href) or "").hostname
        return host is None or host == self.host


@cache
def _path_of(subject: str) -> re.Pattern[str]:
    """`/author/jane-roe`, `/autor-jane-roe`, `?author=3`: addresses with one of the words of a list."""
    names = "|".join(re.escape(name) for name in endings(subject))
    return re.compile(rf"[/?&](?:(?<=/)(?:{names})[/_=-]|(?<=[?&])(?:{names})=)", re.I)


@lru_cache(maxsize=5_000)
def may_be_labelled(text: str) -> bool:
    """Quickly: whether a line begins with a label, or holds `by` or `Text:` further on."""
    parts = text.split()
    if not parts or len(parts) > _MAX_WORDS:
        return False
    keys = keys_in(text)
    if phrases("labels", "labels_short").match(keys, 0) or not listed("prepositions").isdisjoint(keys):
        return True
    named = listed("labels")
    if (":" in text or "：" in text) and any(part[-1] in ":：" and word in named for part, word in zip(parts, keys, strict=True)):
        return True
    return not text.isascii() and bool(HAS_CJK.search(text))


def is_name_and_date(authors: tuple[Author, ...], text: str) -> bool:
    """Whether nothing but persons' names, a date and a few letters stand in a line (`Jane Roe 3 May 2020`)."""
    if not authors or any(author.kind is AuthorKind.ORGANIZATION or not _CASED.search(author.name) for author in authors):
        return False  # in scripts without capitals any short line could be a name
    if any(key(author.name.split()[0]) in listed("particles", "tails", "articles") for author in authors):
        return False
    keys = keys_in(text)
    noise = phrases("noise").find(keys)
    letters = sum(letter.isalpha() for word in keys[:noise] for letter in word)
    names = "".join(author.name for author in authors)
    return letters - sum(letter.isalpha() for letter in names) <= _MAX_DATE_LETTERS


def is_name_and_role(authors: tuple[Author, ...], text: str) -> bool:
    """Whether one person's name and her trade are the line: `Jane Roe Senior Harbour Correspondent`."""
    role = text.removeprefix(authors[0].name)
    return len(authors) == 1 and len(role) < len(text) <= _SHORT_LINE and is_role(role)


def have_given_names(authors: tuple[Author, ...]) -> bool:
    """Whether each name is a person's, and begins with a known given name: no heading in capitals (`Case Study`)."""
    return bool(authors) and all(
        author.kind is AuthorKind.PERSON and " " in author.name and author.name.split()[0].casefold() in given_names()
        for author in authors
    )


def _dated(block: TextBlock, text: str, whole: Reading) -> Found | None:
    """Only what cannot be a heading (two words, or initials among them: `Jane Roe`, `Jane T. Roe`) and links nowhere else."""
    plain = (
        not block.links
        and all(len(author.name.split()) == 2 or "." in author.name for author in whole.authors)
        and not text.isupper()
    )
    return Found(whole.authors, Place.DATED, "line with a date") if plain and is_name_and_date(whole.authors, text) else None


def _is_marked(box: Box) -> bool:
    """Whether the element or one of the two around it calls itself a by-line."""
    current: Box | None = box
    for _ in range(_MARK_LEVELS):
        if current is None:
            return False
        if current.own_hints & hints.BYLINE:
            return not _OTHER_DETAIL.search(box.element.get("class") or "")
        current = current.parent
    return False


def _is_called_byline(box: Box) -> bool:
    """Whether a name for the site's own tests says so: `<div class="x1f" data-testid="header-byline">`."""
    elements = [box.element, *([box.parent.element] if box.parent else [])]
    names = " ".join(name for element in elements for attribute in _TEST_NAMES if (name := element.get(attribute)))
    return bool(names and name_hint(names) & hints.BYLINE and not _OTHER_DETAIL.search(names))


def _spaced(block: TextBlock) -> str:
    """The block's text, with a line break where two elements meet without a space (`Jane Roe` `The Paper`)."""
    parts = list(block.element.itertext())
    if len(parts) < 2 or "".join("".join(parts).split()) != "".join(block.text.split()):
        return block.text  # the element holds other blocks too
    return _glued(parts, lines="\n" in block.text)


def _glued(parts: Iterable[str], *, lines: bool = False) -> str:
    text = ""
    for part in parts:
        text += "\n" if part and text[-1:].isalnum() and part[0].isalnum() and not _of_one_word(text, part) else ""
        text += part if lines else part.replace("\n", " ")
    return "\n".join(line for raw in text.split("\n") if (line := clean(raw)))


def _of_one_word(before: str, part: str) -> bool:
    """Whether an element parts one letter of a word, for show: `W` `ill Knight`, `Knigh` `t`; not `Jane Roe` `y` `John Doe`."""
    initial = before[-1].isupper() and not before[-2:-1].strip() and part[0].islower()
    letter = part.strip()
    ends = len(letter) == 1 and letter.islower() and before[-1].islower() and key(letter) not in listed("joiners", "labels_short")
    return initial or ends


def _inline_bylines(element: etree._Element) -> list[str]:
    """Texts of the inline elements that call themselves by-line, outermost ones."""
    found: list[str] = []
    inside: set[etree._Element] = set()
    for child in element.iterdescendants():
        if child.getparent() in inside:
            inside.add(child)
            continue
        names = f"{child.get('class') or ''} {child.get('itemprop') or ''} {child.get('rel') or ''}"
        if names.strip() and name_hint(names) & hints.BYLINE:
            inside.add(child)
            if text := clean(" ".join(child.itertext())):
                found.append(text)
    return found


def _alike(element: etree._Element) -> list[str]:
    """The texts of an element's children where those are all of one kind and hold all its text."""
    children = list(element.iterchildren(etree.Element))
    loose = [element.text, *(child.tail for child in children)]
    if any(text and text.strip() for text in loose) or len({(child.tag, child.get("class")) for child in children}) != 1:
        return []
    return [text for child in children if (text := clean(" ".join(child.itertext())))]


def _wider(whole: tuple[Author, ...], part: tuple[Author, ...]) -> tuple[Author, ...]:
    """The whole line's authors where they include all of the marked part's, or persons where the part has none."""
    persons = [_are_persons(authors) for authors in (whole, part)]
    return whole if name_keys(whole) >= name_keys(part) or persons == [True, False] else part


def _are_persons(authors: tuple[Author, ...]) -> bool:
    return any(author.kind is AuthorKind.PERSON for author in authors)


def _fills(authors: tuple[Author, ...], text: str, *, labelled: bool = False) -> bool:
    """Whether a line, or what strokes part off it, is these names and little else: a by-line, no sentence about someone."""
    names = [fold(author.name) for author in authors]
    parts = [part for part in (_SIGNS if labelled else _STROKES).split(text) if any(name in fold(part) for name in names)] or [
        text
    ]
    length = sum(map(len, parts))
    return 2 * sum(map(len, names)) >= length or (length if labelled else len(text)) < _SHORT_LINE


def names_others(text: str) -> bool:
    """Whether a line begins with a label of people who did not write the story: `Photo by Jane Roe`, `© Jane Roe`."""
    keys = [word for word in keys_in(text) if word]
    return bool(keys and (keys[0][0] == "©" or phrases("others").match(keys, 0)))


def is_label_of_others(text: str) -> bool:
    """Whether a line is nothing but such a label: `Photos`, `Edited by:`."""
    keys = [word for word in keys_in(text) if word]
    return bool(keys) and phrases("others").match(keys, 0) == len(keys)
