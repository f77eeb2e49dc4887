"""The records: frozen, and whole after a journey to another process."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle

import pytest

from etl import errors, records
from etl.records import (
    Author,
    AuthorKind,
    Block,
    DateValue,
    Image,
    PageKey,
    Precision,
    Publisher,
    Reason,
    RelatedLink,
    ZoneSource,
)

NOON = dt.datetime(2021, 12, 1, 12, 0, tzinfo=dt.UTC)
PAGE = records.Page(
    source="/pages/a.html", content=b"<p>text", media_type="text/html", fetched_at=NOON, hints={"author": "A. Writer"}
)
ARTICLE = records.Article(
    page=PAGE.key,
    key="example.com/a",
    url="https://example.com/a",
    adoption_key="example.com/2021-12-01/a-title",
    publisher=Publisher(domain="example.com"),
    title="A title",
    published=DateValue(
        at=NOON, day=NOON.date(), precision=Precision.MINUTE, text="1 Dec 2021 12:00", zone_source=ZoneSource.ASSUMED
    ),
    authors=(Author(name="A. Writer", kind=AuthorKind.PERSON, credit="A. WRITER"),),
    tags=("Bridges",),
    related_links=(RelatedLink(block=Block.OPINION, title="Another"),),
    images=(Image(caption="A bridge"),),
    body="One.\n\nTwo.",
    word_count=2,
    origins={"title": "html"},
)
EXAMPLES = (
    records.Source(kind=records.SourceKind.HTML, uri="/pages/a.html", size=7, modified_at=NOON),
    PAGE,
    records.PassedOver(source="/a.warc", record="0", kind="request"),
    records.Rejected(page=PAGE.key, reason=Reason.EMPTY, message="The page is empty."),
    ARTICLE,
)


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda record: type(record).__name__)
def test_a_record_is_the_same_after_pickling(record: object) -> None:
    assert pickle.loads(pickle.dumps(record)) == record


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda record: type(record).__name__)
def test_a_record_cannot_be_changed(record: object) -> None:
    name = dataclasses.fields(record)[0].name  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, name, None)


def test_a_page_knows_its_digest_and_its_key() -> None:
    digest = "dd5d53aaaef4fbc8c5d2bfae9a6e0cb5f9e0fd8a8ae16c1a6bc5c3ea0e6f1b0f"
    assert len(PAGE.sha256) == len(digest)
    assert PAGE.key == PageKey(source="/pages/a.html", media_type="text/html", byte_size=7, sha256=PAGE.sha256, fetched_at=NOON)


ERRORS = (
    errors.EtlError("what", "happened"),
    errors.ProfileError("a.toml", "layouts[0].name", "is missing"),
    errors.DatabaseError("sqlite:///a.db", "is no database"),
    errors.SchemaTooNew("sqlite:///a.db", "was made by a newer news-etl"),
    errors.SourceError("/a.warc", "cannot be read"),
    errors.PageError(Reason.EMPTY, "The page is empty."),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_says_the_same_after_pickling(error: errors.EtlError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_a_profile_error_names_file_and_key() -> None:
    assert str(errors.ProfileError("a.toml", "name", "is missing")) == "a.toml: name: is missing"
    assert str(errors.ProfileError("a.toml", "", "is no TOML")) == "a.toml: is no TOML"
