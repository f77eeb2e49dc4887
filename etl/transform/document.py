"""A page decoded and parsed once: what every field extractor reads.

Pure: bytes in, a tree and answers out. A page that the parser cut short is never passed on as whole.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from etl.errors import PageError
from etl.records import Page, Reason
from etl.transform import structured
from etl.transform.blocks import NO_TEXT, Reading, TextBlock, walk
from etl.transform.decoding import Decoded, decode
from etl.transform.headings import Heading, read_headings
from etl.transform.site import Site, site_of
from etl.transform.text import clean_meta
from etl.transform.xpaths import compiled

if TYPE_CHECKING:
    from etl.transform.profiles import Layout, Profile

_LISTED = ("script", "meta", "link", "noscript", "h1", "time")
# A `noscript` with so many paragraphs was left open, or holds the story for those who refuse scripts.
_STORY_PARAGRAPHS = 3
_META_NAMES = ("property", "name", "itemprop", "http-equiv")
_HEAD = 8_192
_MOST_ATTRIBUTES = 10_000
# A tag with more attributes than that, each with a name of its own, is longer than this.
_MONSTROUS = 50_000
_LONG_TAG = re.compile(rb"<[a-zA-Z][^>]{%d,}" % _MONSTROUS)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")  # values: JSON in one attribute is no crowd of attributes
_REST = 2_000
"""Bytes behind `</html>`: that many may be scripts of a server that puts them there, and no text."""
_OPENING = re.compile(rb"<[a-zA-Z]")
_END_OF_PAGE = re.compile(rb"</(?:html|body)\s*>", re.I)
_ORIGIN = re.compile(r"https?://[a-z0-9.-]{1,250}(?=/|$)")
# https://www.example.com/news/story-1.html?page=2, /news/story-1: what most links are. `urljoin` would change nothing in them,
# and takes ten times as long to find that out.
_PLAIN_LINK = re.compile(
    r"(?:https?://[a-z0-9.-]{1,250})?(?:/[\w~%!$&'()*+,=:@-][\w~%!$&'()*+,=:@.-]*)+/?(?:\?[^\s#]+)?(?:#\S+)?",
    re.A,
)
_FIRST_HEADINGS = 8
"""Among which a logo stands."""


class Document:
    """One HTML page. Extractors read; nobody writes but `transform`, which sets `profile` once the publisher is known."""

    def __init__(
        self,
        root: etree._Element,
        decoded: Decoded,
        *,
        url: str | None = None,
        fetched_at: dt.datetime | None = None,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        self.root = root
        self.decoded = decoded
        self.source_url = url
        self.url = url
        """The address the source gave, if any; after `transform` has settled it, the page's own."""
        self.fetched_at = fetched_at
        self.hints = hints or {}
        self.profile: Profile | None = None
        self.layout: Layout | None = None
        """The profile's layout that this page has."""
        self._cleaned_metas: dict[str, list[str]] = {}
        self._listed: dict[str, list[etree._Element]] = {tag: [] for tag in _LISTED}
        for element in root.iter(*_LISTED):
            self._listed[str(element.tag)].append(element)
        for element in self._listed["noscript"]:
            if sum(1 for _ in element.iter("p")) >= _STORY_PARAGRAPHS:
                element.tag = "div"
        etree.strip_elements(root, *NO_TEXT, etree.Comment, etree.ProcessingInstruction, with_tail=False)

    @property
    def head_text(self) -> str:
        """The beginning of the source, comments included (the marks of saving programs stand there)."""
        return self.decoded.utf8[:_HEAD].decode("utf-8", "ignore")

    @cached_property
    def base_url(self) -> str | None:
        """What relative addresses on the page are relative to: where it was served, whatever it calls its canonical address."""
        served = self.source_url or self.url
        base = self.root.find("head/base[@href]")
        declared = base.get("href", "").strip() if base is not None else ""
        try:
            return urljoin(served, declared) if declared and served else served or declared or None
        except ValueError:  # <base href="http://[">
            return served

    @cached_property
    def _origin(self) -> str | None:
        """Scheme and host of `base_url`; None where it is no web address."""
        match = _ORIGIN.match(self.base_url or "")
        return match[0] if match else None

    def absolute(self, href: str | None) -> str | None:
        """An address on the page made absolute; None for what is no web address (`javascript:`, `mailto:`, fragments)."""
        href = (href or "").strip()
        if not href or href[0] == "#":
            return None
        if self._origin and _PLAIN_LINK.fullmatch(href):
            return self._origin + href if href[0] == "/" else href
        try:
            url = urljoin(self.base_url, href) if self.base_url else urlsplit(href).geturl()
        except ValueError:
            return None
        return url if url.startswith(("http://", "https://")) else None

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents of the meta tags, as written, by each lower-case name they go by, in the page's order."""
        found: dict[str, list[str]] = {}
        for element in self._listed["meta"]:
            attributes = dict(element.items())
            value = attributes.get("content", "")
            if not value or value.isspace():
                continue
            for attribute in _META_NAMES:
                if attribute in attributes:
                    for name in attributes[attribute].lower().split():
                        found.setdefault(name, []).append(value)
        return found

    def meta(self, *names: str) -> list[str]:
        """Contents of the meta tags with these names, in the order of `names`; entities decoded.

        A name is the lower-case value of `property`, `name` or `itemprop`.
        """
        table, cleaned = self.metas, self._cleaned_metas
        found: list[str] = []
        for name in names:
            if name in table:
                if name not in cleaned:
                    cleaned[name] = [text for value in table[name] if (text := clean_meta(value))]
                found += cleaned[name]
        return found

    @cached_property
    def link_rel(self) -> dict[str, list[etree._Element]]:
        """`link` elements with an address by each word of their `rel`, lower case."""
        found: dict[str, list[etree._Element]] = {}
        for element in self._listed["link"]:
            words = (element.get("rel") or "").lower().split()
            if words and element.get("href") is not None and self._holds(element):
                for word in words:
                    found.setdefault(word, []).append(element)
        return found

    @property
    def times(self) -> Iterator[etree._Element]:
        """The `time` elements, in the page's order."""
        return (element for element in self._listed["time"] if self._holds(element))

    def _holds(self, element: etree._Element) -> bool:
        """Whether an element still stands in the tree: it may have been taken out with what is never text."""
        return any(ancestor is self.root for ancestor in element.iterancestors())

    @cached_property
    def linked_data(self) -> list[structured.Node]:
        """All typed JSON-LD objects, outermost first."""
        texts = [e.text for e in self._listed["script"] if "ld+json" in (e.get("type") or "").lower() and e.text]
        return structured.linked_data(texts)

    @cached_property
    def story_nodes(self) -> list[structured.Node]:
        """The JSON-LD objects that can describe the story: articles, then other works, then pages; else in the page's order."""
        ranked = [(structured.rank_of_type(node), node) for node in self.linked_data]
        return [node for rank, node in sorted(ranked, key=lambda pair: -pair[0]) if rank]

    def state_scripts(self) -> list[tuple[str, str]]:
        """(id, text) of the scripts that are neither JSON-LD nor loaded from elsewhere: where applications keep their state."""
        return [
            (e.get("id") or "", text)
            for e in self._listed["script"]
            if not e.get("src") and "ld+json" not in (e.get("type") or "").lower() and (text := e.text)
        ]

    @cached_property
    def itemprops(self) -> dict[str, list[etree._Element]]:
        """Microdata elements by each word of their `itemprop`, lower case, in the page's order."""
        found: dict[str, list[etree._Element]] = {}
        for element in self._marked():
            for name in (element.get("itemprop") or "").lower().split():
                found.setdefault(name, []).append(element)
        return found

    def _marked(self) -> Iterator[etree._Element]:
        """The elements with an `itemprop`: the walk over the text has met those of the body."""
        if self.body is not self.root:
            yield self.root
            for child in self.root:
                yield from self._reading.itemprops if child is self.body else child.iter(etree.Element)
        else:
            yield from self._reading.itemprops

    @cached_property
    def site(self) -> Site:
        """The names of the site the page is on."""
        declared = self.meta("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name", "dc.publisher")
        for node in self.linked_data:
            if "publisher" in node:
                declared += structured.strings(node["publisher"])
            elif not structured.SITE_TYPES.isdisjoint(structured.types_of(node)):
                declared += structured.strings(node.get("name"))
        declared += [heading.first.text for heading in self.headings[:_FIRST_HEADINGS] if self._links_home(heading.first)]
        return site_of(self.url, map(clean_meta, declared), self.meta("og:title"))

    def _links_home(self, block: TextBlock) -> bool:
        """Whether a block's only link is one to the site's front page, as a logo has it."""
        if len(block.links) != 1 or block.link_density < 0.9 or len(block.text) > 100:
            return False
        href = (block.links[0][0].get("href") or "").strip()
        if href.rstrip("/").count("/") > 2:  # https://www.example.com has two
            return False
        target, own = urlsplit(self.absolute(href) or "x"), urlsplit(self.url or "")
        at_home = own.path in {"", "/"} and not own.query
        return target.path in {"", "/"} and not target.query and target.netloc == own.netloc and not at_home

    @cached_property
    def body(self) -> etree._Element:
        """The `body` element (the root where there is none)."""
        body = self.root.find("body")
        return self.root if body is None else body

    @cached_property
    def _reading(self) -> Reading:
        return walk(self.body, self._listed["h1"])

    @property
    def blocks(self) -> list[TextBlock]:
        """The visible text, in one list of blocks."""
        return self._reading.blocks

    @cached_property
    def headings(self) -> list[Heading]:
        """The visible headings, kicker and headline told apart."""
        return read_headings(self.blocks)

    def forget_tree(self) -> None:
        """Drop what was read from the tree, after elements were taken out of it."""
        for name in ("_reading", "headings", "itemprops", "link_rel"):
            self.__dict__.pop(name, None)

    def select(self, expression: str) -> list[Any]:
        """Elements or strings at an XPath (compiled once per process); a lone string or number comes as a list of one."""
        found = compiled(expression)(self.root)
        return found if isinstance(found, list) else [found]


def parse(page: Page) -> Document:
    """Decode and parse an HTML page.

    Raises PageError: `empty`, `undecodable`, `too-large` (a tag that would hold the parser up), `not-html`, `truncated` (libxml2
    gave up at a limit and dropped the rest).
    """
    source = decoded(page)
    _refuse_monstrous_tags(source.utf8)
    return Document(_whole_tree(source.utf8), source, url=page.url, fetched_at=page.fetched_at, hints=page.hints)


def decoded(page: Page) -> Decoded:
    """The page's text. Raises PageError: `empty`, `undecodable`."""
    if not page.content or page.content.isspace():
        raise PageError(Reason.EMPTY, "The page holds nothing but white space.")
    text = decode(page.content, page.charset)
    if not text.is_readable:
        raise PageError(
            Reason.UNDECODABLE,
            f"{text.replaced} places are no text in {text.encoding} (told by {text.source}): not readable.",
        )
    return text


def _refuse_monstrous_tags(content: bytes) -> None:
    """libxml2 compares each attribute of a tag with all before it: 100,000 of them take 11 seconds that nothing can interrupt."""
    for start, end in _long_runs(content):
        for match in _LONG_TAG.finditer(content, start, end):
            attributes = len(_QUOTED.sub(b"", match[0]).split())
            if attributes > _MOST_ATTRIBUTES:
                raise PageError(Reason.TOO_LARGE, f"One tag has {attributes:,} attributes: too much for the parser.")


def _long_runs(content: bytes) -> Iterator[tuple[int, int]]:
    """Where so many characters stand without a `>`, found by a few looks at the page: scripts, and hardly ever a tag."""
    start = 0
    while start + _MONSTROUS <= len(content):
        end = content.rfind(b">", start, start + _MONSTROUS)
        if end < 0:
            end = content.find(b">", start + _MONSTROUS)
            if end < 0:
                end = len(content)
            yield start, end
        start = end + 1


def _whole_tree(content: bytes) -> etree._Element:
    """The tree of a page, also of what follows `</html>` amid it: libxml2 drops that, where browsers go on with the body.

    https://html.spec.whatwg.org/multipage/parsing.html#the-after-after-body-insertion-mode
    """
    root = _tree(content)
    ends = [at for tag in (b"</html", b"</HTML") if 0 <= (at := content.find(tag)) < len(content) - _REST]
    if ends and _OPENING.search(content, min(ends)):
        whole = _tree(_END_OF_PAGE.sub(b"", content))
        return max(root, whole, key=_size)
    return root


def _size(root: etree._Element) -> int:
    return sum(1 for _ in root.iter())


def _tree(content: bytes) -> etree._Element:
    for huge in (False, True):
        # A parser of its own for each page: the error log is the parser's. Bytes: libxml2 cuts a str at odd characters.
        parser = etree.HTMLParser(
            encoding="utf-8", no_network=True, huge_tree=huge, remove_comments=True, remove_pis=True, collect_ids=False
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if not _was_cut(parser):
            if root is None:
                raise PageError(Reason.NOT_HTML, "There is no element in it: this is no HTML page.")
            return root
    raise PageError(
        Reason.TRUNCATED,
        "The page nests deeper, or holds a longer text, than the parser can take: what is left is not the whole page.",
    )


def _was_cut(parser: etree.HTMLParser) -> bool:
    return any(
        entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT or entry.type == etree.ErrorTypes.ERR_NO_MEMORY
        for entry in parser.error_log.filter_from_fatals()
    )
