"""Old files of the spool deleted: what is loaded to its end, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from etl.cli.exits import Exit
from etl.errors import Locked, UsageError
from etl.job import load_sources
from etl.load.engine import open_engine, reading
from etl.load.lock import run_lock
from etl.load.queries import list_pages
from etl.load.selection import Selection
from etl.pruning import Pruning, Verdict, prune
from etl.retrying import retry_pages
from etl.settings import Settings
from tests.extract.building import http, members, record, written
from tests.load.loading import rows
from tests.pages import story
from tests.test_cli import run

OLD = dt.datetime.now(dt.UTC) - dt.timedelta(days=100)
NINETY = dt.timedelta(days=90)
SMALL = 10_000


def archived(number: int, *, body: str | None = None) -> bytes:
    return record(http(story(number, body=body).encode()), url=f"https://www.news.example/local/bridge-{number}")


def aged(path: Path, at: dt.datetime = OLD) -> Path:
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def spooled(path: Path, first: int = 0, count: int = 2) -> Path:
    """An old file of the spool with stories."""
    return aged(written(path, *members(archived(number) for number in range(first, first + count))))


def load(database: Engine, *paths: Path, **given: Any) -> None:
    settings: dict[str, Any] = {"database": address(database), "in_process": True}
    load_sources(Settings(**(settings | given)), [str(path) for path in paths], command="test")


def address(database: Engine) -> str:
    return database.url.render_as_string(hide_password=False)


def pruned(database: Engine, spool: Path, **given: Any) -> dict[str, tuple[str, str]]:
    """The fate of each file, and why."""
    asked: dict[str, Any] = {"spool": spool, "older_than": NINETY}
    verdicts: list[Verdict] = prune(address(database), Pruning(**(asked | given)), command="test")
    return {Path(verdict.file).name.partition(".")[0]: (verdict.fate.value, verdict.why) for verdict in verdicts}


def test_only_what_is_old_and_loaded_to_its_end_is_deleted(database: Engine, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    feed = spool / "feed"
    files = {name: spooled(feed / f"{name}.warc.gz", 10 * number) for number, name in enumerate(("done", "changed", "part"))}
    young = spooled(feed / "young.warc.gz", 40)
    aged(young, OLD + dt.timedelta(days=20))
    damaged = written(feed / "damaged.warc.gz", *members([archived(50), archived(51)]))
    damaged.write_bytes(damaged.read_bytes()[:-100])
    no_story = record(http(b"<html><title>Front</title><body>Menu</body></html>"), url="https://www.news.example/")
    fronts = written(feed / "fronts.warc.gz", *members([no_story]))
    load(database, files["done"], files["changed"], young, aged(damaged), aged(fronts))
    load(database, files["part"], limit=1)
    spooled(files["changed"], 60)
    spooled(feed / "never.warc.gz", 70)
    before = rows(database, "SELECT count(*) FROM pages")
    assert pruned(database, spool) == {
        "changed": ("kept", "not loaded, or changed since"),
        "damaged": ("kept", "damaged: not all of it could be loaded"),
        "done": ("deleted", ""),
        "fronts": ("deleted", ""),
        "never": ("kept", "not loaded, or changed since"),
        "part": ("kept", "not loaded to its end"),
        "young": ("kept", "not old enough"),
    }
    left = ["changed", "damaged", "never", "part", "young"]
    assert sorted(path.name.partition(".")[0] for path in feed.iterdir()) == left
    gone = rows(database, "SELECT uri FROM source_files WHERE pruned_at IS NOT NULL ORDER BY uri")
    assert gone == [(str(files["done"]),), (str(fronts),)]
    assert rows(database, "SELECT count(*) FROM pages") == before


def test_pages_and_retry_say_that_a_file_was_pruned(database: Engine, tmp_path: Path) -> None:
    file = aged(written(tmp_path / "spool" / "feed" / "a.warc.gz", *members([record(http(b""), url="https://news.example/")])))
    load(database, file)
    pruned(database, tmp_path / "spool")
    with reading(database) as connection:
        (page,) = list_pages(connection, Selection(status="rejected"))
    report = retry_pages(Settings(database=address(database), in_process=True), Selection(status="rejected"), command="test")
    assert (page["pruned_at"] is not None, dict(report.progress.missing)) == (True, {"the file was pruned": 1})


def test_a_file_with_pages_that_another_try_may_load_is_kept_until_it_is_loaded_or_asked_for(
    database: Engine, tmp_path: Path
) -> None:
    spool = tmp_path / "spool"
    large = archived(1, body="More of the bridge. " * 1000)
    load(database, aged(written(spool / "feed" / "a.warc.gz", *members([archived(0), large]))), max_page_bytes=SMALL)
    why = "1 pages were rejected for a reason that another try may mend (news-etl retry)"
    assert pruned(database, spool) == {"a": ("kept", why)}
    assert pruned(database, spool, rejected_too=True, dry_run=True) == {"a": ("would be deleted", "")}
    retry_pages(Settings(database=address(database), in_process=True), Selection(status="rejected"), command="test")
    assert pruned(database, spool) == {"a": ("deleted", "")}


def test_nothing_but_archives_of_the_spool_is_looked_at_and_no_link_is_followed(database: Engine, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    outside = [spooled(tmp_path / "elsewhere" / "a.warc.gz"), spooled(spool / "feed" / "below" / "b.warc.gz", 10)]
    outside += [spooled(spool / "c.warc.gz", 20), spooled(spool / "feed" / "notes.txt", 30)]
    load(database, *outside)
    (spool / "feed" / "link.warc.gz").symlink_to(outside[0])
    (spool / "linked").symlink_to(tmp_path / "elsewhere")
    load(database, spool / "feed" / "link.warc.gz")
    assert pruned(database, spool) == {}
    assert [path.exists() for path in outside] == [True] * 4


def test_one_source_is_pruned_and_a_name_that_leads_outside_is_none(database: Engine, tmp_path: Path) -> None:
    one, other = (spooled(tmp_path / "spool" / name / f"{name[0]}.warc.gz", 10 * n) for n, name in enumerate(("a%2Fb", "feed")))
    load(database, one, other)
    for name in ("..", ".", "unknown", "a%2Fb"):
        with pytest.raises(UsageError, match="no source"):
            pruned(database, tmp_path / "spool", source=name)
    assert pruned(database, tmp_path / "spool", source="a/b") == {"a": ("deleted", "")}
    assert (other.exists(), pruned(database, tmp_path / "nowhere")) == (True, {})


def test_a_run_that_holds_the_database_is_not_disturbed(database: Engine, tmp_path: Path) -> None:
    file = spooled(tmp_path / "spool" / "feed" / "a.warc.gz")
    load(database, file)
    with run_lock(open_engine(address(database)), host="here", pid=1, command="news-etl fetch"), pytest.raises(Locked):
        pruned(database, tmp_path / "spool")
    assert file.exists()


def test_prune_as_a_user_runs_it(tmp_path: Path) -> None:
    (tmp_path / "news-etl.toml").write_text('[fetch]\nspool = "fetched"\n', "utf-8")
    files = [spooled(tmp_path / "fetched" / "feed" / f"{number}.warc.gz", 10 * number) for number in range(2)]
    run("load", files[0], "--in-process", cwd=tmp_path)
    asked = ("prune", "--spool", "--older-than", "90d")
    dry = run(*asked, "--dry-run", "--json", cwd=tmp_path)
    told = [json.loads(line) for line in dry.stdout.splitlines()]
    assert [(line["fate"], line["source"]) for line in told] == [("would be deleted", "feed"), ("kept", "feed")]
    assert all(file.exists() for file in files)
    done = run(*asked, cwd=tmp_path)
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["fate", "deleted", "kept"]
    assert (done.returncode, done.stderr.startswith("deleted 1 files")) == (Exit.DONE, True)
    assert [file.exists() for file in files] == [False, True]
    quiet = run(*asked, "--quiet", cwd=tmp_path)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (Exit.DONE, "", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--older-than", "90d"), "say what to delete: --spool"),
        (("--spool",), "--older-than 90d"),
        (("--spool", "--older-than", "long"), "'long' is no length of time"),
        (("--spool", "--older-than", "90d", "--source", "none"), "no source 'none'"),
    ],
)
def test_what_cannot_be_pruned_is_wrong_usage(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "spool").mkdir()
    run("db", "upgrade", cwd=tmp_path)
    done = run("prune", *arguments, cwd=tmp_path)
    assert (done.returncode, said in done.stderr) == (Exit.USAGE, True)
