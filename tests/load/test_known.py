"""Which pages need not be read: known byte for byte, by this version, and without a claim to be the current state."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import Engine

from etl.load.writer import Known, Unsettled
from etl.records import Article, PageKey, Reason, Rejected, Status
from tests.databases import content
from tests.factories import article, moment, page_key
from tests.load.loading import load, load_asking, load_in_turn, rows, writer

A = "https://gazette.example/a"
OLD = article(A, body="One.", fetched_at=moment(1))
NEW = article(A, body="Two.", fetched_at=moment(2))


def at(outcome: Article, fetched_at: dt.datetime | None) -> PageKey:
    """The page of an article, fetched at another time."""
    return dataclasses.replace(outcome.page, fetched_at=fetched_at)


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (OLD.page, Status.UNCHANGED),
        (at(OLD, None), Status.UNCHANGED),
        (at(OLD, moment(1, 6)), Status.SUPERSEDED),  # earlier than ever seen, and another state is current
        (at(OLD, moment(1, 18)), Status.SUPERSEDED),
        (at(OLD, moment(3)), None),  # the old state is back: it would become current
        (NEW.page, Status.UNCHANGED),
        (at(NEW, moment(3)), Status.UNCHANGED),
        (at(NEW, moment(1, 18)), Status.UNCHANGED),
        (dataclasses.replace(NEW.page, source="/elsewhere", record=None), Status.UNCHANGED),
        (dataclasses.replace(NEW.page, url=A + "?from=feed"), None),
        (dataclasses.replace(NEW.page, url=None), None),
        (page_key("other bytes", url=A), None),
        (dataclasses.replace(NEW.page, sha256=None), None),
    ],
)
def test_a_known_page_is_told_with_the_status_it_will_have(database: Engine, page: PageKey, status: Status | None) -> None:
    load_in_turn(database, OLD, NEW)
    found = writer(database).known([page])
    assert found == ({page: Known(page=page, status=status)} if status else {})
    if status:
        assert load(database, found[page]) == [status]


def test_a_page_read_by_another_version_is_not_known(database: Engine) -> None:
    load(database, OLD, version="v1")
    assert writer(database, "v2").known([OLD.page]) == {}


def test_a_rejected_page_is_rejected_again_for_the_same_reason(database: Engine) -> None:
    rejected = Rejected(page=page_key("bad"), reason=Reason.NO_TITLE, message="The page has no headline.")
    load(database, rejected)
    by = writer(database)
    assert load_asking(by, [rejected]) == [Status.REJECTED]
    assert (
        rows(database, "SELECT status, reason, reason_code FROM pages ORDER BY id")
        == [
            ("rejected", "The page has no headline.", "no-title"),
        ]
        * 2
    )
    assert isinstance(by.known([rejected.page])[rejected.page], Known)


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.WORKER_DIED, Reason.TOO_LARGE])
def test_a_page_rejected_for_what_the_machine_or_settings_could_not_do_is_tried_again(database: Engine, reason: Reason) -> None:
    page = page_key("slow")
    load(database, Rejected(page=page, reason=reason, message="Too slow."))
    assert writer(database).known([page]) == {}


def test_a_later_capture_of_the_current_page_keeps_an_earlier_one_from_winning(database: Engine) -> None:
    load(database, OLD)
    later = dataclasses.replace(OLD, page=at(OLD, moment(4)))
    assert load_asking(writer(database), [later]) == [Status.UNCHANGED]
    assert load(database, NEW) == ["superseded"]
    assert rows(database, "SELECT body, revision FROM articles") == [("One.", 1)]


def test_an_earlier_capture_of_a_known_page_moves_its_revision_back(database: Engine) -> None:
    load_in_turn(database, OLD, NEW)
    earlier = dataclasses.replace(NEW, page=at(NEW, moment(1, 6)))
    assert load_asking(writer(database), [earlier]) == [Status.UNCHANGED]
    assert rows(database, "SELECT revision, body, page_id FROM article_revisions ORDER BY revision") == [
        (1, "Two.", 3),
        (2, "One.", 1),
    ]
    assert rows(database, "SELECT revision FROM articles") == [(1,)]


def test_a_known_page_that_another_of_the_batch_outdates_has_to_be_read_after_all(database: Engine) -> None:
    load(database, OLD)
    by, back = writer(database), dataclasses.replace(OLD, page=at(OLD, moment(3)))
    known = by.known([back.page])
    before = content(database)
    with pytest.raises(Unsettled) as raised:
        by.write([NEW, known[back.page]])
    assert (raised.value.pages, content(database)) == (frozenset({back.page}), before)
    assert by.write([NEW, back]) == [Status.UPDATED, Status.UPDATED]
    assert rows(database, "SELECT body, revision FROM articles") == [("One.", 1)]
    assert rows(database, "SELECT revision, body FROM article_revisions ORDER BY revision") == [(1, "One."), (2, "Two.")]
