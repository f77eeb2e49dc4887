"""One text into a date: machine forms, printed forms of many languages, zones, and what is no date."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.fields.dates import Habits, find_dates, parse_date, strip_label, vocabulary
from etl.transform.fields.dates.machine import read_epoch, read_machine

BASE = dt.datetime(2026, 1, 7, 12, 0, tzinfo=dt.UTC)


def instant(text: str, **arguments: Any) -> str | None:
    """`2026-01-06T14:02:00 minute assumed`: instant in UTC, precision and where the zone came from."""
    value = parse_date(text, **arguments)
    return f"{value.at.isoformat().removesuffix('+00:00')} {value.precision} {value.zone_source}" if value else None


MACHINE = [
    # ISO 8601 as sites write it
    ("2026-01-06T14:02:09+01:00", "2026-01-06T13:02:09 second page"),
    ("2026-01-06T14:02:09+0100", "2026-01-06T13:02:09 second page"),
    ("2026-01-06T14:02:09+01", "2026-01-06T13:02:09 second page"),
    ("2026-01-06 14:02:09 +01:00", "2026-01-06T13:02:09 second page"),
    ("2026-01-06T14:02:09 01:00", "2026-01-06T13:02:09 second page"),  # a plus sign lost on the way
    ("2026-01-06T14:02:09.123456789-05:00", "2026-01-06T19:02:09 second page"),
    ("2026-01-06t14:02:09z", "2026-01-06T14:02:09 second page"),
    ("2021-12-01T10:43Z", "2021-12-01T10:43:00 minute page"),
    ("2026-01-06T14:02:09Z[UTC]", "2026-01-06T14:02:09 second page"),
    ("2026-01-06T14:02:09+01:00[Europe/Berlin]", "2026-01-06T13:02:09 second page"),
    ("20260106T140209Z", "2026-01-06T14:02:09 second page"),
    ("2026-01-06T14:02:09", "2026-01-06T14:02:09 second assumed"),
    ("2026-01-06 14:02", "2026-01-06T14:02:00 minute assumed"),
    ("2026-01-06 02:02:09 PM", "2026-01-06T14:02:09 second assumed"),
    ("2026-1-6T4:05:0Z", "2026-01-06T04:05:00 second page"),
    ("2026/01/06 14:02 UTC", "2026-01-06T14:02:00 minute page"),
    ("2026-01-06", "2026-01-06T00:00:00 day assumed"),
    ("20260106", "2026-01-06T00:00:00 day assumed"),
    # RFC 2822, RFC 850, ctime and what JavaScript prints
    ("Tue, 06 Jan 2026 14:02:09 +0100", "2026-01-06T13:02:09 second page"),
    ("Tuesday, 06-Jan-26 14:02:09 GMT", "2026-01-06T14:02:09 second page"),
    ("6 Jan 2026 14:02 EST", "2026-01-06T19:02:00 minute page"),
    ("Tue Jan 06 2026 14:02:09 GMT+0100 (Central European Standard Time)", "2026-01-06T13:02:09 second page"),
    ("Tue Jan  6 14:02:09 CET 2026", "2026-01-06T13:02:09 second page"),
    # near misses
    ("2019111", None),
    ("2026-13-06", None),
    ("2026-02-30T10:00Z", None),
    ("2026-01-06T25:02:09Z", None),
    ("2026-01", None),
    ("0001-01-01T00:00Z", None),
    ("1970-01-01T00:00:00Z", None),
    ("9999-12-31T23:59:59Z", None),
]


@pytest.mark.parametrize(("text", "expected"), MACHINE)
def test_machine_forms(text: str, expected: str | None) -> None:
    assert instant(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1762513252", dt.datetime(2025, 11, 7, 11, 0, 52)),  # noqa: DTZ001
        ("1762513252000", dt.datetime(2025, 11, 7, 11, 0, 52)),  # noqa: DTZ001
        ("1762513252.123", dt.datetime(2025, 11, 7, 11, 0, 52)),  # noqa: DTZ001
        ("17625132", None),
        ("20260106", None),
    ],
)
def test_epochs_are_read_where_only_a_date_can_stand(text: str, expected: dt.datetime | None) -> None:
    moment = read_epoch(text)
    assert (moment.wall if moment else None) == expected


def test_an_epoch_in_running_text_is_no_date() -> None:
    assert parse_date("1762513252", base=BASE) is None


PRINTED: list[tuple[str, dict[str, Any], str | None]] = [
    # English
    ("DECEMBER 1, 2021 12:39", {"zone": "Asia/Jerusalem"}, "2021-12-01T10:39:00 minute publisher"),
    ("January 6th, 2026 at 2:02pm", {}, "2026-01-06T14:02:00 minute assumed"),
    ("Tues., Jan. 6, 2026, 2:02 p.m.", {}, "2026-01-06T14:02:00 minute assumed"),
    ("12:05 a.m., 6 Sept 2026", {}, "2026-09-06T00:05:00 minute assumed"),
    ("2 PM, 6 Jan 2026", {}, "2026-01-06T14:00:00 minute assumed"),
    ("6-Jan-2026", {}, "2026-01-06T00:00:00 day assumed"),
    ("Jan 06 14:02 2026", {}, "2026-01-06T14:02:00 minute assumed"),
    ("Jan 06 14:72 2026", {}, "2026-01-06T00:00:00 day assumed"),  # no time
    ("06 | 01 | 2026", {"language": "de"}, "2026-01-06T00:00:00 day assumed"),
    ("06 | 13 | 2026", {"language": "de"}, "2026-06-13T00:00:00 day assumed"),
    ("16 | 13 | 2026", {"language": "de"}, None),
    ("Jan 6, 2026 | 14:02:09", {}, "2026-01-06T14:02:09 second assumed"),
    # German and its neighbours
    ("06.01.2026, 14:02 Uhr", {"language": "de"}, "2026-01-06T14:02:00 minute assumed"),
    ("Dienstag, 6. Januar 2026, 14.02 Uhr", {"language": "de"}, "2026-01-06T14:02:00 minute assumed"),
    ("6. Jänner 2026 um 14 Uhr", {"language": "de"}, "2026-01-06T14:00:00 minute assumed"),
    ("dinsdag 6 januari 2026 om 14u02", {"language": "nl"}, "2026-01-06T14:02:00 minute assumed"),
    ("6. januar 2026 kl. 14.02", {"language": "da"}, "2026-01-06T14:02:00 minute assumed"),
    ("kl. 14.02, 6. januar 2026", {"language": "no"}, "2026-01-06T14:02:00 minute assumed"),
    ("9.04 - 12.02.2020", {"language": "de"}, None),  # a version and its day: not one date
    ("6.1.2026 klo 14.02", {"language": "fi"}, "2026-01-06T14:02:00 minute assumed"),
    ("6. tammikuuta 2026", {"language": "fi"}, "2026-01-06T00:00:00 day assumed"),
    # Romance languages
    ("mardi 6 janvier 2026 à 14h02", {"language": "fr"}, "2026-01-06T14:02:00 minute assumed"),
    ("1er février 2026", {"language": "fr"}, "2026-02-01T00:00:00 day assumed"),
    ("6 de enero de 2026 a las 2:02 p. m.", {"language": "es"}, "2026-01-06T14:02:00 minute assumed"),
    ("6 ENE 2026 - 14:02 CET", {"language": "es"}, "2026-01-06T13:02:00 minute page"),
    ("6 gennaio 2026 alle ore 14.02", {"language": "it"}, "2026-01-06T14:02:00 minute assumed"),
    ("06/01/2026 às 14h02", {"language": "pt"}, "2026-01-06T14:02:00 minute assumed"),
    # Slavic and others: inflected months
    ("6 stycznia 2026, 14:02", {"language": "pl"}, "2026-01-06T14:02:00 minute assumed"),
    ("6. ledna 2026 14:02", {"language": "cs"}, "2026-01-06T14:02:00 minute assumed"),
    ("6 января 2026, 14:02 МСК", {"language": "ru"}, "2026-01-06T11:02:00 minute page"),
    ("2026. január 6. 14:02", {"language": "hu"}, "2026-01-06T14:02:00 minute assumed"),
    ("6 Ιανουαρίου 2026, 2:02 μ.μ.", {"language": "el"}, "2026-01-06T14:02:00 minute assumed"),
    ("6 Oca 2026 14:02", {"language": "tr"}, "2026-01-06T14:02:00 minute assumed"),
    # Hebrew, Arabic (also of the Levant and the Maghreb), Persian, Hindi, with native digits
    ("6 בינואר 2026, 14:02", {"language": "he"}, "2026-01-06T14:02:00 minute assumed"),
    ("٦ يناير ٢٠٢٦", {"language": "ar"}, "2026-01-06T00:00:00 day assumed"),
    ("6 كانون الثاني 2026", {"language": "ar"}, "2026-01-06T00:00:00 day assumed"),
    ("06 جانفي 2026", {"language": "ar"}, "2026-01-06T00:00:00 day assumed"),
    ("۶ ژانویه ۲۰۲۶", {"language": "fa"}, "2026-01-06T00:00:00 day assumed"),
    ("۱۶ دی ۱۴۰۴ - ۱۴:۰۲", {"language": "fa"}, "2026-01-06T14:02:00 minute assumed"),  # the solar year of Iran
    ("۱۴۰۴/۱۰/۱۶", {"language": "fa"}, "2026-01-06T00:00:00 day assumed"),
    ("30 اسفند 1403", {"language": "fa"}, "2025-03-20T00:00:00 day assumed"),  # a leap year
    ("30 اسفند 1402", {"language": "fa"}, None),
    ("1404/10/16", {"language": "de"}, None),
    ("६ जनवरी २०२६", {"language": "hi"}, "2026-01-06T00:00:00 day assumed"),
    # East and South-East Asia
    ("2026年1月6日 14時02分", {"language": "ja"}, "2026-01-06T14:02:00 minute assumed"),
    ("2026年1月6日 下午3:05", {"language": "zh"}, "2026-01-06T15:05:00 minute assumed"),
    ("２０２６年１月６日", {"language": "ja"}, "2026-01-06T00:00:00 day assumed"),
    ("2026.01.06. 오후 2:02", {"language": "ko"}, "2026-01-06T14:02:00 minute assumed"),
    ("thứ ba, 6/1/2026 14:02 (GMT+7)", {"language": "vi"}, "2026-01-06T07:02:00 minute page"),
    ("6 tháng 1 năm 2026", {"language": "vi"}, "2026-01-06T00:00:00 day assumed"),
    ("Selasa, 6 Januari 2026 14:02 WIB", {"language": "id"}, "2026-01-06T07:02:00 minute page"),
    ("6 ม.ค. 2569 14:02 น.", {"language": "th"}, "2026-01-06T14:02:00 minute assumed"),
    # weekdays before and after, words between, eras, marks of direction
    ("onsdag den 8. januar 2025, 14:02", {"language": "da"}, "2025-01-08T14:02:00 minute assumed"),
    ("8 Ocak 2025 Çarşamba, 14:02", {"language": "tr"}, "2025-01-08T14:02:00 minute assumed"),
    ("2025. január 8., szerda", {"language": "hu"}, "2025-01-08T00:00:00 day assumed"),
    ("2025 m. sausio 8 d., trečiadienis", {"language": "lt"}, "2025-01-08T00:00:00 day assumed"),
    ("2025. gada 8. janvāris", {"language": "lv"}, "2025-01-08T00:00:00 day assumed"),
    ("пʼятниця, 9 травня 2025 р., 14:02", {"language": "uk"}, "2025-05-09T14:02:00 minute assumed"),
    ("الأربعاء، 8 يناير 2025، 14:02", {"language": "ar"}, "2025-01-08T14:02:00 minute assumed"),
    ("08\u200f/01\u200f/2025", {"language": "ar"}, "2025-01-08T00:00:00 day assumed"),
    ("8 בינו׳ 2025", {"language": "he"}, "2025-01-08T00:00:00 day assumed"),
    ("3 d’agost 2025", {"language": "ca"}, "2025-08-03T00:00:00 day assumed"),
    ("8 มกราคม ค.ศ. 2025", {"language": "th"}, "2025-01-08T00:00:00 day assumed"),
    ("2025 թ. հունվարի 8, չորեքշաբթի", {"language": "hy"}, "2025-01-08T00:00:00 day assumed"),
    ("2025年1月8日(水) 14時02分", {"language": "ja"}, "2025-01-08T14:02:00 minute assumed"),
    # a page in another language than it says
    ("6 dicembre 2026", {"language": "en"}, "2026-12-06T00:00:00 day assumed"),
]


@pytest.mark.parametrize(("text", "arguments", "expected"), PRINTED)
def test_printed_forms(text: str, arguments: dict[str, Any], expected: str | None) -> None:
    assert instant(text, **arguments) == expected


ZONES: list[tuple[str, dict[str, Any], str | None]] = [
    # ET and its kin follow the summer time of their place; EST and EDT stay as written
    ("July 1, 2021 12:39 PM ET", {}, "2021-07-01T16:39:00 minute page"),
    ("December 1, 2021 12:39 PM ET", {}, "2021-12-01T17:39:00 minute page"),
    ("July 1, 2021 12:39 PM PT", {}, "2021-07-01T19:39:00 minute page"),
    ("July 1, 2021 12:39 PM EST", {}, "2021-07-01T17:39:00 minute page"),
    ("December 1, 2021 12:39 PM EDT", {}, "2021-12-01T16:39:00 minute page"),
    ("July 1, 2021 12:39 p.m. Eastern Time", {}, "2021-07-01T16:39:00 minute page"),
    ("06/01/2026 - 14:02 MEZ", {"language": "de"}, "2026-01-06T13:02:00 minute page"),
    ("01/07/2026 - 14:02 MESZ", {"language": "de"}, "2026-07-01T12:02:00 minute page"),
    ("DECEMBER 1, 2021 12:39 (Israel time)", {}, "2021-12-01T10:39:00 minute page"),
    ("1 December 2021 12:39 GMT+2", {}, "2021-12-01T10:39:00 minute page"),
    ("1 July 2021 12:39 BST", {}, "2021-07-01T11:39:00 minute page"),
    ("1 July 2021 12:39 BST", {"country": "bd"}, "2021-07-01T06:39:00 minute page"),
    # IST belongs to three countries: publisher's zone, site's country or language tell, else nothing
    ("Jan 6, 2026 2:02 pm IST", {"zone": "Asia/Jerusalem"}, "2026-01-06T12:02:00 minute page"),
    ("Jan 6, 2026 2:02 pm IST", {"country": "in"}, "2026-01-06T08:32:00 minute page"),
    ("July 6, 2026 2:02 pm IST", {"country": "ie"}, "2026-07-06T13:02:00 minute page"),
    ("6 בינואר 2026, 14:02 IST", {"language": "he"}, "2026-01-06T12:02:00 minute page"),
    ("Jan 6, 2026 2:02 pm IST", {}, "2026-01-06T14:02:00 minute assumed"),
    ("6 Jan 2026 14:02 CST", {"country": "tw"}, "2026-01-06T06:02:00 minute page"),
    ("6 Jan 2026 14:02 CST", {}, "2026-01-06T20:02:00 minute page"),
    # words that merely look like a zone
    ("6 janvier 2026 14h02 et", {"language": "fr"}, "2026-01-06T14:02:00 minute assumed"),
    # the publisher's zone, with the hour that summer time skips and the one it repeats (the first)
    ("March 14, 2021 02:30", {"zone": "America/New_York"}, "2021-03-14T07:30:00 minute publisher"),
    ("November 7, 2021 01:30", {"zone": "America/New_York"}, "2021-11-07T05:30:00 minute publisher"),
    ("December 1, 2021", {"zone": "Asia/Jerusalem"}, "2021-11-30T22:00:00 day publisher"),
]


@pytest.mark.parametrize(("text", "arguments", "expected"), ZONES)
def test_zones(text: str, arguments: dict[str, Any], expected: str | None) -> None:
    assert instant(text, **arguments) == expected


NUMERIC: list[tuple[str, dict[str, Any], str | None]] = [
    ("01/02/2021", {"order": "MDY"}, "2021-01-02"),
    ("01/02/2021", {"order": "DMY"}, "2021-02-01"),
    ("11/20/2019 01:14 PM", {"order": "MDY"}, "2019-11-20"),
    ("01/02/2021", {"country": "gb"}, "2021-02-01"),
    ("01/02/2021", {"country": "us"}, "2021-01-02"),
    ("01/02/2021", {"language": "de"}, "2021-02-01"),
    ("01.02.2021", {}, "2021-02-01"),  # points: nobody puts the month first
    ("13/02/2021", {}, "2021-02-13"),  # no thirteenth month
    ("13/02/2021", {"order": "MDY"}, "2021-02-13"),
    ("01/02/2021", {}, None),  # English of nobody knows where
    ("01/02/2021", {"country": "ca"}, None),
    ("06.01.26", {"language": "de", "base": BASE}, "2026-01-06"),
    ("06.01.26", {"language": "de"}, None),  # a century is no guess
    ("26.01.06", {"language": "ko", "base": BASE}, "2026-01-06"),
    ("192.168.10.2021", {}, None),
    ("1.2.2021.4", {}, None),
    ("31/02/2021", {"country": "gb"}, None),
]


@pytest.mark.parametrize(("text", "arguments", "day"), NUMERIC)
def test_numbers_are_ordered_by_evidence_only(text: str, arguments: dict[str, Any], day: str | None) -> None:
    value = parse_date(text, **arguments)
    assert (value.day.isoformat() if value else None) == day


# What dateparser makes a date of, from today's where it must, and what comes near to a date.
NO_DATES = [
    *["May", "a", "I", "no", "et", "mar", "10", "1", "2021", "March 2021", "12:39", "March 5", "1638362340", "１２月１日", ""],
    *["On December 1, 2021 the senate voted", "12 Monkeys 2019", "iPhone 12 2020", "Room 12-03", "555-1234 2019", "5 min read"],
    *["1 " * 5_000, "9" * 5_000, "Jan " * 2_000 + "1 2021"],
]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date_is_made_of_less_than_day_month_and_year(text: str) -> None:
    assert parse_date(text, base=BASE) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jane06.01.2614:02", ["06.01.26"]),
        ("Jane Roe 06.01.202614:02", ["06.01.2026"]),
        ("06.01.202607.01.2026", ["06.01.2026"]),
        ("06.01.26140:02", []),
        ("build 06.01.2614:027", []),
    ],
)
def test_a_date_is_read_though_a_clock_or_another_date_is_glued_to_it(text: str, found: list[str]) -> None:
    assert [line.text for line in find_dates(text, Habits(languages=("de",)))] == found


RELATIVE: list[tuple[str, dict[str, Any], str | None]] = [
    ("3 hours ago", {}, "2026-01-07T00:00:00 day assumed"),
    ("15 hours ago", {}, "2026-01-06T00:00:00 day assumed"),
    ("15 hours ago", {"zone": "Asia/Tokyo"}, "2026-01-06T15:00:00 day publisher"),
    ("vor 12 Minuten", {"language": "de"}, "2026-01-07T11:48:00 minute page"),
    ("il y a 2 jours", {"language": "fr"}, "2026-01-05T00:00:00 day assumed"),
    ("yesterday", {}, "2026-01-06T00:00:00 day assumed"),
    ("in 3 hours", {}, None),
    ("3 hours", {}, None),
    ("5 min", {}, None),
]


@pytest.mark.parametrize(("text", "arguments", "expected"), RELATIVE)
def test_relative_dates_count_from_the_capture(text: str, arguments: dict[str, Any], expected: str | None) -> None:
    assert instant(text, base=BASE, **arguments) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("an hour ago", "en"),
        ("just now", "en"),
        ("vorgestern", "de"),
        ("hace 3 días", "es"),
        ("3小时前", "zh"),
        ("3時間前", "ja"),
    ],
)
def test_a_text_with_a_word_of_time_is_shown_to_dateparser(text: str, language: str) -> None:
    assert parse_date(text, language=language, base=BASE) is not None


@pytest.mark.parametrize("text", ["by Jane Roe", "Share this", "13 August", "Jan 04 09:34 2021", "von nebenan", ""])
def test_a_text_without_one_is_not(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_parser", None)  # would fail if it were called
    assert vocabulary.read_relative(text, ("de", "en"), BASE) is None


@pytest.mark.parametrize("text", ["3 hours ago", "yesterday", "vor 12 Minuten"])
def test_without_a_capture_relative_dates_are_none(text: str) -> None:
    assert parse_date(text, language="de") is None


def test_nothing_is_dated_after_its_capture() -> None:
    assert [bool(parse_date(text, base=BASE)) for text in ("January 9, 2026", "January 11, 2026", "2026-02-01T00:00Z")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published: DECEMBER 1, 2021 12:39", "DECEMBER 1, 2021 12:39"),
        ("Veröffentlicht am Dienstag, 6. Januar 2026, 14:02 Uhr", "Dienstag, 6. Januar 2026, 14:02 Uhr"),
        ("Updated at 12:39 PM ET, Wed December 1, 2021", "12:39 PM ET, Wed December 1, 2021"),
        ("2026年1月6日 14時02分 更新", "2026年1月6日 14時02分"),
    ],
)
def test_the_text_is_kept_as_printed_without_its_label(line: str, expected: str) -> None:
    value = parse_date(line, language="ja" if "年" in line else "de" if "Uhr" in line else "en")
    assert value is not None
    assert value.text == expected


@pytest.mark.parametrize(
    ("line", "kind", "rest"),
    [
        ("Published: DECEMBER 1, 2021 12:39", "published", "DECEMBER 1, 2021 12:39"),
        ("UPDATED: December 1, 2021", "updated", "December 1, 2021"),
        ("Posted on 3. März 2019 by Eva", "published", "3. März 2019 by Eva"),
        ("Zuletzt aktualisiert am 3.3.2019", "updated", "3.3.2019"),
        ("Mis à jour le : 3 mars 2019", "updated", "3 mars 2019"),
        ("发布时间：2026-01-06", "published", "2026-01-06"),
        ("입력 2026.01.06", "published", "2026.01.06"),
        ("עודכן: 6.1.2026", "updated", "6.1.2026"),
        ("Updated", "updated", ""),
        ("Updates on the storm", None, "Updates on the storm"),
        ("AnUpdated: 3 March 2019", None, "AnUpdated: 3 March 2019"),
        ("Standards of 3 March 2019", None, "Standards of 3 March 2019"),
        ("DECEMBER 1, 2021", None, "DECEMBER 1, 2021"),
        ("The book published in 2019", None, "The book published in 2019"),
    ],
)
def test_a_label_tells_what_its_date_is(line: str, kind: str | None, rest: str) -> None:
    assert strip_label(line) == (kind, rest)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        (
            "Published 5 Jan 2026 10:00, updated 6 Jan 2026 11:00 GMT",
            "en",
            [("published", "5 Jan 2026 10:00"), ("updated", "6 Jan 2026 11:00 GMT")],
        ),
        (
            "By Eva Rand | 27/11/2017 18:03 | Actualizado 28/11/2017",
            "es",
            [(None, "27/11/2017 18:03"), ("updated", "28/11/2017")],
        ),
        (
            "Dieser Beitrag wurde am Samstag, 3. Dezember 2011 um 10:15 Uhr von Eva veröffentlicht.",
            "de",
            [("published", "Samstag, 3. Dezember 2011 um 10:15 Uhr")],
        ),
        ("This was posted on Friday, March 5th, 2010 at 3:14 pm", "en", [("published", "Friday, March 5th, 2010 at 3:14 pm")]),
        (
            "Diese Seite wurde zuletzt am 29. Januar 2020 um 13:22 Uhr geändert.",
            "de",
            [("updated", "29. Januar 2020 um 13:22 Uhr")],
        ),
        ("29. Januar 2020, aktualisiert um 13:22 Uhr von Eva", "de", [(None, "29. Januar 2020")]),
        ("Lisbon, 5 March 2019, 40 people", "en", [(None, "5 March 2019")]),
        ("Copyright 2019", "en", []),
    ],
)
def test_dates_are_found_in_a_line(line: str, language: str, expected: list[tuple[str | None, str]]) -> None:
    found = find_dates(line, Habits(languages=(language, "en")))
    assert [(printed.kind, printed.text) for printed in found] == expected


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def _machine_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("_machine_zone")
def test_the_machines_zone_changes_nothing() -> None:
    texts = [
        "DECEMBER 1, 2021 12:39",
        "2021-12-01T12:39",
        "3 hours ago",
        "20 minutes ago",
        "6th of May, 2021 at 09:10",
    ]
    found = [instant(text, base=BASE) for text in texts] + [read_epoch("1762513252")]
    assert found[:5] == [
        "2021-12-01T12:39:00 minute assumed",
        "2021-12-01T12:39:00 minute assumed",
        "2026-01-07T00:00:00 day assumed",
        "2026-01-07T11:40:00 minute page",
        "2021-05-06T09:10:00 minute assumed",
    ]
    assert found[-1] == read_machine("2025-11-07T11:00:52Z")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "de", "ar", "ja", "xx", ""]))
def test_no_text_is_too_wild(text: str, language: str) -> None:
    parse_date(text, language=language, base=BASE)
    strip_label(text)


@settings(max_examples=100, deadline=None)
@given(st.datetimes(dt.datetime(1971, 1, 1), dt.datetime(2090, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_every_iso_instant_comes_back(wall: dt.datetime, hours: int) -> None:
    moment = wall.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(hours=hours)))
    value = parse_date(moment.isoformat())
    assert value is not None
    assert (value.at, value.day) == (moment.astimezone(dt.UTC), moment.date())
