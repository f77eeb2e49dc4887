"""Who can read the story: what pages declare, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.transform.document import Document
from etl.transform.fields.access import extract_access
from etl.transform.reading import BodyReading, Story

MakeDocument = Callable[..., Document]
TEXT = "<p class='text'>" + "The ferry left the northern quay at six in the morning with forty people on board. " * 3 + "</p>"


def linked(inner: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferry returns", {inner}}}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta name="{name}" content="{value}">'


CASES = [
    ("", "", None),
    (linked('"isAccessibleForFree": true'), "", "free"),
    (linked('"isAccessibleForFree": "True"'), "", "free"),
    (linked('"isAccessibleForFree": "http://schema.org/True"'), "", "free"),
    (linked('"isAccessibleForFree": false'), "", "subscriber"),
    (linked('"isAccessibleForFree": "false"'), "", "subscriber"),
    (
        linked('"isAccessibleForFree": "False", "hasPart": {"isAccessibleForFree": "False"}'),
        "",
        "subscriber",
    ),
    (linked('"isAccessibleForFree": true, "hasPart": [{"isAccessibleForFree": true}]'), "", "free"),
    (linked('"isAccessibleForFree": true, "hasPart": [{"isAccessibleForFree": false}]'), "", None),  # says both
    (linked('"isAccessibleForFree": ""'), "", None),
    (linked('"hasPart": {"isAccessibleForFree": false, "cssSelector": ".wall"}'), "", "subscriber"),
    (linked('"hasPart": {"isAccessibleForFree": true, "cssSelector": ".lead"}'), "", None),  # the rest may be closed
    (linked('"hasPart": {"name": "Part one"}'), "", None),
    ("<script>service.init({type: 'NewsArticle', isAccessibleForFree: true, isPartOfType: ['Product']})</script>", "", "free"),
    ('<script>service.init({"isAccessibleForFree":"false"})</script>', "", "subscriber"),
    (
        "<script>/* x.init({isAccessibleForFree: false}) */ if (all) s.init({isAccessibleForFree: false});"
        " else s.init({isAccessibleForFree: true})</script>",
        "",
        None,
    ),
    ("<script>a.init({isAccessibleForFree: true}); b.init({isAccessibleForFree: true})</script>", "", "free"),
    ("<script>var teasers = [{title: 'Ferry sinks', isAccessibleForFree: false}]</script>", "", None),  # other stories'
    (meta("article:content_tier", "metered"), "", "metered"),
    (meta("article:content_tier", "locked"), "", "subscriber"),
    (meta("article:content_tier", "free"), "", "free"),
    (meta("article:content_tier", "archive"), "", None),
    (linked('"isAccessibleForFree": false') + meta("article:content_tier", "metered"), "", "metered"),  # the tier tells more
    (meta("isPremium", "true"), "", "subscriber"),
    (meta("article:premium", "false"), "", "free"),
    (meta("cXenseParse:isPaidContent", "1"), "", "subscriber"),
    (meta("adv:premium", "yes"), "", None),  # an advert's
    (meta("accessMode", "textual, visual"), "", None),
    ("", '<link itemprop="isAccessibleForFree" href="https://schema.org/False">', "subscriber"),
    ("", '<meta itemprop="isAccessibleForFree" content="true">', "free"),
    ("", TEXT + "<div class='wall'><p>Subscribe to continue reading.</p></div>", "subscriber"),
    ("", TEXT + "<div class='wall'><p>Nur für Abonnenten</p></div>", "subscriber"),
    ("", TEXT + "<div class='wall'><p>You have 2 free articles remaining.</p></div>", "metered"),
    ("", TEXT + "<div hidden><p>Subscribe to continue reading.</p></div>", None),
    ("", TEXT + "<div class='comments'><p>Comments are for subscribers only.</p></div>", None),
    ("", TEXT + "<p>x</p>" * 9 + "<footer><p>Already a subscriber?</p></footer>", None),
    ("", TEXT + "<div class='paywall'><p>Jetzt weiterlesen!</p></div>" + TEXT * 9, "subscriber"),
    ("", TEXT + "<div class='offers'><p>Jetzt weiterlesen!</p></div>" + TEXT * 9, None),  # of another page
    ("", TEXT + "<div class='paywall'><p>Log in</p></div>" + TEXT * 9, None),
    ("", TEXT + "<p>Dette er en betalingsartikel.</p>", "subscriber"),
    ("", "<div class='paywall'>" + TEXT + "</div>", None),  # the class is on free stories too
]


@pytest.mark.parametrize(("head", "body", "expected"), CASES)
def test_access(head: str, body: str, expected: str | None, make_document: MakeDocument) -> None:
    document = make_document(f"<html><head>{head}</head><body><h1>Ferry returns</h1>{body}</body></html>")
    text = tuple(block for block in document.blocks if block.element.get("class") == "text")
    reading = BodyReading(paragraphs=tuple(block.text for block in text), blocks=text)
    found = extract_access(document, Story(title="Ferry returns", headline=None, body=reading, language="en"))
    assert (found.value if found else None) == expected
