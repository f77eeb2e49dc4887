"""Whether the job is well: the judgement, the command's exit status, what monitors are told."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import typer

from etl.cli.exits import Exit
from etl.cli.ping import announced
from etl.errors import Locked
from etl.load.health import Bounds, judged
from etl.quantities import duration, share
from tests.pages import write_stories
from tests.servers import Answer, http_server
from tests.test_cli import run

NOW = dt.datetime(2024, 3, 6, 12, tzinfo=dt.UTC)


def ended(hours_ago: float, *, rejected: int = 0) -> dict[str, object]:
    return {"id": 7, "finished_at": NOW - dt.timedelta(hours=hours_ago), "pages_seen": 100, "rejected": rejected}


@pytest.mark.parametrize(
    ("good", "problems"),
    [
        (None, ("no run has succeeded yet",)),
        (ended(1), ()),
        (ended(26), ()),
        (ended(26.5), ("the last good run ended 26 h 30 min ago, more than 26 h 0 min",)),
        (ended(80), ("the last good run ended 3 d 8 h ago, more than 26 h 0 min",)),
        (ended(1, rejected=5), ()),
        (ended(1, rejected=6), ("6.0% of its pages were rejected, more than 5.0%",)),
    ],
)
def test_a_job_is_well_when_its_last_good_run_is_young_and_good_enough(
    good: dict[str, object] | None, problems: tuple[str, ...]
) -> None:
    bounds = Bounds(max_age=duration("26h"), max_rejected=share("5%"))
    assert judged(good, good, bounds, NOW).problems == problems


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("15m", 900), ("26h", 93_600), ("1.5 h", 5400), ("7D", 604_800), ("2w", 1_209_600)],
)
def test_lengths_of_time_are_read(text: str, seconds: int) -> None:
    assert duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "h", "-1h", "1y", "26 hours", "1h30m", "١h"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no length of time"):
        duration(text)


@pytest.mark.parametrize("text", ["", "%", "-1%", "1.01", "101%", "nan"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(text)


def test_status_is_4_until_a_run_has_succeeded_and_when_it_was_too_bad(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 1)
    (tmp_path / "pages" / "empty.html").write_bytes(b"")
    run("db", "upgrade", cwd=tmp_path)
    before = run("status", "--json", cwd=tmp_path)
    run("load", "pages", "--in-process", cwd=tmp_path)
    after = run("status", "--max-age", "26h", "--max-rejected", "50%", cwd=tmp_path)
    worse = run("status", "--max-rejected", "0.4", cwd=tmp_path)
    assert [done.returncode for done in (before, after, worse)] == [Exit.UNWELL, Exit.DONE, Exit.UNWELL]
    assert json.loads(before.stdout)["problems"] == ["no run has succeeded yet"]
    assert after.stdout.splitlines()[0] == "well"
    assert worse.stdout.splitlines()[0] == "not well: 50.0% of its pages were rejected, more than 40.0%"


@pytest.mark.parametrize("arguments", [("--max-age", "soon"), ("--max-rejected", "150%")])
def test_bounds_that_are_none_are_wrong_usage(tmp_path: Path, arguments: tuple[str, str]) -> None:
    assert run("status", *arguments, cwd=tmp_path).returncode == Exit.USAGE


def test_the_metrics_of_a_load_and_of_its_status_are_the_same(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 2)
    run("load", "pages", "--in-process", "--metrics-file", "load.prom", cwd=tmp_path)
    run("status", "--metrics-file", "status.prom", cwd=tmp_path)
    said = (tmp_path / "load.prom").read_text("utf-8")
    assert said == (tmp_path / "status.prom").read_text("utf-8")
    assert 'news_etl_last_run_pages{status="loaded"} 2.0' in said.splitlines()
    assert "news_etl_last_run_success 1.0" in said.splitlines()


@pytest.mark.parametrize(
    ("end", "path"),
    [
        (typer.Exit(0), "/uuid"),
        (typer.Exit(3), "/uuid/3"),
        (Locked("sqlite:///news.db", "process 7"), "/uuid/75"),
        (OSError("disk"), "/uuid/fail"),
    ],
)
def test_a_monitor_is_told_of_start_and_end(end: Exception, path: str) -> None:
    with http_server() as server:
        server.routes = {f"/uuid{part}": Answer() for part in ("/start", "", "/3", "/75", "/fail")}
        with pytest.raises(type(end)), announced(f"{server.url}/uuid"):
            raise end
    assert server.paths() == ["/uuid/start", path]


def test_a_monitor_that_fails_harms_no_load(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 1)
    with http_server() as server:
        done = run("load", "pages", "--in-process", "--ping-url", f"{server.url}/secret", cwd=tmp_path)
    assert (done.returncode, server.paths(), "secret" in done.stderr) == (Exit.DONE, ["/secret/start", "/secret"], False)
    assert "the monitor at 127.0.0.1 could not be told" in done.stderr
