"""The zone of a site, from its country and the offset that its page gives."""

from __future__ import annotations

import pytest

from etl.records import Article, Page
from etl.transform import transform

PAGE = (
    '<html lang="{lang}"><head><title>Bridge reopens after winter</title><script type="application/ld+json">'
    '{{"@type":"NewsArticle","headline":"Bridge reopens after winter","datePublished":"{published}"}}</script></head>'
    "<body><article><h1>Bridge reopens after winter</h1><p>The bridge over the river was opened on Monday, after four months of"
    " work on its piers.</p><p>Engineers said that the stone was in a better state than they had feared.</p></article></body>"
    "</html>"
)


@pytest.mark.parametrize(
    ("url", "lang", "published", "zone"),
    [
        ("https://www.tagblatt.example.de/a-story", "de", "2024-01-05T08:00:00+01:00", "Europe/Berlin"),
        ("https://www.tagblatt.example.de/a-story", "de", "2024-07-05T08:00:00+02:00", "Europe/Berlin"),
        ("https://www.ledger-example.com/a-story", "en-US", "2024-01-05T08:00:00-06:00", "America/Chicago"),
        ("https://www.post-example.ca/a-story", "en", "2024-07-05T08:00:00-04:00", "America/Toronto"),
        # an offset that is not the country's at that time of the year
        ("https://www.tagblatt.example.de/a-story", "de", "2024-07-05T08:00:00+01:00", None),
        # machines write Z everywhere
        ("https://www.tagblatt.example.de/a-story", "de", "2024-01-05T08:00:00Z", None),
        ("https://www.gazette-example.co.uk/a-story", "en", "2024-01-05T08:00:00Z", "Europe/London"),
        # no offset, no country, a day only
        ("https://www.tagblatt.example.de/a-story", "de", "2024-01-05T08:00:00", None),
        ("https://www.ledger-example.com/a-story", "en", "2024-01-05T08:00:00-06:00", None),
        ("https://www.tagblatt.example.de/a-story", "de", "2024-01-05", None),
    ],
)
def test_a_zone_is_told_by_country_and_offset_together(url: str, lang: str, published: str, zone: str | None) -> None:
    html = PAGE.format(lang=lang, published=published)
    article = transform(Page(source="a.html", url=url, content=html.encode(), media_type="text/html"))
    assert isinstance(article, Article)
    assert article.publisher is not None
    assert article.publisher.time_zone == zone
