"""The authors that a page declares for machines: the profile's XPaths, JSON-LD, microdata, meta tags."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from etl.records import Author, AuthorKind, Origin
from etl.transform.document import Document
from etl.transform.fields.authors.bylines import is_label, parse_byline
from etl.transform.fields.authors.candidates import Candidate, Place, distinct
from etl.transform.fields.authors.kinds import is_domain, organization_name
from etl.transform.profiled import profile_texts
from etl.transform.reading import Story
from etl.transform.structured import Node, rank_of_type, types_of
from etl.transform.text import clean_meta, fold

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
    "dc.author",
    "dc:creator",
    "dcterms.creator",
    "dcsext.author",
    "vr:author",
    "dable:author",
    "its_author",
    "shareaholic:article_author_name",
    "content-creator",
)
_PAIRS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))  # "Written by", "Jane Roe"
_REVIEWS = frozenset({"review", "criticreview"})  # mostly of readers
_MAX_NODES = 3
_MAX_DEPTH = 6
_MAX_NAME = 80


def declared_authors(document: Document, story: Story, site_names: tuple[str, ...]) -> Iterator[Candidate]:
    """All declarations, by place."""
    declarations = _Declarations(document, story, site_names)
    yield from declarations.profile()
    yield from declarations.json_ld()
    yield from declarations.microdata()
    yield from declarations.meta()


class _Declarations:
    def __init__(self, document: Document, story: Story, site_names: tuple[str, ...]) -> None:
        self.document = document
        self.story = story
        self.site_names = site_names

    def profile(self) -> Iterator[Candidate]:
        if found := profile_texts(self.document, "authors"):
            yield Candidate(self._parse(" / ".join(found.value)), Place.PROFILE, found.origin, found.detail)

    def json_ld(self) -> Iterator[Candidate]:
        nodes = self._nodes_of_story()
        by_id = {node["@id"]: node for node in self.document.linked_data if isinstance(node.get("@id"), str) and len(node) > 2}
        for node in nodes:
            for field in ("author", "creator"):
                authors = distinct(
                    author for name, kind in _names_in(node.get(field), by_id) for author in self._typed(name, kind)
                )
                if authors:
                    yield Candidate(authors, Place.JSON_LD, Origin.JSON_LD, f"{types_of(node)[0]}.{field}")
                    break

    def microdata(self) -> Iterator[Candidate]:
        """Names without text of their own; those that are shown are found as by-lines."""
        for element in self.document.itemprops.get("author", [])[:_MAX_NODES]:
            if "".join(element.itertext()).strip():
                continue
            names = [child.get("content") or "" for child in element.iter("meta") if child.get("itemprop") == "name"]
            if authors := distinct(author for name in names for author in self._parse(clean_meta(name))):
                yield Candidate(authors, Place.MICRODATA, Origin.MICRODATA, "itemprop author")

    def meta(self) -> Iterator[Candidate]:
        for name in _META:
            texts = [text for text in self.document.meta(name) if not _is_address(text)]
            if texts and (authors := distinct(author for text in texts for author in self._parse(text))):
                yield Candidate(authors, Place.META, Origin.META, f"meta {name}")
        for label, data in _PAIRS:
            if any(is_label(text) for text in self.document.meta(label)):
                authors = distinct(author for text in self.document.meta(data) for author in self._parse(text))
                yield Candidate(authors, Place.META, Origin.META, f"meta {label}")

    def _parse(self, text: str) -> tuple[Author, ...]:
        return parse_byline(text, language=self.story.language, site_names=self.site_names, declared=True)

    def _nodes_of_story(self) -> list[Node]:
        """The articles that have the story's headline, else the first articles, else the first of other works."""
        nodes = self.document.story_nodes
        articles = [node for node in nodes if rank_of_type(node) == 3]
        title = fold(self.story.title)
        titled = [node for node in articles if fold(clean_meta(str(node.get("headline") or node.get("name") or ""))) == title]
        works = [node for node in nodes if not _REVIEWS.intersection(types_of(node))]
        return (titled or articles or works)[:_MAX_NODES]

    def _typed(self, name: str, kind: AuthorKind | None) -> tuple[Author, ...]:
        """An author whose kind is declared: the name of an organisation is taken as it stands."""
        if kind is not AuthorKind.ORGANIZATION or not 0 < len(name) <= _MAX_NAME:
            return self._parse(name)
        spelled = organization_name(name, language=self.story.language, site_names=self.site_names)
        return (Author(name=spelled, kind=kind, credit=name),)


def _is_address(text: str) -> bool:
    """`https://social.example/jane`, `social.example/jane`."""
    host, slash, _ = text.partition("/")
    return "://" in text or (bool(slash) and is_domain(host))


def _names_in(value: Any, by_id: dict[str, Node], depth: int = 0) -> Iterator[tuple[str, AuthorKind | None]]:
    """The names in a JSON-LD author: strings, objects, lists of them at any depth, references to other nodes."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, str):
        inner = _json_in(value)
        if inner is None:
            yield clean_meta(value), None
        else:
            yield from _names_in(inner, by_id, depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _names_in(item, by_id, depth + 1)
    elif isinstance(value, dict):
        node = value if value.get("name") or value.get("familyName") else by_id.get(str(value.get("@id")), value)
        name = node.get("name") or " ".join(str(node.get(part) or "") for part in ("givenName", "familyName"))
        kind = AuthorKind.ORGANIZATION if any("organization" in type_name for type_name in types_of(node)) else None
        if isinstance(name, str):
            yield clean_meta(name), kind
        else:
            yield from _names_in(name, by_id, depth + 1)


def _json_in(text: str) -> Any:
    """What a string holds that is, or was meant to be, JSON once more; None for any other."""
    if not text.lstrip().startswith(("{", "[{")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return []
