"""Imported by the fork server: imports the transform stage and reads one page, so that words are read and patterns compiled once,
for all workers, and not by each of them over its first page."""

from __future__ import annotations

import gc

import etl.transform.captures  # noqa: F401
from etl.records import Page
from etl.workers import transform_batch

# What most pages have: metadata, a by-line, printed dates, a picture's credit, other stories.
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour opens | The Gazette</title>
<link rel="canonical" href="https://gazette.example/local/harbour-opens">
<meta property="og:site_name" content="The Gazette"><meta name="keywords" content="harbour, storm">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour opens", "author": {"name": "Ada Somebody"},
"datePublished": "2024-03-05T10:30:00+01:00"}</script></head><body><nav><a href="/local">Local</a></nav>
<main><article><h1>Harbour opens</h1><p class="standfirst">After three years.</p><p class="byline">By Ada Somebody, Reuters</p>
<p class="date">Published: 5 March 2024 10:30, updated 6 March 2024</p>
<figure><img src="/quay.jpg"><figcaption>The quay. Photo: Ada Somebody/Reuters</figcaption></figure>
<p>The harbour opened on Tuesday, three years after the storm. “We are glad,” said the mayor, who had waited long.</p>
<p>Ships came from as far as the islands, and the market on the quay sold all that it had before noon came.</p></article>
<aside><h2>Most read</h2><ul><li><a href="/local/bridge-closes">Bridge closes for the winter after all</a></li>
<li><a href="/local/tram-runs-again">Tram runs again from the market to the quay</a></li></ul></aside></main></body></html>"""

OUTCOMES = transform_batch([Page(source="warm", content=PAGE.encode(), media_type="text/html")])
gc.freeze()  # what workers share is not looked at by their collectors: that would copy it
