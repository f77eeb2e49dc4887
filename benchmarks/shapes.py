"""Does the time for a page grow in step with what is on it? Pages of many equal things, four times as many, and the ratio.

    python -m benchmarks.shapes [--only NAME] [--things N]

A page with thousands of links in one paragraph is rare; one that holds a worker for minutes stops a night's run. Prints a line a
shape and fails if the time of one grows far more than the page. Times are CPU seconds, the best of three.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable

from etl.records import Page
from etl.transform import transform

_TIMES = 4
_TRIALS = 3
_FAR = 2.5 * _TIMES
"""A time that grows so much when the page grows fourfold is no longer in step with it; its square would be 16."""
_SLOW = 0.2
"""Seconds: what stays below is let pass, be its ratio what it may."""

_WORDS = ("harbour", "storm", "crane", "ferry", "mayor", "council", "island", "boat", "quay", "water", "money", "letter", "vote")


def _sentence(number: int, words: int) -> str:
    chance = random.Random(number)
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _each(markup: Callable[[int], str], around: str = "%s") -> Callable[[range], str]:
    return lambda things: around % "".join(map(markup, things))


_PARAGRAPH = f"<p>{_sentence(1, 40)}</p>"
SHAPES: dict[str, Callable[[range], str]] = {
    "paragraphs": _each(lambda i: f"<p>{_sentence(i, 40)}</p>"),
    "lines": _each(lambda i: f"{_sentence(i, 20)}<br>", "<div>%s</div>"),
    "one paragraph": _each(lambda i: f"{_sentence(i, 20)} ", "<p>%s</p>"),
    "one word": lambda things: f"<p>{'a' * 20 * len(things)}</p>",
    "no spaces": lambda things: f"<p>{'港口星期一重新开放。' * len(things)}</p>",
    "links in a paragraph": _each(lambda i: f'<a href="/x{i}">{_sentence(i, 4)}</a> {_sentence(i, 6)} ', "<p>%s</p>"),
    "links of a list": _each(lambda i: f'<li><a href="/s{i}-of-the-port">{_sentence(i, 8)}</a></li>', "<ul>%s</ul>"),
    "labelled links": _each(lambda i: f'<p>Read more: <a href="/2024/05/r{i}-a-b-c">{_sentence(i, 8)}</a></p>'),
    "blocks of links": _each(
        lambda i: f'<h3>More on {i}</h3><ul><li><a href="/2024/05/s{i}-of-a-port">{_sentence(i, 8)}</a></li></ul>'
    ),
    "menu": _each(lambda i: f'<a href="/n{i}">{_sentence(i, 1)}</a>', "<nav>%s</nav>"),
    "tabs": lambda things: (
        _each(lambda i: f'<li role="tab" aria-controls="t{i}">Most read {i}</li>', '<ul role="tablist">%s</ul>')(things)
        + _each(lambda i: f'<div role="tabpanel" id="t{i}"><a href="/s{i}-of-a-port">{_sentence(i, 8)}</a></div>')(things)
    ),
    "teasers": _each(lambda i: f'<article><h2><a href="/s{i}-of-a-port">{_sentence(i, 8)}</a></h2>{_PARAGRAPH}</article>'),
    "cards over names": _each(
        lambda i: f'<a href="/a{i}">Jane</a> <span class="card"><img src="/{i}.jpg"><a href="/a{i}">Jane</a></span> spoke. ',
        "<p>%s</p>",
    ),
    "pictures with captions": _each(
        lambda i: f'<figure><img src="/{i}.jpg" width="600"><figcaption>{_sentence(i, 9)} Photo: Jane Roe</figcaption></figure>'
    ),
    "linked pictures": _each(lambda i: f'<a href="/x{i}"><img src="/{i}.jpg" width="600" height="400"></a>'),
    "pictures and links": _each(
        lambda i: f'<img src="/{i}.jpg" width="600"><a href="/s{i}-of-a-port">{_sentence(i, 8)}</a>', "<div>%s</div>"
    ),
    "headings": _each(lambda i: f"<h2>{_sentence(i, 3)}</h2>{_PARAGRAPH}"),
    "main headings": _each(lambda i: f"<h1>{_sentence(i, 6)}</h1>"),
    "comments": _each(
        lambda i: (
            f'<div class="comment"><b class="author">Jane Roe{i}</b> <time>3 May 2024</time><p>{_sentence(i, 30)}</p></div>'
        ),
        '<div id="comments">%s</div>',
    ),
    "headings about the author": _each(lambda i: f"<div><h3>About the author</h3><p>{_sentence(i, 20)}</p></div>"),
    "heads over comments": _each(lambda i: f"<div><div><h3>Comments</h3></div><p>{_sentence(i, 20)}</p></div>", "<div>%s</div>"),
    "captions amid loose text": _each(
        lambda i: f'<span class="caption">{_sentence(i, 4)}</span> {_sentence(i, 5)}<p>{_sentence(i, 8)}</p>',
        '<div><img src="/a.jpg" alt="The harbour">%s</div>',
    ),
    "by-lines": _each(lambda i: f'<div class="author">By <a href="/author/jane{i}">Jane Roe{i}</a></div>'),
    "names in a by-line": _each(lambda i: f"Jane Roe{i}, ", '<p class="byline">By %s</p>'),
    "dates": _each(
        lambda i: f'<time datetime="2024-05-{i % 28 + 1:02d}T10:00Z">{i % 28 + 1} May 2024</time> Published: 10:00<br>'
    ),
    "tags": _each(lambda i: f'<a rel="tag" href="/tag/{i}">topic {i}</a>', '<div class="tags">%s</div>'),
    "meta tags": _each(lambda i: f'<meta property="article:tag" content="topic {i}"><meta name="author" content="Jane Roe{i}">'),
    "table": _each(lambda i: f"<tr><td>{i}</td><td>{_sentence(i, 3)}</td></tr>", "<table>%s</table>"),
    "elements in elements": lambda things: f"{'<div class=a>' * len(things)}{_PARAGRAPH}{'</div>' * len(things)}",
    "never closed": lambda things: "<div><b><i>" * len(things),
    "JSON-LD": lambda things: (
        '<script type="application/ld+json">'
        + json.dumps([{"@type": "NewsArticle", "headline": _sentence(i, 6), "author": "Jane Roe"} for i in things])
        + "</script>"
    ),
    "broken JSON-LD": lambda things: '<script type="application/ld+json">' + '{"headline": "A",' * len(things) + "</script>",
    "state of a script": lambda things: (
        f"<script>state = {json.dumps([{'headline': _sentence(i, 6), 'body': _sentence(i, 40)} for i in things])}</script>"
    ),
}
"""Each gives the markup of things of one kind, told apart by their numbers."""


def page_of(markup: str) -> Page:
    """A story with the markup amid its text."""
    story = f"<h1>Sandvik opens again</h1><p>By Jane Roe</p>{_PARAGRAPH * 4}{markup}{_PARAGRAPH * 4}"
    html = f"<html><head><title>Sandvik opens again</title></head><body><article>{story}</article></body></html>"
    url = "https://post.example/2024/05/sandvik-opens-again.html"
    return Page(source="page.html", url=url, content=html.encode(), media_type="text/html")


def seconds_for(shape: Callable[[range], str], things: int) -> float:
    """CPU seconds that a page of so many things takes, the best of three. No two pages share a name that caches remember."""
    best = float("inf")
    for trial in range(_TRIALS):
        page = page_of(shape(range(trial * things, (trial + 1) * things)))
        start = time.process_time()
        transform(page)
        best = min(best, time.process_time() - start)
    return best


def is_out_of_step(few: float, many: float) -> bool:
    """Whether the time for four times as many things is slow, and far more than four times that for the few."""
    return many > _SLOW and many > _FAR * few


def main() -> int:
    """Measure all shapes, or one; the exit status tells whether each grows in step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=SHAPES, help="one shape")
    parser.add_argument("--things", type=int, default=1000, help="how many things the smaller page has (default: %(default)s)")
    arguments = parser.parse_args()
    seconds_for(SHAPES["paragraphs"], 1)  # tables and caches
    failed = False
    for name in [arguments.only] if arguments.only else SHAPES:
        few, many = (seconds_for(SHAPES[name], things) for things in (arguments.things, _TIMES * arguments.things))
        wrong = is_out_of_step(few, many)
        failed |= wrong
        print(f"{name:24}{few * 1000:8.0f} ms{many * 1000:8.0f} ms{many / few:7.1f} x{'  out of step' if wrong else ''}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
