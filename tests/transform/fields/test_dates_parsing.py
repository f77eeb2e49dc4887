"""One text into a date: machine forms, printed forms of many languages, zones, and what is no date."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from etl.transform.fields.dates import parse_date, strip_label

BASE = dt.datetime(2026, 1, 7, 12, 0, tzinfo=dt.UTC)

# (text, arguments, instant, precision, zone source)
PRINTED: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("DECEMBER 1, 2021 12:39", {"zone": "Asia/Jerusalem"}, "2021-12-01T10:39:00", "minute", "publisher"),
    ("JULY 1, 2021 12:39", {"zone": "America/New_York"}, "2021-07-01T16:39:00", "minute", "publisher"),
    ("July 1, 2021 12:39 PM ET", {}, "2021-07-01T16:39:00", "minute", "page"),
    ("December 1, 2021 12:39 PM ET", {}, "2021-12-01T17:39:00", "minute", "page"),
    ("06.01.2026, 14:02 Uhr", {"language": "de"}, "2026-01-06T14:02:00", "minute", "assumed"),
    ("Dienstag, 6. Januar 2026, 14.02 Uhr", {"language": "de"}, "2026-01-06T14:02:00", "minute", "assumed"),
    ("6 janvier 2026 à 14h02", {"language": "fr"}, "2026-01-06T14:02:00", "minute", "assumed"),
    ("6 de enero de 2026 a las 2:02 p. m.", {"language": "es"}, "2026-01-06T14:02:00", "minute", "assumed"),
    ("2026년 1월 6일 오후 2:02", {"language": "ko"}, "2026-01-06T14:02:00", "minute", "assumed"),
    ("2026年1月6日 14時02分", {"language": "ja"}, "2026-01-06T14:02:00", "minute", "assumed"),
    ("6 января 2026, 14:02 МСК", {"language": "ru"}, "2026-01-06T11:02:00", "minute", "page"),
    ("٦ يناير ٢٠٢٦", {"language": "ar"}, "2026-01-06T00:00:00", "day", "assumed"),
]


@pytest.mark.parametrize(("text", "arguments", "at", "precision", "zone_source"), PRINTED)
def test_a_printed_date_gives_instant_precision_and_the_source_of_its_zone(
    text: str, arguments: dict[str, Any], at: str, precision: str, zone_source: str
) -> None:
    value = parse_date(text, **arguments)
    assert value is not None
    assert (value.at.isoformat(), value.precision, value.zone_source, value.text) == (f"{at}+00:00", precision, zone_source, text)


@pytest.mark.parametrize(
    ("line", "kind", "rest"),
    [
        ("Published: DECEMBER 1, 2021 12:39", "published", "DECEMBER 1, 2021 12:39"),
        ("Zuletzt aktualisiert am 3.3.2019", "updated", "3.3.2019"),
        ("Mis à jour le : 3 mars 2019", "updated", "3 mars 2019"),
        ("Updated", "updated", ""),
        ("Updates on the storm", None, "Updates on the storm"),
        ("DECEMBER 1, 2021", None, "DECEMBER 1, 2021"),
    ],
)
def test_a_label_tells_what_its_date_is(line: str, kind: str | None, rest: str) -> None:
    assert strip_label(line) == (kind, rest)
