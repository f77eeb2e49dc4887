"""`news-etl explore` as a user runs it: a process of its own that answers over HTTP, writes nothing, and stops when told."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from etl.cli.exits import Exit
from etl.explore.description import DATABASE, description
from tests.explore.exploring import Explored
from tests.test_cli import ROOT, run

QUERIES = description()["databases"][DATABASE]["queries"]
WITHOUT_DATASETTE = """
import sys
sys.modules["datasette"] = None
from etl.cli import main
main()
"""


@pytest.fixture(scope="module")
def client(explored: Explored) -> Iterator[httpx.Client]:
    """Asks it."""
    with httpx.Client(base_url=explored.address, timeout=60, trust_env=False) as asking:
        yield asking


def rows(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    answer = client.get(path, params={"_shape": "array", "_size": "max"})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def test_the_database_is_shown_with_its_tables_and_questions(client: httpx.Client) -> None:
    page = client.get("/news").text
    assert "Which headlines were changed within an hour?" in page
    assert all(f'href="/news/{name}"' in page for name in ("articles", "article_overview", "load_runs", "most_read"))
    assert "alembic_version" not in page.split("hidden table")[0]


def test_tables_and_columns_are_described(client: httpx.Client) -> None:
    page = client.get("/news/articles").text
    assert "The current state of each article." in page
    assert "The headline as the page shows it." in page
    assert "Words of body, by Unicode word boundaries. Unit: words." in page


@pytest.mark.parametrize("name", QUERIES)
def test_every_documented_query_is_there_to_run(client: httpx.Client, database: Path, name: str) -> None:
    connection = sqlite3.connect(database)
    expected = connection.execute(QUERIES[name]["sql"]).fetchall()
    connection.close()
    assert client.get(f"/news/{name}").status_code == 200
    assert [tuple(row.values()) for row in rows(client, f"/news/{name}.json")] == expected


def test_facets_and_search_work(client: httpx.Client, database: Path) -> None:
    facets = client.get("/news/articles.json", params={"_size": 0}).json()["facet_results"]
    languages = {found["value"]: found["count"] for found in facets["language"]["results"]}
    english = count(database, "WHERE language = 'en'")
    assert (languages["en"], set(facets)) == (english, {"publisher_id", "section", "language", "access"})
    found = client.get("/news/article_overview.json", params={"_search": "seilbahn", "_shape": "array"}).json()
    assert [row["title"] for row in found] == ["Die alte Seilbahn fährt wieder"]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM articles",
        "WITH old AS (SELECT id FROM articles) DELETE FROM articles WHERE id IN old",
        "PRAGMA journal_mode = DELETE",
        "ATTACH DATABASE '/tmp/other.db' AS other",
        "DROP TABLE articles",
    ],
)
def test_nothing_can_be_written(client: httpx.Client, database: Path, sql: str) -> None:
    before = count(database)
    for path in ("/news", "/news.json"):
        assert client.get(path, params={"sql": sql}).status_code == 400
    for path in ("/news", "/news/articles", "/news/articles/1"):
        assert client.post(path, data={"sql": sql}).status_code == 405
    assert count(database) == before


def count(database: Path, limit: str = "") -> int:
    connection = sqlite3.connect(database)
    (number,) = connection.execute(f"SELECT count(*) FROM articles {limit}").fetchone()
    connection.close()
    return int(number)


def test_a_foreign_name_that_leads_here_gets_no_answer(client: httpx.Client) -> None:
    answers = [client.get("/news", headers={"host": host}).status_code for host in ("evil.example", "evil.example:8001")]
    assert answers == [421, 421]


def test_only_this_machine_is_answered(explored: Explored) -> None:
    table = Path("/proc/net/tcp")
    if not table.is_file():
        pytest.skip("only Linux tells in a file who listens where")
    port = int(explored.address.rstrip("/").rpartition(":")[2])
    places = {line.split()[1] for line in table.read_text().splitlines()[1:] if line.split()[3] == "0A"}
    assert {place for place in places if place.endswith(f":{port:04X}")} == {f"0100007F:{port:04X}"}


def test_what_a_load_writes_meanwhile_is_seen(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copyfile(database, copy)
    running = Explored(copy)
    connection = sqlite3.connect(copy)
    connection.execute("INSERT INTO publishers (domain) VALUES ('late.example')")
    connection.commit()
    connection.close()
    with httpx.Client(base_url=running.address, timeout=60, trust_env=False) as asking:
        domains = [row["domain"] for row in rows(asking, "/news/publishers.json")]
    assert ("late.example" in domains, running.stop(signal.SIGINT)) == (True, (Exit.DONE, ""))


def test_a_taken_port_a_missing_file_and_another_database_are_told(explored: Explored, database: Path, tmp_path: Path) -> None:
    port = explored.address.rstrip("/").rpartition(":")[2]
    taken = run("explore", "--database", f"sqlite:///{database}", "--port", port, cwd=tmp_path)
    missing = run("explore", cwd=tmp_path)
    other = run("explore", "--database", "postgresql://reader@localhost/news", cwd=tmp_path)
    assert [done.returncode for done in (taken, missing, other)] == [Exit.USAGE, Exit.FAILED, Exit.USAGE]
    assert "name another with --port" in taken.stderr
    assert "there is no such database" in missing.stderr
    assert "news-etl report" in other.stderr
    assert "news-etl export" in other.stderr


def test_the_extra_is_named_where_datasette_is_missing(database: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_DATASETTE, "explore", "--database", f"sqlite:///{database}", "--port", "0"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "pip install 'news-etl[explore]'" in done.stderr) == (Exit.USAGE, True)
