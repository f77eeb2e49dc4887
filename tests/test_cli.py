"""The command line, run as a user runs it: a process of its own, its exit status, what stands on stdout and stderr."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.cli.exits import Exit
from tests.pages import story, write_stories

ROOT = Path(__file__).parents[1]


def run(*arguments: object, cwd: Path, env: dict[str, str] | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWS_ETL_")}
    environment |= {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(cwd / "user")} | (env or {})
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    """A folder with three stories and a broken page, loaded into news.db."""
    write_stories(tmp_path / "pages", 3)
    (tmp_path / "pages" / "broken.html").write_text("", "utf-8")
    assert run("load", "pages", "--in-process", cwd=tmp_path).returncode == Exit.DONE
    return tmp_path


def test_load_creates_the_default_database_and_tells_what_became_of_the_pages(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 3)
    done = run("load", "pages", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (Exit.DONE, "")
    assert "3 loaded, 0 updated, 0 unchanged, 0 superseded, 0 rejected" in done.stdout
    assert rows(tmp_path / "news.db", "select count(*) from articles") == [(3,)]


def test_a_second_load_says_unchanged(loaded: Path) -> None:
    again = run("load", "pages", "--in-process", cwd=loaded)
    assert "0 loaded, 0 updated, 3 unchanged, 0 superseded, 1 rejected" in again.stdout


def test_the_environment_names_the_database_and_the_option_outweighs_it(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 1)
    env = {"NEWS_ETL_DATABASE": "sqlite:///from-environment.db"}
    run("load", "pages", "--in-process", cwd=tmp_path, env=env)
    run("load", "pages", "--in-process", "--database", "sqlite:///from-option.db", cwd=tmp_path, env=env)
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["from-environment.db", "from-option.db"]


def test_sources_come_from_a_list_on_stdin_or_in_a_file(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 2)
    (tmp_path / "list.txt").write_text("pages/story-0000.html\n", "utf-8")
    first = run("load", "@list.txt", "--in-process", cwd=tmp_path)
    second = run("load", "-", "--in-process", cwd=tmp_path, stdin="pages/story-0001.html\n")
    assert ("1 loaded" in first.stdout, "1 loaded" in second.stdout) == (True, True)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 2)
    done = run("load", "pages", "--dry-run", "--in-process", cwd=tmp_path)
    assert ("2 loaded" in done.stdout, list(tmp_path.glob("*.db"))) == (True, [])


def test_a_limited_load_is_completed_by_the_next(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 5)
    run("load", "pages", "--limit", 2, "--in-process", cwd=tmp_path)
    assert rows(tmp_path / "news.db", "select count(*) from articles") == [(2,)]
    run("load", "pages", "--in-process", cwd=tmp_path)
    assert rows(tmp_path / "news.db", "select count(*) from articles") == [(5,)]


def test_quiet_prints_nothing_when_all_is_well(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 1)
    done = run("load", "pages", "--quiet", "--in-process", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (Exit.DONE, "", "")


def test_the_last_line_of_a_load_is_for_a_shell_and_the_summary_file_says_the_same(loaded: Path) -> None:
    done = run("load", "pages", "--in-process", "--summary-json", "summary.json", cwd=loaded)
    head, *pairs = done.stdout.splitlines()[-1].split(" ")
    figures = json.loads((loaded / "summary.json").read_text("utf-8"))
    said = dict(pair.split("=", 1) for pair in pairs)
    assert (head, said.pop("seconds")) == ("summary", str(figures["seconds"]))
    counts = {"pages": "4", "loaded": "0", "updated": "0", "unchanged": "3", "superseded": "0", "rejected": "1"}
    assert said == {
        "status": "succeeded",
        "exit": "0",
        "run": "2",
        **counts,
        "skipped": "0",
        "not_due": "0",
        "failed": "0",
        "incomplete": "0",
        "drops": "0",
    }
    assert {name: str(figures[name]) for name in said} == said


def test_a_quiet_load_tells_trouble_on_stderr_only(loaded: Path) -> None:
    done = run("load", "pages", "--in-process", "--quiet", "--max-rejected", "1%", cwd=loaded)
    assert (done.returncode, done.stdout, "exit=3" in done.stderr) == (Exit.TOO_MANY_REJECTED, "", True)


def test_a_summary_that_cannot_be_written_is_told(loaded: Path) -> None:
    done = run("load", "pages", "--in-process", "--summary-json", "no/such/folder.json", cwd=loaded)
    assert (done.returncode, "no/such/folder.json" in done.stderr) == (Exit.USAGE, True)


def test_a_log_for_collectors_is_one_json_object_a_line_failures_included(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("", "utf-8")
    rejected = run("load", "empty.html", "--verbose", "--log-format", "json", "--in-process", cwd=tmp_path)
    failed = run("load", "empty.html", "--log-format", "json", "--database", "nonsense", "--in-process", cwd=tmp_path)
    events = [json.loads(line) for line in (rejected.stderr + failed.stderr).splitlines()]
    assert {frozenset(event) for event in events} == {frozenset({"time", "level", "logger", "message"})}
    assert [event["message"] for event in events if "empty.html: empty" in event["message"]] != []
    assert (events[-1]["level"], "not a database URL" in events[-1]["message"]) == ("error", True)


def test_verbose_names_each_rejected_page(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("", "utf-8")
    done = run("load", "empty.html", "--verbose", "--in-process", cwd=tmp_path)
    assert "empty.html: empty:" in done.stderr


@pytest.mark.parametrize(("share", "status"), [("0.5", Exit.DONE), ("25%", Exit.DONE), ("0.2", Exit.TOO_MANY_REJECTED)])
def test_more_rejected_than_allowed_ends_with_status_3(loaded: Path, share: str, status: Exit) -> None:
    done = run("load", "pages", "--max-rejected", share, "--in-process", "--database", "sqlite:///other.db", cwd=loaded)
    assert done.returncode == status


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("load", "nowhere.html"), "nowhere.html"),
        (("load", "pages", "--max-rejected", "half"), "'half' is no share"),
        (("load", "pages", "--publishers", "nowhere"), "nowhere"),
        (("load",), "Missing argument"),
        (("inspect", "nowhere.html"), "nowhere.html"),
        (("runs", "show", "99"), "there is no run 99"),
        (("pages", "--status", "lost"), "lost"),
        (("db", "query", "select nothing from nowhere"), "the query failed"),
        (("db", "query", "delete from articles"), "failed"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_one_line_that_names_it(loaded: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, cwd=loaded)
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (Exit.USAGE, True, False)


@pytest.mark.parametrize(
    "url", ["sqlite:///no/such/folder/news.db", "mysql://host/db", "nonsense", "postgresql://127.0.0.1:1/none"]
)
def test_a_database_that_cannot_be_used_ends_with_status_1_and_no_traceback(loaded: Path, url: str) -> None:
    done = run("load", "pages", "--in-process", "--database", url, cwd=loaded)
    assert (done.returncode, done.stderr.startswith("news-etl: "), "Traceback" in done.stderr) == (Exit.FAILED, True, False)


def test_a_password_never_reaches_the_ledger_or_a_message(loaded: Path) -> None:
    url = "postgresql://someone:secret@127.0.0.1:1/none"
    done = run("load", "pages", "--in-process", "--database", url, cwd=loaded)
    assert "secret" not in done.stderr + done.stdout


def test_runs_lists_the_ledger_and_show_counts_the_reasons(loaded: Path) -> None:
    listed = run("runs", "--json", cwd=loaded)
    shown = run("runs", "show", 1, "--json", cwd=loaded)
    assert [json.loads(line)["loaded"] for line in listed.stdout.splitlines()] == [3]
    assert json.loads(shown.stdout)["rejected_by_reason"] == {"empty": 1}


def test_pages_lists_the_rejected_with_reasons(loaded: Path) -> None:
    listed = run("pages", "--status", "rejected", "--json", cwd=loaded)
    (page,) = map(json.loads, listed.stdout.splitlines())
    assert (page["reason_code"], page["source"].endswith("broken.html")) == ("empty", True)


def test_inspect_tells_each_value_and_where_it_was_found(tmp_path: Path) -> None:
    write_stories(tmp_path, 1)
    shown = json.loads(run("inspect", "story-0000.html", "--json", cwd=tmp_path).stdout)
    assert (shown["title"], [author["name"] for author in shown["authors"]]) == (
        "Council votes to rebuild bridge number 0",
        ["Ada Ferrymann"],
    )
    assert set(shown["origins"]) >= {"title", "authors", "published", "body"}


def test_inspect_says_why_a_page_would_be_rejected(loaded: Path) -> None:
    assert run("inspect", "pages/broken.html", cwd=loaded).stdout.startswith("rejected (empty): ")


def test_db_current_and_upgrade_tell_the_revision(loaded: Path) -> None:
    current = run("db", "current", "--database", "sqlite:///news.db", cwd=loaded)
    upgraded = run("db", "upgrade", "--database", "sqlite:///news.db", cwd=loaded)
    assert (current.returncode, upgraded.returncode, "nothing to do" in upgraded.stdout) == (0, 0, True)


def test_a_query_prints_lines_parted_by_tabs_without_a_terminal(loaded: Path) -> None:
    done = run("db", "query", "select count(*) as articles, 'x' as letter from articles", cwd=loaded)
    assert done.stdout == "articles\tletter\n3\tx\n"


def test_publishers_are_listed_and_a_wrong_profile_is_named_with_file_and_key(tmp_path: Path) -> None:
    listed = run("publishers", "list", "--json", cwd=tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "news.example.toml").write_text('name = "News"\ntime_zone = "Mars/Olympus"\n', "utf-8")
    checked = run("publishers", "validate", "mine", cwd=tmp_path)
    assert "jpost.com" in {json.loads(line)["domain"] for line in listed.stdout.splitlines()}
    assert (checked.returncode, "news.example.toml" in checked.stderr, "time_zone" in checked.stderr) == (Exit.USAGE, True, True)


@pytest.mark.parametrize(("signum", "status"), [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.TERMINATED)])
def test_a_signal_finishes_the_batch_in_hand_and_the_next_load_completes(tmp_path: Path, signum: int, status: Exit) -> None:
    write_stories(tmp_path / "pages", 1200)
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "load", "pages", "--in-process"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _wait_for_first_batch(tmp_path / "news.db")
    process.send_signal(signum)
    process.communicate(timeout=60)
    before = rows(tmp_path / "news.db", "select status, pages_seen from load_runs")
    assert (process.returncode, before[0][0]) == (status, "interrupted")
    run("load", "pages", "--in-process", cwd=tmp_path)
    assert rows(tmp_path / "news.db", "select count(*) from articles") == [(1200,)]


def test_a_second_load_is_refused_with_status_75_until_the_first_is_killed(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 600)
    command = [sys.executable, "-m", "etl", "load", "pages", "--in-process"]
    first = subprocess.Popen(command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    _wait_for_first_batch(tmp_path / "news.db")
    first.send_signal(signal.SIGSTOP)  # it holds the database for as long as it takes to ask
    second = run("load", "pages", "--in-process", cwd=tmp_path)
    first.kill()
    first.wait()
    third = run("load", "pages", "--in-process", cwd=tmp_path)
    assert (second.returncode, second.stdout, third.returncode) == (Exit.LOCKED, "", Exit.DONE)
    assert (f"process {first.pid} on " in second.stderr, "load pages --in-process" in second.stderr) == (True, True)
    assert rows(tmp_path / "news.db", "select status from load_runs order by id") == [("interrupted",), ("succeeded",)]
    assert rows(tmp_path / "news.db", "select count(*) from articles") == [(600,)]


def _wait_for_first_batch(database: Path) -> None:
    for _ in range(1500):
        try:
            if database.exists() and rows(database, "select count(*) from pages") != [(0,)]:
                return
        except sqlite3.OperationalError:
            pass  # the schema is being made
        time.sleep(0.02)
    raise AssertionError("no batch was written within 30 seconds")


_COMMANDS = (
    "load", "run", "fetch", "inspect", "runs", "pages", "retry", "prune", "status", "coverage", "init", "config show",
    "db upgrade", "db current", "db query", "publishers list",
)  # fmt: skip


def test_help_of_every_command_has_an_example() -> None:
    for command in _COMMANDS:
        done = run(*command.split(), "--help", cwd=ROOT)
        assert "Example: news-etl" in done.stdout, command


def test_changed_page_is_updated_with_a_revision(loaded: Path) -> None:
    later = loaded / "later"
    later.mkdir()
    (later / "story.html").write_text(story(1, title="Council votes again on bridge number 1"), "utf-8")
    done = run("load", "later", "--in-process", cwd=loaded)
    assert "1 updated" in done.stdout
    assert rows(loaded / "news.db", "select max(revision) from articles") == [(2,)]
