"""The rehearsal of the nightly job: nights on a site of this machine, with the real program, against what must come of them.

`run_all` is what `python -m tests.night` runs; each check raises AssertionError where a night went otherwise.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.cli.exits import Exit
from etl.load.engine import open_engine
from tests.databases import content
from tests.load.loading import rows
from tests.night.site import FEED, SITEMAP, Site, site
from tests.test_cli import ROOT

_CONFIG = """
[fetch]
contact = "me@example.org"
delay = "0s"
retries = 1
allow_private = true

[[sources]]
name = "gazette"
kind = "feed"
urls = ["{feed}"]

[[sources]]
name = "annex"
kind = "sitemap"
urls = ["{sitemap}"]
"""
_SECONDS = 120
# Statements of a run that loads: in the middle of a batch's transaction; when all is loaded, but not yet in the source's account.
IN_A_BATCH, AFTER_THE_LAST_BATCH = "INSERT INTO article_revisions", "INSERT INTO source_runs"
Told = Callable[[str], None]


class Job:
    """A configured job in a folder of its own, called as cron calls it."""

    def __init__(self, folder: Path, site: Site, *options: str) -> None:
        self.folder, self._options = folder, options
        folder.mkdir(parents=True)
        text = _CONFIG.format(feed=site.gazette.url + FEED, sitemap=site.annex.url + SITEMAP)
        (folder / "news-etl.toml").write_text(text, "utf-8")

    def start(self, *before: str) -> subprocess.Popen[str]:
        """`news-etl run`; `before` puts another module in its place."""
        command = [sys.executable, "-m", *(before or ("etl",)), "run", *self._options]
        env = {name: value for name, value in os.environ.items() if not name.startswith("NEWS_ETL_")} | {"PYTHONPATH": str(ROOT)}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.folder, env=env, stdout=pipe, stderr=pipe, text=True)

    def run(self, *before: str) -> tuple[int, str]:
        """The exit status, and what was said on stderr."""
        process = self.start(*before)
        _, said = process.communicate(timeout=_SECONDS)
        return process.returncode, said

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        engine = open_engine(f"sqlite:///{self.folder / 'news.db'}")
        try:
            return rows(engine, query)
        finally:
            engine.dispose()

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that a run leaves for analysts and for the next run, table by table, without times of fetching and what hangs on
        them: the files of the spool."""
        engine = open_engine(f"sqlite:///{self.folder / 'news.db'}")
        try:
            found = content(engine, also_passing=_TIMES)
            del found["source_files"]
            found["visits"] = sorted(rows(engine, "SELECT url, etag, marker, quiet, failures FROM visits"))
            return found
        finally:
            engine.dispose()


_TIMES = frozenset({"seen_at", "fetched_at", "first_fetched_at", "last_fetched_at"})


def three_nights(folder: Path, told: Told = print) -> None:
    """Stories are added, changed and removed, one host fails: exactly the right rows, and not one needless request."""
    with site() as place:
        job = Job(folder, place)
        told("night 1: 30 stories in the feed, 2 in the sitemap")
        _expect("exit", job.run()[0], Exit.DONE)
        first = {
            "gazette": ["/robots.txt", FEED, *_paths(1, 24)],
            "annex": ["/robots.txt", *_paths(25, 30), SITEMAP, "/31", "/32"],
        }
        _expect("requests", place.asked(), first)
        _expect("stories", _stories(job), {number: [1] for number in range(1, 33)})

        told("night 2: 2 new, 2 changed, 1 only said to have changed, 2 removed; the annex is down, 1 new and 1 changed there")
        known = place.gazette.etag(FEED)
        place.write((33, 34), place.gazette)
        place.write((3, 4), place.gazette, version=2)
        place.write((26,), place.annex, version=2)
        place.write((35,), place.annex)
        place.touch(5)
        place.remove(7, 404, still_listed=False)
        place.remove(8, 410, still_listed=True)
        with place.down():
            _expect("exit", job.run()[0], Exit.SOURCE_FAILED)
        changed = ['/3 unless "3.1"', '/4 unless "4.1"', '/5 unless "5.1"', '/8 unless "8.1"']
        second = {
            "gazette": ["/robots.txt", f"{FEED} unless {known}", *changed, "/33", "/34"],
            "annex": ["/robots.txt"] * 2,  # asked once more, as `retries` says, and then for nothing else
        }
        _expect("requests", place.asked(), second)
        expected = {number: [1] for number in range(1, 35)} | {3: [1, 2], 4: [1, 2]}
        _expect("stories", _stories(job), expected)

        told("night 3: the annex is back, 1 new")
        place.write((36,), place.gazette)
        _expect("exit", job.run()[0], Exit.DONE)
        third = {
            "gazette": ["/robots.txt", f"{FEED} unless {known}", "/36"],
            "annex": ["/robots.txt", '/26 unless "26.1"', "/35", f'{SITEMAP} unless "map-2"'],
        }
        _expect("requests", place.asked(), third)
        expected |= {26: [1, 2], 35: [1], 36: [1]}
        _expect("stories", _stories(job), expected)

        told("night 4: nothing has happened")
        known = place.gazette.etag(FEED)
        _expect("exit", job.run()[0], Exit.DONE)
        fourth = {"gazette": ["/robots.txt", f"{FEED} unless {known}"], "annex": ["/robots.txt", f'{SITEMAP} unless "map-2"']}
        _expect("requests", place.asked(), fourth)
        _expect("stories", _stories(job), expected)
        _expect("accounts", job.rows(_ACCOUNTS), _EXPECTED_ACCOUNTS)
        _expect("pages", job.rows("SELECT load_run_id, status, count(*) FROM pages GROUP BY 1, 2 ORDER BY 1, 2"), _EXPECTED_PAGES)


_ACCOUNTS = (
    "SELECT load_runs.id, load_runs.status, source_runs.name, source_runs.status, source_runs.loaded, source_runs.updated"
    " FROM load_runs JOIN source_runs ON load_run_id = load_runs.id ORDER BY source_runs.id"
)
_EXPECTED_ACCOUNTS = [
    (1, "succeeded", "gazette", "succeeded", 30, 0),
    (1, "succeeded", "annex", "succeeded", 2, 0),
    (2, "succeeded", "gazette", "succeeded", 2, 2),
    (2, "succeeded", "annex", "failed", 0, 0),
    (3, "succeeded", "gazette", "succeeded", 2, 1),
    (3, "succeeded", "annex", "succeeded", 0, 0),
    (4, "succeeded", "gazette", "succeeded", 0, 0),
    (4, "succeeded", "annex", "succeeded", 0, 0),
]
_EXPECTED_PAGES = [(1, "loaded", 32), (2, "loaded", 2), (2, "updated", 2), (3, "loaded", 2), (3, "updated", 1)]


def killed_nights(folder: Path, told: Told = print) -> None:
    """Two nights, killed at some point and then run again: the same content as of nights that nothing disturbed."""
    with site() as place:
        calm, fetching, loading = (Job(folder / name, place, "--in-process") for name in ("calm", "fetching", "loading"))
        told("night 1: undisturbed; killed while it fetches; killed while it loads; then both run again")
        _kill_while_fetching(fetching, place, 11)
        _kill(loading, IN_A_BATCH)
        place.asked()
        _complete(fetching, ["interrupted", "succeeded"])
        asked = place.asked()["gazette"]
        _expect("requests of the run after the kill", asked, ["/robots.txt", FEED, *_paths(11, 24)])
        _complete(loading, ["interrupted", "succeeded"])
        _expect(
            "requests for what is in the spool",
            place.asked()["gazette"],
            ["/robots.txt", f"{FEED} unless {place.gazette.etag(FEED)}"],
        )
        _complete(calm, ["succeeded"])
        for job in (fetching, loading):
            _expect_same(job, calm)

        told("night 2, with new and changed stories: the same, the second killed twice, while it loads and when it has loaded")
        place.write((33, 34), place.gazette)
        place.write((3, 12, 26), place.gazette, version=2)
        _kill_while_fetching(fetching, place, 12)
        _kill(loading, IN_A_BATCH)
        _kill(loading, AFTER_THE_LAST_BATCH)
        _complete(fetching, ["interrupted", "succeeded"] * 2)
        _complete(loading, ["interrupted", "succeeded", "interrupted", "interrupted", "succeeded"])
        _complete(calm, ["succeeded"] * 2)
        for job in (fetching, loading):
            _expect_same(job, calm)


def _complete(job: Job, runs: list[str]) -> None:
    _expect("exit", job.run()[0], Exit.DONE)
    _expect("runs", [status for (status,) in job.rows("SELECT status FROM load_runs ORDER BY id")], runs)


def _expect_same(job: Job, calm: Job) -> None:
    found = job.content()
    for table, expected in calm.content().items():
        _expect(f"{job.folder.name}: {table}", found[table], expected)


def _kill(job: Job, before: str) -> None:
    _expect("killed", job.run("tests.night.dying", before)[0], -signal.SIGKILL)


def _kill_while_fetching(job: Job, place: Site, number: int) -> None:
    with place.held(number) as asked:
        process = job.start()
        _expect("asked", asked.wait(_SECONDS), True)
        process.kill()
        process.communicate()


def two_at_once(folder: Path, told: Told = print) -> None:
    """Of two runs one works, the other exits 75 and says who holds the database; a kill frees it for the next at once."""
    with site() as place:
        job = Job(folder, place)
        told("two runs at once, then kill -9 of the one that works, then a third")
        with place.held(9) as asked:
            first = job.start()
            _expect("asked", asked.wait(_SECONDS), True)
            status, said = job.run()
            _expect("exit of the second", status, Exit.LOCKED)
            _expect("the second names the first", f"process {first.pid} on " in said, True)
            first.kill()
            first.communicate()
        _expect("exit of the third", job.run()[0], Exit.DONE)
        _expect("runs", job.rows("SELECT status FROM load_runs ORDER BY id"), [("interrupted",), ("succeeded",)])
        _expect("articles", job.rows("SELECT count(*) FROM articles"), [(32,)])


def run_all(folder: Path, told: Told = print) -> None:
    """The whole rehearsal, each part in a folder below this one."""
    three_nights(folder / "three-nights", told)
    killed_nights(folder / "killed-nights", told)
    two_at_once(folder / "two-at-once", told)


def _paths(first: int, last: int) -> list[str]:
    return [f"/{number}" for number in range(first, last + 1)]


def _stories(job: Job) -> dict[int, list[int]]:
    """The versions of each story that the database holds, oldest first; the article itself has to be the newest."""
    query = (
        "SELECT a.title, a.revision, r.title, r.revision FROM articles a JOIN article_revisions r ON r.article_id = a.id"
        " ORDER BY a.key, r.revision"
    )
    found: dict[int, list[int]] = {}
    newest = {}
    for title, revision, old_title, old_revision in job.rows(query):
        number = int(title.rpartition(" ")[2])
        found.setdefault(number, []).append(_version(old_title))
        _expect("revision", old_revision, len(found[number]))
        newest[number] = (_version(title), revision)
    _expect("current state", newest, {number: (versions[-1], len(versions)) for number, versions in found.items()})
    return dict(sorted(found.items()))


def _version(title: str) -> int:
    return int(title.split()[2])


def _expect(what: str, found: object, expected: object) -> None:
    if found == expected:
        return
    if isinstance(found, list) and isinstance(expected, list):
        surplus, lacking = [row for row in found if row not in expected], [row for row in expected if row not in found]
        raise AssertionError(f"{what}: too much: {surplus!r}, lacking: {lacking!r} (else: the order)")
    raise AssertionError(f"{what}: found {found!r}, expected {expected!r}")
