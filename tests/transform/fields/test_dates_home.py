"""The zone of a site, from its country and the offset that its page gives."""

from __future__ import annotations

import pytest

from etl.records import Article, Page
from etl.transform import transform

PAGE = (
    '<html lang="{lang}"><head><title>Bridge reopens after winter</title><script type="application/ld+json">'
    '{{"@type":"NewsArticle","headline":"Bridge reopens after winter","datePublished":"{published}"}}</script></head>'
    "<body><article><h1>Bridge reopens after winter</h1>{shown}<p>The bridge over the river was opened on Monday, after four"
    " months of work on its piers.</p><p>Engineers said that the stone was in a better state than they had feared.</p></article>"
    "</body></html>"
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
        # no country: all places of the language that have this offset keep one time
        ("https://www.ledger-example.com/a-story", "en", "2024-01-05T08:00:00-06:00", "America/Chicago"),
        ("https://www.anzeiger-example.com/a-story", "de", "2024-07-05T08:00:00+02:00", "Europe/Berlin"),
        ("https://www.samachar-example.com/a-story", "hi", "2024-07-05T08:00:00+05:30", "Asia/Kolkata"),
        # a midnight that stands for a day has an offset too
        ("https://www.tagblatt.example.de/a-story", "de", "2024-07-05T00:00:00+02:00", "Europe/Berlin"),
        # several without summer time: which one is not told
        ("https://www.straits-example.com/a-story", "en", "2024-01-05T08:00:00+08:00", "Etc/GMT-8"),
        ("https://www.diario-example.com/a-story", "es", "2024-07-05T08:00:00-03:00", "Etc/GMT+3"),
        # several with different times: -03:00 is Santiago's in summer, Buenos Aires' always; +01:00 London's, or Lagos',
        # +02:00 Johannesburg's, or that of Europe's pages in English
        ("https://www.ledger-example.com/a-story", "en", "2024-07-05T08:00:00+02:00", None),
        ("https://www.diario-example.com/a-story", "es", "2024-01-05T08:00:00-03:00", None),
        ("https://www.ledger-example.com/a-story", "en", "2024-07-05T08:00:00+01:00", None),
        # an offset that is nowhere the language's
        ("https://www.anzeiger-example.com/a-story", "de", "2024-01-05T08:00:00+09:00", None),
        # no offset, a day only
        ("https://www.tagblatt.example.de/a-story", "de", "2024-01-05T08:00:00", None),
        ("https://www.ledger-example.com/a-story", "en", "2024-01-05T08:00:00Z", None),
        ("https://www.tagblatt.example.de/a-story", "de", "2024-01-05", None),
    ],
)
def test_a_zone_is_told_by_country_or_language_and_offset_together(url: str, lang: str, published: str, zone: str | None) -> None:
    html = PAGE.format(lang=lang, published=published, shown="")
    article = transform(Page(source="a.html", url=url, content=html.encode(), media_type="text/html"))
    assert isinstance(article, Article)
    assert article.publisher is not None
    assert article.publisher.time_zone == zone


@pytest.mark.parametrize(
    ("url", "lang", "shown", "published", "zone", "offset"),
    [
        # the printed clock is the place's
        ("https://www.tagblatt.example.de/a", "de", "5. Januar 2024, 00:10 Uhr", "2024-01-04T23:10:00Z", "Europe/Berlin", 60),
        (
            "https://www.ledger-example.com/a",
            "en-US",
            "January 4, 2024 4:10 p.m.",
            "2024-01-04T23:10:00Z",
            "America/Denver",
            -420,
        ),
        ("https://www.ledger-example.com/a", "en", "January 4, 2024 4:10 p.m.", "2024-01-04T23:10:00Z", "America/Denver", -420),
        # so is the printed day; in a country with one time that tells the zone
        ("https://www.corriere.example.it/a", "it", "5 gennaio 2024", "2024-01-04T23:10:00Z", "Europe/Rome", 0),
        ("https://www.corriere.example.it/a", "it", "4 gennaio 2024", "2024-01-04T21:10:00Z", None, 0),
        ("https://www.corriere.example.it/a", "it", "3 gennaio 2024", "2024-01-04T01:10:00Z", None, 0),  # not the day in Rome
        ("https://www.ledger-example.com/a", "en-US", "January 3, 2024", "2024-01-04T01:10:00Z", None, 0),
        # a clock in UTC
        ("https://www.tagblatt.example.de/a", "de", "4. Januar 2024, 23:10 Uhr", "2024-01-04T23:10:00Z", None, 0),
    ],
)
def test_a_printed_clock_or_day_beside_an_instant_in_utc_tells_the_zone(
    url: str, lang: str, shown: str, published: str, zone: str | None, offset: int
) -> None:
    html = PAGE.format(lang=lang, published=published, shown=f'<p class="date">{shown}</p>')
    article = transform(Page(source="a.html", url=url, content=html.encode(), media_type="text/html"))
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.publisher is not None
    assert (article.publisher.time_zone, article.published.utc_offset) == (zone, offset)
