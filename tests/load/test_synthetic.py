"""The invented archive of the benchmarks: the same for a seed, loadable, and as mixed as it says."""

from __future__ import annotations

from itertools import islice

from sqlalchemy import Engine

from benchmarks.synthetic import Archive, fill
from etl.records import Article, Rejected
from tests.load.loading import rows

ARCHIVE = Archive(seed=7)


def test_an_archive_is_the_same_for_a_seed_and_another_for_another() -> None:
    first = list(ARCHIVE.outcomes(30))
    assert list(Archive(seed=7).outcomes(30)) == first
    assert list(Archive(seed=8).outcomes(30)) != first


def test_an_archive_made_in_two_parts_has_the_same_pages() -> None:
    whole = {outcome.page.sha256 for outcome in ARCHIVE.outcomes(120)}
    parts = {outcome.page.sha256 for part in (ARCHIVE.outcomes(50), ARCHIVE.outcomes(70, start=50)) for outcome in part}
    assert parts == whole


def test_an_article_that_takes_over_a_text_shares_its_paragraphs() -> None:
    based = ((number, base) for number in range(1000) if (base := ARCHIVE.base(number)))
    for number, (kind, other) in islice(based, 20):
        mine, its = ARCHIVE.article(number).body, ARCHIVE.article(other).body
        assert (mine == its) == (kind == "copy")
        words, others = set(mine.split()), set(its.split())
        assert len(words & others) > 0.6 * len(others)


def test_the_archive_loads_through_the_writer(database: Engine) -> None:
    outcomes = list(ARCHIVE.outcomes(150))
    assert fill(database, outcomes, batch=64) == len(outcomes)
    articles = len({outcome.key for outcome in outcomes if isinstance(outcome, Article)})
    rejected = sum(isinstance(outcome, Rejected) for outcome in outcomes)
    assert rows(database, "SELECT count(*) FROM articles") == [(articles,)]
    assert rows(database, "SELECT pages_seen, rejected, status FROM load_runs") == [(len(outcomes), rejected, "succeeded")]
    assert rows(database, "SELECT (SELECT count(*) FROM summary_queue) + (SELECT count(*) FROM story_queue)") == [(0,)]
    assert rows(database, "SELECT count(*) > 100 FROM related_links WHERE target_article_id IS NOT NULL") == [(True,)]
