"""The publisher's wall clock: the offset that is stored, and the local times of `article_overview`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from etl.load import schema
from etl.records import Precision, Publisher, ZoneSource
from tests.factories import article, date_value
from tests.load.loading import load, rows

URL = "https://gazette.example/a"
OFFSETS = "SELECT published_utc_offset, updated_utc_offset FROM articles"
LOCAL = "SELECT published_local, updated_local FROM article_overview"


def publisher(zone: str | None) -> Publisher:
    return Publisher(domain="gazette.example", time_zone=zone)


def at(*when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=dt.UTC)  # type: ignore[arg-type,misc]  # a moment's parts


@pytest.mark.parametrize(
    ("zone", "moment", "page_offset", "offset", "local"),
    [
        pytest.param("Asia/Jerusalem", at(2021, 12, 1, 10, 39), None, 120, "2021-12-01 12:39:00", id="by the zone, in winter"),
        pytest.param("Asia/Jerusalem", at(2021, 7, 1, 22, 39), None, 180, "2021-07-02 01:39:00", id="by the zone, in summer"),
        pytest.param("Asia/Jerusalem", at(2021, 12, 1, 10, 39), 0, 120, "2021-12-01 12:39:00", id="a page's Z gives way"),
        pytest.param("Asia/Kathmandu", at(2021, 12, 1, 20, 0), None, 345, "2021-12-02 01:45:00", id="a quarter of an hour"),
        pytest.param("America/New_York", at(2024, 3, 10, 6, 59, 59), None, -300, "2024-03-10 01:59:59", id="before the change"),
        pytest.param("America/New_York", at(2024, 3, 10, 7, 0), None, -240, "2024-03-10 03:00:00", id="after the change"),
        pytest.param(None, at(2021, 12, 1, 10, 39), -210, -210, "2021-12-01 07:09:00", id="by the page"),
        pytest.param(None, at(2021, 12, 1, 10, 39), None, None, "2021-12-01 10:39:00", id="taken as UTC"),
        pytest.param("Moon/Tranquility", at(2021, 12, 1, 10, 39), 60, 60, "2021-12-01 11:39:00", id="no such zone"),
        pytest.param("Asia/Tokyo", at(9999, 12, 31, 23, 0), None, None, "9999-12-31 23:00:00", id="beyond the calendar"),
    ],
)
def test_a_time_is_told_by_the_publishers_clock(
    database: Engine, zone: str | None, moment: dt.datetime, page_offset: int | None, offset: int | None, local: str
) -> None:
    source = ZoneSource.PAGE if page_offset is not None else ZoneSource.PUBLISHER
    date = replace(date_value(), at=moment, day=moment.date(), utc_offset=page_offset, zone_source=source)
    load(database, article(URL, publisher=publisher(zone), published=date, updated=date))
    assert rows(database, OFFSETS) == [(offset, offset)]
    assert told(rows(database, LOCAL)) == [(local, local)]


def test_a_day_without_a_time_begins_at_the_publishers_midnight(database: Engine) -> None:
    day = replace(date_value(), at=at(2021, 11, 30, 22, 0), day=dt.date(2021, 12, 1), precision=Precision.DAY)
    load(database, article(URL, publisher=publisher("Asia/Jerusalem"), published=day))
    assert told(rows(database, LOCAL)) == [("2021-12-01 00:00:00", None)]


def test_a_story_without_dates_has_no_local_times(database: Engine) -> None:
    load(database, article(URL, publisher=publisher("Asia/Jerusalem")))
    assert (rows(database, OFFSETS), rows(database, LOCAL)) == ([(None, None)], [(None, None)])


def test_stories_loaded_before_get_their_offset_where_the_zone_is_known(database: Engine) -> None:
    date = replace(date_value(), at=at(2021, 12, 1, 10, 39))
    load(
        database,
        article("https://one.example/a", publisher=Publisher(domain="one.example", time_zone="Asia/Jerusalem"), published=date),
        article("https://two.example/b", publisher=Publisher(domain="two.example"), published=date),
        article("https://one.example/c", publisher=Publisher(domain="one.example", time_zone="Asia/Jerusalem"), updated=date),
    )
    schema.downgrade(database, "0005")
    assert rows(database, "SELECT count(*) FROM article_overview") == [(3,)]
    schema.upgrade(database)
    assert rows(database, f"{OFFSETS} ORDER BY id") == [(120, None), (None, None), (None, 120)]


def told(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Times as SQLite writes them: PostgreSQL gives a `timestamp` without zone."""
    return [tuple(str(value) if isinstance(value, dt.datetime) else value for value in row) for row in found]
