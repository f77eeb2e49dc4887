"""Which page changes what: statuses, identity, adoption, the order of captures, revisions, link targets."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from sqlalchemy import Engine

from etl.load.models import CONTENT
from etl.records import Access, Block, Image, PageKey, Publisher, Reason, Rejected
from tests.databases import content
from tests.factories import article, author, date_value, link, moment, page_key
from tests.load.loading import load, load_in_turn, rows

A, B = "https://gazette.example/a", "https://gazette.example/b"
REVISIONS = "SELECT r.revision, r.body FROM article_revisions r ORDER BY r.article_id, r.revision"


def test_every_field_of_an_article_stands_in_its_column(database: Engine) -> None:
    load(
        database,
        article(
            A,
            title="Harbour opens",
            subtitle="After ten years",
            section="Local",
            language="en",
            published=date_value(1),
            updated=date_value(2, text="Updated May 2"),
            authors=(author("Ada Brook", credit="ADA BROOK/GAZETTE"),),
            tags=("Harbour", "ships"),
            related_links=(
                link(B, heading="More", byline="By Ben Cole", caption="A bridge"),
                link(None, block=Block.OPINION, title="Why ships matter"),
                link("https://gazette.example/c", title="Third"),
            ),
            images=(Image(url="https://gazette.example/1.jpg", caption="The harbour", credit="Dee Fox"),),
            body="It opened.\n\nAt noon.",
            word_count=4,
            access=Access.METERED,
            origins={"title": "json-ld", "body": "html"},
        ),
    )
    fields = (
        "key, url, title, subtitle, section, language, published_precision, published_text, updated_text, time_zone_source, "
        "body, word_count, body_sha256, access, revision, page_id"
    )
    assert rows(database, f"SELECT {fields} FROM articles") == [
        (
            "gazette.example/a",
            A,
            "Harbour opens",
            "After ten years",
            "Local",
            "en",
            "minute",
            "May 1, 2024 12:00",
            "Updated May 2",
            "page",
            "It opened.\n\nAt noon.",
            4,
            "4c4c4e950fd7641d0c041786193f9c8b8b87514f3a01bd5bb85211728b8c078d",
            "metered",
            1,
            1,
        )
    ]
    found = content(database)
    assert found["publishers"] == [("gazette.example", "The Gazette", None, None)]
    assert found["article_authors"] == [("gazette.example/a", 1, "ada brook", "ADA BROOK/GAZETTE", "Ada Brook", "person")]
    assert found["authors"] == [("Ada Brook", "person", "ada brook")]
    assert found["article_tags"] == [("gazette.example/a", 1, "harbour", "Harbour"), ("gazette.example/a", 2, "ships", "ships")]
    assert found["tags"] == [("Harbour", "harbour"), ("ships", "ships")]
    assert rows(database, "SELECT block, heading, position, title, url, byline, caption FROM related_links ORDER BY id") == [
        ("related", "More", 1, "Bridge closes", B, "By Ben Cole", "A bridge"),
        ("opinion", None, 1, "Why ships matter", None, None, None),
        ("related", None, 2, "Third", "https://gazette.example/c", None, None),
    ]
    assert found["images"] == [("gazette.example/a", 1, "https://gazette.example/1.jpg", "The harbour", "Dee Fox")]


def test_every_page_is_accounted_for_with_its_status_and_reason(database: Engine) -> None:
    lost = Rejected(page=PageKey(source="/archive/one.warc.gz", record="77"), reason=Reason.CORRUPT, message="Bytes are damaged.")
    bad = Rejected(page=page_key("x", url=B), reason=Reason.NO_TITLE, message="The page has no headline.")
    assert load(database, article(A), bad, lost, article(A)) == ["loaded", "rejected", "rejected", "unchanged"]
    assert rows(database, "SELECT record, url, byte_size, status, reason, reason_code, article_id FROM pages ORDER BY id") == [
        ("0", A, rows(database, "SELECT byte_size FROM pages ORDER BY id")[0][0], "loaded", None, None, 1),
        ("0", B, 1, "rejected", "The page has no headline.", "no-title", None),
        ("77", None, None, "rejected", "Bytes are damaged.", "corrupt", None),
        ("0", A, rows(database, "SELECT byte_size FROM pages ORDER BY id")[0][0], "unchanged", None, None, 1),
    ]
    counts = "SELECT pages_seen, loaded, updated, unchanged, superseded, rejected FROM load_runs"
    assert rows(database, counts) == [(4, 1, 0, 1, 0, 2)]


def test_the_page_row_of_a_saved_file_has_the_address_that_the_page_tells(database: Engine) -> None:
    load(database, article(A, page=page_key("saved", url=None)))
    assert rows(database, "SELECT url FROM pages") == [(A,)]


def test_a_newer_capture_updates_the_article_and_adds_a_revision(database: Engine) -> None:
    old, new = article(A, body="One.", fetched_at=moment(1)), article(A, body="Two.", fetched_at=moment(2))
    assert load_in_turn(database, old, new) == ["loaded", "updated"]
    assert rows(database, REVISIONS) == [(1, "One."), (2, "Two.")]
    assert rows(database, "SELECT body, revision, page_id FROM articles") == [("Two.", 2, 2)]


def test_an_older_capture_only_adds_its_revision_before_the_current_one(database: Engine) -> None:
    old, new = article(A, body="One.", fetched_at=moment(1)), article(A, body="Two.", fetched_at=moment(2))
    assert load_in_turn(database, new, old) == ["loaded", "superseded"]
    assert rows(database, REVISIONS) == [(1, "One."), (2, "Two.")]
    assert rows(database, "SELECT body, revision, page_id FROM articles") == [("Two.", 2, 1)]


def test_a_page_without_a_time_counts_as_the_oldest(database: Engine) -> None:
    untimed, timed = article(A, body="One.", fetched_at=None), article(A, body="Two.", fetched_at=moment(1))
    assert load_in_turn(database, timed, untimed) == ["loaded", "superseded"]
    assert rows(database, REVISIONS) == [(1, "One."), (2, "Two.")]


def test_of_two_captures_of_one_second_html_outranks_text_and_else_one_always_wins(database: Engine) -> None:
    html, text = article(A, body="Marked up."), article(A, body="Bare.", media_type="text/plain")
    assert load_in_turn(database, html, text) == ["loaded", "superseded"]
    one, two = article(B, body="One."), article(B, body="Two.")
    load_in_turn(database, one, two)
    first = rows(database, f"SELECT body FROM articles WHERE url = '{B}'")
    load_in_turn(database, two, one)
    assert rows(database, f"SELECT body FROM articles WHERE url = '{B}'") == first


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_state_that_comes_back_is_one_revision_and_current_again(database: Engine, order: tuple[int, ...]) -> None:
    captures = (
        article(A, body="One.", fetched_at=moment(1)),
        article(A, body="Two.", fetched_at=moment(2)),
        article(A, body="One.", fetched_at=moment(3)),
    )
    load_in_turn(database, *(captures[index] for index in order))
    assert rows(database, REVISIONS) == [(1, "One."), (2, "Two.")]
    assert rows(database, "SELECT body, revision FROM articles") == [("One.", 1)]
    times = content(database)
    assert [row[2] for row in times["article_revisions"]] == [moment(1), moment(2)]


def test_links_that_change_update_the_article_but_are_no_new_state(database: Engine) -> None:
    old = article(A, related_links=(link(B),), fetched_at=moment(1))
    new = article(A, related_links=(link(None, title="Another"),), fetched_at=moment(2))
    assert load_in_turn(database, old, new) == ["loaded", "updated"]
    assert rows(database, "SELECT title FROM related_links") == [("Another",)]
    assert rows(database, "SELECT revision FROM article_revisions") == [(1,)]


@pytest.mark.parametrize(
    "change", [{"section": "Local"}, {"tags": ("Ships",)}, {"authors": (author(),)}, {"updated": date_value(2)}]
)
def test_any_other_change_is_a_new_state(database: Engine, change: dict[str, Any]) -> None:
    old, new = article(A, fetched_at=moment(1)), article(A, fetched_at=moment(2), **change)
    assert load_in_turn(database, old, new) == ["loaded", "updated"]
    assert rows(database, "SELECT revision FROM article_revisions ORDER BY revision") == [(1,), (2,)]


def test_other_bytes_with_the_same_content_are_unchanged_and_note_the_time(database: Engine) -> None:
    old = article(A, page=page_key("one", url=A, fetched_at=moment(1)))
    new = article(A, page=page_key("two", url=A, fetched_at=moment(2)))
    assert load_in_turn(database, old, new) == ["loaded", "unchanged"]
    assert [row[-5] for row in content(database)["articles"]] == [moment(2)]
    assert load_in_turn(database, article(A, body="Between.", fetched_at=moment(1, 18))) == ["superseded"]


def test_a_second_load_changes_no_content_table(database: Engine) -> None:
    captures = [
        article(None, fetched_at=moment(1)),
        article(A, body="One.", fetched_at=moment(2), related_links=(link(B),), tags=("x",)),
        article(B, title="Other", body="Two.", fetched_at=moment(2), authors=(author(),)),
        article(A, body="Old.", fetched_at=moment(1)),
    ]
    load(database, *captures)
    tables = [table.name for table in CONTENT]
    before = [rows(database, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
    assert load(database, *captures) == ["unchanged"] * 4
    assert [rows(database, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables] == before


def test_a_page_with_an_address_adopts_the_row_of_an_earlier_capture(database: Engine) -> None:
    load(database, article(B, title="Other"))
    capture, page = article(None, body="Text.", fetched_at=moment(9)), article(A, body="Marked up.", fetched_at=moment(1))
    assert load_in_turn(database, capture, page) == ["loaded", "updated"]
    assert rows(database, "SELECT id, key, url, body, revision FROM articles WHERE id = 2") == [
        (2, "gazette.example/a", A, "Marked up.", 1),
    ]
    assert rows(database, "SELECT article_id, body FROM article_revisions WHERE article_id = 2 ORDER BY revision") == [
        (2, "Marked up."),
        (2, "Text."),
    ]


def test_a_capture_joins_the_article_that_has_an_address_and_never_outranks_it(database: Engine) -> None:
    page, capture = article(A, body="Marked up.", fetched_at=moment(1)), article(None, body="Text.", fetched_at=moment(9))
    assert load_in_turn(database, page, capture) == ["loaded", "superseded"]
    assert rows(database, "SELECT url, body FROM articles") == [(A, "Marked up.")]
    assert rows(database, "SELECT status, article_id FROM pages ORDER BY id") == [("loaded", 1), ("superseded", 1)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_capture_that_fits_two_addresses_joins_the_smaller_key(database: Engine, order: tuple[int, ...]) -> None:
    captures = (article(A, body="A."), article(B, body="B."), article(None, body="Text."))
    load_in_turn(database, *(captures[index] for index in order))
    query = "SELECT a.key, r.body FROM articles a JOIN article_revisions r ON r.article_id = a.id ORDER BY a.key, r.body"
    assert rows(database, query) == [("gazette.example/a", "A."), ("gazette.example/a", "Text."), ("gazette.example/b", "B.")]
    pages = "SELECT a.key FROM pages p JOIN articles a ON a.id = p.article_id ORDER BY a.key"
    assert rows(database, pages) == [("gazette.example/a",), ("gazette.example/a",), ("gazette.example/b",)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_capture_is_adopted_by_the_title_that_an_older_state_had(database: Engine, order: tuple[int, ...]) -> None:
    captures = (
        article(A, title="Harbour opens", fetched_at=moment(1)),
        article(A, title="Harbour is open", fetched_at=moment(2)),
        article(None, title="Harbour opens", body="Text.", fetched_at=moment(1)),
    )
    load_in_turn(database, *(captures[index] for index in order))
    assert rows(database, "SELECT key, title FROM articles") == [("gazette.example/a", "Harbour is open")]


@pytest.mark.parametrize(
    "other",
    [
        article(None, title="Harbour opened", body="Text."),
        article(None, published=date_value(2), body="Text."),
        article(None, adoption_key="courier.example/2024-05-01/harbour-opens", body="Text."),
    ],
    ids=["title", "day", "publisher"],
)
def test_a_capture_of_another_title_day_or_publisher_is_a_story_of_its_own(database: Engine, other: object) -> None:
    assert load_in_turn(database, article(A), other) == ["loaded", "loaded"]  # type: ignore[arg-type]


def test_pages_with_different_addresses_and_one_title_stay_two(database: Engine) -> None:
    assert load(database, article(A), article(B)) == ["loaded", "loaded"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_links_point_to_their_article_whichever_came_first(database: Engine, order: tuple[int, ...]) -> None:
    stories = (article(A, related_links=(link(B), link(A), link(None))), article(B, title="Other", related_links=(link(A),)))
    load_in_turn(database, *(stories[index] for index in order))
    query = (
        "SELECT a.key, l.position, t.key FROM related_links l JOIN articles a ON a.id = l.article_id "
        "LEFT JOIN articles t ON t.id = l.target_article_id ORDER BY a.key, l.position"
    )
    assert rows(database, query) == [
        ("gazette.example/a", 1, "gazette.example/b"),
        ("gazette.example/a", 2, None),  # to itself
        ("gazette.example/a", 3, None),  # without address
        ("gazette.example/b", 1, "gazette.example/a"),
    ]


def test_a_link_points_to_the_row_that_a_page_adopted(database: Engine) -> None:
    load_in_turn(database, article(B, title="Other", related_links=(link(A),)), article(None), article(A))
    assert rows(database, "SELECT target_article_id FROM related_links") == rows(
        database, f"SELECT id FROM articles WHERE url = '{A}'"
    )


def test_keys_and_addresses_of_any_length_are_unique_and_found(database: Engine) -> None:
    long = "https://gazette.example/" + "".join(f"{number:x}-" for number in range(2500))
    other = long + "x"
    assert load(database, article(long), article(other), article(long, body="New.", fetched_at=moment(2))) == [
        "loaded",
        "loaded",
        "updated",
    ]
    assert load(database, article(A, related_links=(link(other),), tags=(long,), authors=(author(long),))) == ["loaded"]
    assert rows(database, "SELECT count(*) FROM related_links WHERE target_article_id IS NOT NULL") == [(1,)]


def test_a_newer_extraction_replaces_its_reading_and_keeps_the_old_one_marked(database: Engine) -> None:
    page = page_key("same bytes", url=A)
    old, new = article(A, page=page, title="Harbour opens | The Gazette"), article(A, page=page, title="Harbour opens")
    assert load(database, old, version="v1") + load(database, new, version="v2") == ["loaded", "updated"]
    assert rows(database, "SELECT title, revision FROM articles") == [("Harbour opens", 2)]
    assert rows(database, "SELECT revision, title FROM article_revisions WHERE replaced ORDER BY revision") == [
        (1, "Harbour opens | The Gazette"),
    ]
    assert load(database, new, version="v2") == ["unchanged"]


def test_a_newer_extraction_that_reads_another_address_moves_the_article(database: Engine) -> None:
    page = page_key("same bytes", url=None)
    load(database, article(A + "?page=1", page=page, related_links=(link(B),)), version="v1")
    assert load(database, article(A, page=page), version="v2") == ["updated"]
    assert load(database, article(None, page=page), version="v3") == ["updated"]
    assert rows(database, "SELECT id, key, url FROM articles") == [(1, "gazette.example/2024-05-01/harbour-opens", None)]


def test_a_newer_extraction_that_reads_the_address_of_another_article_joins_it(database: Engine) -> None:
    first, second = page_key("one", url=None, fetched_at=moment(1)), page_key("two", url=None, fetched_at=moment(2))
    load(database, article(A, page=first, body="One."), article(B, page=second, body="Two.", title="Other"), version="v1")
    assert load(database, article(A, page=second, body="Two.", title="Other"), version="v2") == ["updated"]
    assert rows(database, "SELECT key, body FROM articles") == [("gazette.example/a", "Two.")]
    assert rows(database, "SELECT article_id FROM pages ORDER BY id") == [(1,), (1,), (1,)]


def test_an_article_stays_when_a_newer_extraction_rejects_its_page(database: Engine) -> None:
    page = page_key("same bytes", url=A)
    load(database, article(A, page=page), version="v1")
    rejected = Rejected(page=page, reason=Reason.NOT_AN_ARTICLE, message="A front page.")
    assert load(database, rejected, version="v2") == ["rejected"]
    assert rows(database, "SELECT count(*) FROM articles") == [(1,)]


def test_a_publisher_is_told_by_its_profile_before_its_pages(database: Engine) -> None:
    told = Publisher(domain="gazette.example", name="The Gazette", time_zone="Europe/London", language="en", from_profile=True)
    printed = Publisher(domain="gazette.example", name="gazette")
    for url, publisher in ((A, printed), (B, told), (A + "2", Publisher(domain="gazette.example", name="G"))):
        load(database, article(url, publisher=publisher))
    assert content(database)["publishers"] == [("gazette.example", "The Gazette", "Europe/London", "en")]
