"""Filled fields over time, as a user sees them: the warning of a run, the state, the metrics, the table."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.cli.exits import Exit
from etl.job import load_sources
from etl.pipeline import StopRequest
from etl.progress import Progress, SilentListener
from etl.settings import Settings
from tests.load.loading import rows
from tests.pages import write_stories
from tests.test_cli import run

CONFIG = '[[sources]]\nname = "saved"\nkind = "files"\npaths = ["pages"]\n'
SENTENCE = "news.example (source saved): authors on 0% of 20 articles, usually on 100%; has the layout changed?"


def write_stories_without_authors(folder: Path, count: int, *, first: int) -> None:
    write_stories(folder, count, first=first)
    for number in range(first, first + count):
        file = folder / f"story-{number:04}.html"
        text = file.read_text("utf-8").replace('"author": {"@type": "Person", "name": "Ada Ferrymann"}, ', "")
        file.write_text(text.replace('<p class="byline">By Ada Ferrymann</p>', ""), "utf-8")


@pytest.fixture
def nightly(tmp_path: Path) -> Path:
    """A folder in which a first run has read twenty stories with authors, and twenty without wait for the second."""
    (tmp_path / "news-etl.toml").write_text(CONFIG, "utf-8")
    write_stories(tmp_path / "pages", 20)
    assert run("run", "--in-process", "--quiet", cwd=tmp_path).stderr == ""
    write_stories_without_authors(tmp_path / "pages", 20, first=20)
    return tmp_path


def test_a_run_warns_of_lost_authors_and_so_do_its_summary_the_state_and_the_metrics(nightly: Path) -> None:
    done = run("run", "--in-process", "--summary-json", "s.json", "--metrics-file", "m.prom", "--log-format", "json", cwd=nightly)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    told = [event["level"] for event in events if event["message"] == f"fewer fields: {SENTENCE}"]
    summary = json.loads((nightly / "s.json").read_text("utf-8"))
    drop = {"publisher": "news.example", "source": "saved", "field": "authors", "share": 0.0, "usual": 1.0, "articles": 20}
    metrics = (nightly / "m.prom").read_text("utf-8").splitlines()
    assert (done.returncode, told, " drops=1 " in done.stdout) == (Exit.DONE, ["warning"], True)
    assert (summary["drops"], summary["coverage_drops"]) == (1, [drop])
    assert "news_etl_coverage_drops 1.0" in metrics
    assert 'news_etl_coverage_drop_ratio{field="authors",publisher="news.example",source="saved"} 0.0' in metrics
    state, as_json, strict = (run("status", *more, cwd=nightly) for more in ((), ("--json",), ("--fail-on-drop",)))
    assert (state.returncode, as_json.returncode, strict.returncode) == (Exit.DONE, Exit.DONE, Exit.UNWELL)
    assert (state.stdout.splitlines()[0], state.stdout.splitlines()[-1]) == ("well", f"warning: {SENTENCE}")
    assert json.loads(as_json.stdout)["coverage_drops"] == [drop]
    assert strict.stdout.splitlines()[0] == f"not well: {SENTENCE}"


def test_a_quiet_run_is_not_quiet_about_lost_authors(nightly: Path) -> None:
    done = run("run", "--in-process", "--quiet", cwd=nightly)
    assert (done.returncode, done.stdout, f"fewer fields: {SENTENCE}" in done.stderr) == (Exit.DONE, "", True)


def test_pages_known_byte_for_byte_do_not_hide_what_new_ones_lack(nightly: Path) -> None:
    run("run", "--in-process", "--all", cwd=nightly)
    shown = run("coverage", "--field", "authors", "--field", "tags", "--json", cwd=nightly)
    newest, first = (json.loads(line) for line in shown.stdout.splitlines())
    assert (newest["articles"], newest["shares"], newest["drops"]) == (20, {"authors": 0.0, "tags": 1.0}, ["authors"])
    assert (first["articles"], first["shares"], first["drops"]) == (20, {"authors": 1.0, "tags": 1.0}, [])


def test_coverage_is_a_table_over_time_with_the_drops_marked(nightly: Path) -> None:
    run("run", "--in-process", cwd=nightly)
    shown = run("coverage", "--publisher", "news.example", "--field", "authors", "--field", "tags", "--since", "1d", cwd=nightly)
    lines = [line.split("\t") for line in shown.stdout.splitlines()]
    assert lines[0] == ["run", "started_at", "source", "publisher", "articles", "authors", "tags"]
    assert [[line[0], *line[2:]] for line in lines[1:]] == [
        ["2", "saved", "news.example", "20", "0% !", "100%"],
        ["1", "saved", "news.example", "20", "100%", "100%"],
    ]
    by_day = run("coverage", "--by", "day", "--field", "authors", "--json", cwd=nightly)
    assert [json.loads(line)["articles"] for line in by_day.stdout.splitlines()] == [40]


def test_an_interrupted_run_has_counted_what_it_read(database: Engine, tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 12)
    stop = StopRequest()

    class Stopping(SilentListener):
        def counted(self, progress: Progress) -> None:
            stop.signal = signal.SIGTERM

    url = database.url.render_as_string(hide_password=False)
    settings = Settings(database=url, in_process=True, batch_pages=4)
    report = load_sources(settings, [str(tmp_path / "pages")], command="test", stop=stop, listener=Stopping())
    counted = rows(database, "SELECT load_run_id, publisher, source, articles, filled FROM run_coverage WHERE field = 'authors'")
    read = report.progress.pages["loaded"]
    assert (report.status.value, 0 < read < 12, counted) == ("interrupted", True, [(1, "news.example", "", read, read)])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--field", "headline"), "there is no field 'headline'; there are: title, "),
        (("--since", "yesterday"), "'yesterday' is no time: write how long ago"),
        (("--since", "2024-02-30"), "is no time"),
        (("--since", "999999999w"), "is no time"),
        (("--by", "week"), "week"),
    ],
)
def test_what_coverage_cannot_show_is_wrong_usage(tmp_path: Path, arguments: tuple[str, str], said: str) -> None:
    run("db", "upgrade", cwd=tmp_path)
    done = run("coverage", *arguments, cwd=tmp_path)
    assert (done.returncode, said in done.stderr) == (Exit.USAGE, True)
