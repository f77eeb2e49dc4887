"""What feeds and sitemaps list: addresses, each with what the list says of it besides, and for a feed the item's own text."""

from __future__ import annotations

import gzip
import hashlib
import html
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree

_UNPACKED = 50 * 1024 * 1024
"""Bytes of a sitemap: the protocol's own limit."""
_LONGEST_HINT = 2000
"""Characters; a summary of that length is the text itself."""
_NEWS = "{*}news/{*}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A page that a list names."""

    url: str
    marker: str = ""
    """Changes when the list says that the page has changed; empty where it does not say."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """As `Page.hints`."""
    content: str | None = None
    """The item as HTML, of a feed that carries it."""


def read_feed(body: bytes, url: str, content_type: str) -> list[Entry]:
    """The items of an RSS or Atom feed. Raises ValueError for what is none."""
    import feedparser

    found = feedparser.parse(body, response_headers={"content-location": url, "content-type": content_type}, sanitize_html=False)
    if not found.get("version") and not found.entries:
        raise ValueError("is no feed")
    site = str(found.feed.get("title") or "")
    return [_item(entry, url, site) for entry in found.entries if entry.get("link")]


def read_sitemap(body: bytes, url: str) -> tuple[list[Entry], list[Entry]]:
    """A sitemap's pages, and the further sitemaps that an index names. Raises ValueError for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(_unpacked(body), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"is no sitemap ({error})") from error
    if root is None or etree.QName(root).localname not in ("urlset", "sitemapindex"):
        raise ValueError("is no sitemap")
    entries = list(_places(root, url))
    return ([], entries) if etree.QName(root).localname == "sitemapindex" else (entries, [])


def as_page(entry: Entry) -> bytes:
    """A feed's item as a page of its own."""
    title, link = html.escape(entry.hints.get("title", "")), html.escape(entry.url)
    head = f'<meta charset="utf-8"><title>{title}</title><link rel="canonical" href="{link}">'
    body = f"<article><h1>{title}</h1>{entry.content}</article>"
    # The bytes differ where what the feed says beside the text differs: what is known byte for byte is not read again.
    told = hashlib.sha256(repr(sorted(entry.hints.items())).encode()).hexdigest()
    return f"<!doctype html><html><!-- {told} --><head>{head}</head><body>{body}</body></html>".encode()


def _item(entry: Any, base: str, site: str) -> Entry:
    updated = entry["updated"] if "updated" in entry else entry.get("updatedate", "")  # get() warns of an old mapping
    hints = {
        "title": entry.get("title", ""),
        "author": "\n".join(_authors(entry)),
        "tags": "\n".join(term for tag in entry.get("tags", ()) if (term := (tag.get("term") or "").strip())),
        "published": entry.get("published", ""),
        "updated": updated,
        "summary": entry.get("summary", ""),
        "premium": entry.get("ispremium", ""),
        "site": site,
    }
    contents = [part.get("value", "") for part in entry.get("content", ())] or [entry.get("summary", "")]
    return Entry(
        url=urljoin(base, entry["link"].strip()),
        marker=hints["updated"] or hints["published"],
        hints={
            name: value.strip()
            for name, value in hints.items()
            if isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST_HINT
        },
        content=max(contents, key=len) or None,
    )


# Domains that feedparser knows end before new ones do: desk@gazette.news (Ada Brook) comes as desk@gazette.ne, "ws (Ada Brook".
_REST_OF_DOMAIN = re.compile(r"[a-z0-9.-]{1,60}(?:\s{0,3}\((?P<name>[^()]{1,200})\)?)?", re.S)


def _authors(entry: Any) -> Iterator[str]:
    for author in entry.get("authors", ()):
        name = (author.get("name") or "").strip()
        rest = _REST_OF_DOMAIN.fullmatch(name) if author.get("email") else None
        if found := (rest["name"] or "").strip() if rest else name:
            yield found


def _places(root: etree._Element, base: str) -> Iterator[Entry]:
    for place in root.iterfind("{*}url" if etree.QName(root).localname == "urlset" else "{*}sitemap"):
        if not (link := (place.findtext("{*}loc") or "").strip()):
            continue
        said = {
            "title": place.findtext(f"{_NEWS}title"),
            "published": place.findtext(f"{_NEWS}publication_date"),
            "tags": place.findtext(f"{_NEWS}keywords"),
            "site": place.findtext(f"{_NEWS}publication/{{*}}name"),
        }
        hints = {name: value.strip() for name, value in said.items() if value and value.strip()}
        marker = (place.findtext("{*}lastmod") or "").strip() or hints.get("published", "")
        yield Entry(url=urljoin(base, link), marker=marker, hints=hints)


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
            return file.read(_UNPACKED)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"cannot be unpacked ({error})") from error
