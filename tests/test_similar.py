"""`news-etl similar`, as a user runs it after a load."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from etl.job import load_sources
from etl.settings import Settings
from tests.databases import SqliteFiles

SAMPLES = Path(__file__).parents[1] / "samples"
GAZETTE = "https://www.harbour-gazette.example/2024/05/harbour-opens-nine-days-after-storm/"
MERCURY = "https://www.strait-mercury.example/shipping/freighters-return-to-sandvik"


@pytest.fixture(scope="module")
def database(sqlite_files: SqliteFiles) -> str:
    url = sqlite_files.empty()
    load_sources(Settings(database=url, in_process=True), [str(SAMPLES)], command="test")
    return url


def similar(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "etl", "similar", *arguments, "--database", database]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("named", "others"),
    [
        pytest.param(GAZETTE, [MERCURY], id="by address"),
        pytest.param(MERCURY.replace("https://www.", "http://") + "?utm_source=x", [GAZETTE], id="another form"),
        pytest.param("strait-mercury.example/shipping/freighters-return-to-sandvik", [GAZETTE], id="by key"),
    ],
)
def test_the_other_articles_of_a_story_are_listed(database: str, named: str, others: list[str]) -> None:
    found = rows(similar(database, named, "--json"))
    assert [row["url"] for row in found] == others
    assert (0.3 < found[0]["similarity"] < 0.6, found[0]["containment"] > 0.6) == (True, True)


def test_an_article_can_be_named_by_its_number(database: str) -> None:
    (other,) = rows(similar(database, GAZETTE, "--json"))
    assert [row["url"] for row in rows(similar(database, str(other["article_id"]), "--json"))] == [GAZETTE]


def test_a_story_that_stands_nowhere_else_gives_no_rows(database: str) -> None:
    done = similar(database, "https://www.uplands-herald.example/villages/three-villages-vote-for-wind-turbines-they-will-own")
    assert (done.stdout.splitlines(), done.returncode) == (
        ["similarity\tcontainment\tpublished_at\tpublisher\ttitle\turl\tarticle_id"],
        0,
    )


def test_an_article_that_is_not_there_is_told(database: str) -> None:
    done = similar(database, "https://www.example.com/nothing")
    assert (done.returncode, "there is no article https://www.example.com/nothing" in done.stderr) == (2, True)


def test_after_a_load_nothing_is_left_to_compare(database: str) -> None:
    connection = sqlite3.connect(str(make_url(database).database))
    assert connection.execute("SELECT count(*) FROM story_queue").fetchall() == [(0,)]
    assert connection.execute("SELECT count(*) FROM articles a JOIN article_stories s ON s.article_id = a.id").fetchall() == [
        connection.execute("SELECT count(*) FROM articles").fetchone()
    ]
    connection.close()
