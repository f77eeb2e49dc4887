"""Pages to measure on: the real ones of the measuring corpus where it is at hand, else made ones of the same mix of sizes."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

_WORDS = [
    "council",
    "bridge",
    "river",
    "minister",
    "harvest",
    "signal",
    "orchard",
    "engine",
    "festival",
    "committee",
    "railway",
    "budget",
    "lantern",
    "harbour",
    "village",
    "inquiry",
    "teacher",
    "glacier",
    "museum",
    "tariff",
    "winter",
    "reservoir",
    "ballot",
    "workshop",
    "ferry",
    "granary",
    "observer",
    "pension",
    "courtyard",
    "editor",
]
# Sizes of real news pages spread over two orders of magnitude: log-normal, median 120 kB, mean about 185 kB.
_MEDIAN, _SPREAD = 120_000, 0.93


@dataclass(frozen=True)
class Input:
    """A page, its address, and when it was fetched (ISO 8601, UTC)."""

    url: str
    html: bytes
    fetched: str = "2024-01-01T00:00:00Z"


def corpus_pages(corpus: Path, *, every: int = 1) -> Iterator[Input]:
    """Every n-th page of the corpus' WARC files, in their order."""
    number = 0
    for path in sorted(corpus.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
                if number % every == 0:
                    yield Input(record.headers["WARC-Target-URI"], record.reader.read(), record.headers["WARC-Date"])
                number += 1


def made_pages(count: int, *, seed: int = 1) -> Iterator[Input]:
    """`count` invented pages, always the same for a seed: a story in a page with menus, teasers and scripts of a realistic weight."""
    for number in range(count):
        yield made_page(number, random.Random(seed * 1_000_003 + number))


def varied_pages(count: int) -> Iterator[Input]:
    """Many small pages (about 10 kB) quickly: few invented ones, again and again, each time with another address, title and text."""
    base = [made_page(number, random.Random(number), weight=0) for number in range(min(count, _BASE))]
    for number in range(count):
        page = base[number % len(base)]
        title = f"{number:07} {_WORDS[number % 30]}"
        html = page.html.replace(page.url.encode(), f"{page.url}-{number}".encode()).replace(b"<h1>", f"<h1>{title} ".encode())
        html = html.replace(b'"headline":"', f'"headline":"{title} '.encode()).replace(
            b"<p>", f"<p>{title.capitalize()}. ".encode(), 3
        )
        yield Input(f"{page.url}-{number}", html)


_BASE = 500


def made_page(number: int, chance: random.Random, *, weight: float = 1) -> Input:
    """One invented page; with `weight` 0 without the scripts that make pages as large as real ones."""
    url = f"https://www.site{number % 97}.example/section/{slug(chance)}-{number}"
    title = sentence(chance, 8)
    paragraphs = [
        " ".join(sentence(chance, chance.randint(9, 24)) for _ in range(chance.randint(2, 5)))
        for _ in range(chance.randint(6, 22))
    ]
    day = f"2023-{1 + number % 12:02}-{1 + number % 28:02}"
    data = (
        f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{title}","datePublished":"{day}T0{number % 10}:15:00Z",'
        f'"author":{{"@type":"Person","name":"Ada {chance.choice(_WORDS).title()}"}},"keywords":["{chance.choice(_WORDS)}","{chance.choice(_WORDS)}"]}}'
    )
    teasers = "".join(
        f'<li class="teaser"><a href="/section/{slug(chance)}-{chance.randint(1, 10**6)}"><img src="/i/{k}.jpg" alt=""><h3>{sentence(chance, 7)}</h3></a></li>'
        for k in range(chance.randint(8, 40))
    )
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Site</title><link rel="canonical" href="{url}">'
        f'<meta property="og:title" content="{title}"><script type="application/ld+json">{data}</script></head><body>'
        f"<header><nav><ul>{''.join(f'<li><a href=/{w}>{w}</a></li>' for w in _WORDS)}</ul></nav></header>"
        f'<main><article><h1>{title}</h1><p class="byline">By Ada Somebody</p><div class="article-body">'
        f"{''.join(f'<p>{p}</p>' for p in paragraphs)}</div></article>"
        f"<aside><h2>Most read</h2><ul>{teasers}</ul></aside></main><footer>Imprint</footer>"
    )
    size = int(chance.lognormvariate(0, _SPREAD) * _MEDIAN * weight)
    # The weight of real pages is scripts and styles, not text.
    filler = "window.config=" + '{"a":"' + "x" * 40 + '"};'
    script = f"<script>{filler * max(0, (size - len(page)) // len(filler))}</script>"
    return Input(url, f"{page}{script}</body></html>".encode())


def sentence(chance: random.Random, words: int) -> str:
    """An invented sentence."""
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


def slug(chance: random.Random) -> str:
    """The last part of an address."""
    return "-".join(chance.choice(_WORDS) for _ in range(5))


def write_warc(pages: Iterable[Input], path: Path, *, compression: int = 6) -> Path:
    """The pages as response records of a WARC file, a gzip member each."""
    with path.open("wb") as file:
        for number, page in enumerate(pages):
            file.write(gzip.compress(_record(number, page), compresslevel=compression, mtime=0))
    return path


def _record(number: int, page: Input) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page.html) + page.html
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {page.url}\r\nWARC-Date: {page.fetched}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def write_folder(pages: Iterable[Input], folder: Path) -> int:
    """The pages as files, for tools that read files; gives their number."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, page in enumerate(pages, 1):
        (folder / f"{count:06}.html").write_bytes(page.html)
    return count
