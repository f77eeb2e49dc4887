"""Small pages for tests of the whole job: real layouts, invented stories."""

from __future__ import annotations

import json
import os
from pathlib import Path

_PARAGRAPHS = (
    "The town council voted on Monday to rebuild the old bridge over the river, ending a dispute that had lasted four years.",
    "Engineers will begin with the northern pier, which was damaged by the floods of last winter, and hope to finish in autumn.",
    "Until then a ferry will carry pedestrians and bicycles across, free of charge, from six in the morning until midnight.",
)


def story(number: int, *, title: str | None = None, body: str | None = None, published: str = "2024-03-05T08:30:00+01:00") -> str:
    """The HTML of story `number` of news.example: JSON-LD, a by-line, three paragraphs."""
    title = title or f"Council votes to rebuild bridge number {number}"
    url = f"https://www.news.example/local/bridge-{number}"
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": published,
        "author": {"@type": "Person", "name": "Ada Ferrymann"},
        "keywords": ["Bridges", "Town council"],
    }
    paragraphs = "".join(f"<p>{text}</p>" for text in (*_PARAGRAPHS, body or f"This is the {number}th bridge of the county."))
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | News Example</title><link rel="canonical" href="{url}">'
        f'<meta property="og:site_name" content="News Example"><script type="application/ld+json">{json.dumps(data)}</script>'
        f'</head><body><nav><a href="/">Home</a> <a href="/local">Local</a></nav><article><h1>{title}</h1>'
        f'<p class="byline">By Ada Ferrymann</p><div class="article-body">{paragraphs}</div></article>'
        "<footer>Imprint and privacy</footer></body></html>"
    )


def write_stories(folder: Path, count: int, *, first: int = 0) -> Path:
    """`count` stories as files in `folder`, all of one time of capture."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        path = folder / f"story-{number:04}.html"
        path.write_text(story(number), "utf-8")
        os.utime(path, (1_709_700_000, 1_709_700_000))  # 2024-03-06: a capture is never older than its story
    return folder
