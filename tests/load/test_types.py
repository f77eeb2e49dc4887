"""Column types: what is stored on either database, and what comes back."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, Integer, MetaData, Table, select, text

from etl.load.engine import writing
from etl.load.types import Digest, Json, SafeText, UtcDateTime, safe, to_json

KOLKATA = dt.timezone(dt.timedelta(hours=5, minutes=30))
samples = Table(
    "samples",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
    Column("exact", UtcDateTime(fraction=True)),
    Column("words", SafeText),
    Column("digest", Digest),
    Column("json", Json),
)


def stored(engine: Engine, **values: object) -> tuple[object, ...]:
    with writing(engine) as connection:
        samples.create(connection)
        connection.execute(samples.insert().values(values))
        return tuple(connection.execute(select(*(samples.c[name] for name in values))).one())


@pytest.mark.parametrize(
    "instant",
    [
        dt.datetime(2021, 12, 1, 12, 39, tzinfo=KOLKATA),
        dt.datetime(2021, 12, 1, 7, 9, tzinfo=dt.UTC),
        dt.datetime(2021, 12, 1, 9, 9, tzinfo=zoneinfo.ZoneInfo("Asia/Jerusalem")),
        dt.datetime(2021, 12, 1, 7, 9, 0, 999_999, tzinfo=dt.UTC),
    ],
)
def test_an_instant_comes_back_in_utc_to_the_second(empty_database: Engine, instant: dt.datetime) -> None:
    (found,) = stored(empty_database, at=instant)
    assert (found, str(found)) == (dt.datetime(2021, 12, 1, 7, 9, tzinfo=dt.UTC), "2021-12-01 07:09:00+00:00")


def test_a_time_with_fraction_keeps_it(empty_database: Engine) -> None:
    instant = dt.datetime(2021, 12, 1, 7, 9, 0, 5, tzinfo=dt.UTC)
    assert stored(empty_database, exact=instant) == (instant,)


def test_sqlite_holds_text_of_fixed_width_that_its_date_functions_read(sqlite_database: Engine) -> None:
    instant = dt.datetime(2021, 12, 1, 12, 39, tzinfo=KOLKATA)
    stored(sqlite_database, at=instant, exact=instant)
    with sqlite_database.connect() as connection:
        row = connection.execute(text("SELECT at, exact, strftime('%H:%M', at), strftime('%f', exact) FROM samples")).one()
    assert tuple(row) == ("2021-12-01T07:09:00+00:00", "2021-12-01T07:09:00.000000+00:00", "07:09", "00.000")


def test_a_time_without_zone_is_refused(empty_database: Engine) -> None:
    with pytest.raises(Exception, match="a time without a zone cannot be stored: 2021-12-01T12:39:00"):
        stored(empty_database, at=dt.datetime(2021, 12, 1, 12, 39))  # noqa: DTZ001  # naive on purpose


@pytest.mark.parametrize(
    ("given_", "expected"),
    [("plain", "plain"), ("Ünïcode 日本 🔥", "Ünïcode 日本 🔥"), ("a\0b", "ab"), ("é\ud83dx", "é\ufffdx"), ("", "")],
)
def test_text_is_stored_without_what_drivers_refuse(empty_database: Engine, given_: str, expected: str) -> None:
    assert stored(empty_database, words=given_) == (expected,)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=50))
def test_safe_text_can_be_encoded_and_clean_text_is_left_alone(words: str) -> None:
    made = safe(words)
    assert "\0" not in made.encode().decode()
    assert safe(made) == made


def test_digests_and_json_come_back(empty_database: Engine) -> None:
    value = {"b": ["é", {"c": None}], "a": 1}
    assert stored(empty_database, digest=b"\0\xff", json=value) == (b"\0\xff", value)


def test_json_is_written_in_one_form_and_without_what_databases_refuse() -> None:
    assert to_json({"b": "é\0", "a": ["\ud800", {"\0k": 1}]}) == '{"a": ["\ufffd", {"k": 1}], "b": "é"}'


def test_nul_inside_json_is_taken_out(empty_database: Engine) -> None:
    assert stored(empty_database, json={"a": "x\0y", "b": "\\u0000"}) == ({"a": "xy", "b": "\\u0000"},)
