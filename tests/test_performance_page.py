"""The tables of docs/performance.md: made of whatever figures there are, each part alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as bench
from benchmarks import figures, tables

CIRCUMSTANCES = {"on": "2024-05-01", "command": "python -m benchmarks", "machine": "a machine", "versions": {"Python": "3.13.1"}}
COST = {"cpu_ms": 1.0, "wall_ms": 2.0}
FIGURES: dict[str, dict[str, Any]] = {
    "job": {
        "pages": 10,
        "mean_page_bytes": 185_000,
        "rounds": 5,
        "cpu_ms_a_page": {"news-etl, whole job": 9.0, "lxml_parse": 2.0, "trafilatura": 60.0},
        "wall_ms_a_page": {"news-etl, whole job": 9.5, "lxml_parse": 2.0, "trafilatura": 61.0},
        "job_to_parse": 4.5,
    },
    "stages": {"ms_a_page": {"read": 1.0, "transform": 8.0, "known": 0.1, "database": 0.9, "whole": 10.0}},
    "profile": {"functions": [["read (etl/transform/blocks.py)", "9.1 %", "12.0 %"]]},
    "workers": {"pages_a_second": {"1": 100.0, "2": 170.0}, "speed_up": 1.7},
    "scale": {"ms_a_page": {"read": 0.5, "worker": 8.0}, "workers_fed": {"read": 16.0}},
    "database": {
        "articles": 3000,
        "sqlite": {"news-etl": COST, "raw": {"cpu_ms": 0.5, "wall_ms": 1.0}, "sqlite-utils, indexed": COST, "dlt": COST},
        "postgresql": {"news-etl": COST, "raw": COST, "dlt, indexed": COST},
    },
    "growth": {
        "pages": {
            "10000": {"pages_a_second": 300, "main_mb": 150, "worker_mb": 100},
            "100000": {"pages_a_second": 290, "main_mb": 160, "worker_mb": 101},
        }
    },
    "million": {"articles": 1_000_000, "rates": {"pages, the whole job": {"empty": 200, "full": 180}}, "ratio": 0.9},
    "second": {"wall_ms_a_page": {"first": 10.0, "second": 0.5}, "times_as_fast": 20.0},
    "export": {
        "rows": [
            {"database": "sqlite", "articles": 10_000, "format": "csv", "mb": 1.0, "wall_s": 1.0, "cpu_s": 1.0}
            | {"articles_a_second": 10_000, "rows_a_second": 90_000, "peak_mb": 80}
        ]
    },
    "queries": {
        "articles": 100_000,
        "queries_ms": {"views: stories": 12.3},
        "searches_ms": {"a rare word": 0.4},
        "counting": {"us_an_article": 40.0, "hundred_changed_ms": 8.0},
        "postgresql": {"queries_ms": {"views: stories": 101.0}, "searches_ms": {"a rare word": 0.5}},
    },
    "start": {"seconds": {"`news-etl --help`": [0.2, 0.2], "one page into a new database": [0.9, 1.2]}},
}


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file of figures in place of the committed one."""
    path = tmp_path / "figures.json"
    monkeypatch.setattr(figures, "FIGURES", path)
    return path


def test_every_part_has_a_table() -> None:
    assert bench.PARTS.keys() == tables._PARTS.keys()


@pytest.mark.parametrize("part", figures.read())
def test_committed_figures_are_shown(part: str) -> None:
    assert any(line.startswith("|---|") for line in tables.table(part))


@pytest.mark.parametrize("part", FIGURES)
def test_a_part_is_shown_with_its_figures_and_how_they_were_measured(committed: Path, part: str) -> None:
    committed.write_text(json.dumps({part: {"measured": CIRCUMSTANCES} | FIGURES[part]}))
    lines = list(tables.table(part))
    assert any(line.startswith("|---|") for line in lines)
    assert lines[-1] == "\nMeasured 2024-05-01 by `python -m benchmarks` on a machine; Python 3.13.1."


def test_what_is_not_measured_yet_says_how_to_measure_it(committed: Path) -> None:
    assert list(tables.table("growth")) == ["*Not measured yet: `python -m benchmarks --only growth --write`.*"]
    assert {line.split(" | ")[2] for line in list(tables.targets())[2:]} == {"not measured yet"}


def test_targets_are_reached_or_missed(committed: Path) -> None:
    committed.write_text(json.dumps({part: {"measured": CIRCUMSTANCES} | found for part, found in FIGURES.items()}))
    rows = [line.strip("| ").split(" | ") for line in list(tables.targets())[2:]]
    assert {row[0]: row[2:] for row in rows} == {
        "whole job / lxml parse, CPU": ["4.5", "reached"],
        "rate of the whole job / trafilatura's extraction": ["6.7", "reached"],
        "2 workers / 1 worker, on 2 cores": ["1.7", "missed"],
        "share of the database stage, SQLite, %": ["10", "reached"],
        "prepared articles into SQLite / raw executemany": ["0.5", "missed"],
        "prepared articles into PostgreSQL / raw COPY": ["1", "reached"],
        "into SQLite / the faster of sqlite-utils (indexed) and dlt": ["1", "reached"],
        "into SQLite / dlt with the same indexes": ["not measured yet"],
        "into PostgreSQL / dlt": ["not measured yet"],
        "into PostgreSQL / dlt with the same indexes": ["1", "reached"],
        "rate of pages into 1,000,000 articles / an empty database": ["0.9", "reached"],
        "peak RSS, main process, MB": ["160", "reached"],
        "peak RSS, a worker, MB": ["101", "reached"],
        "peak RSS of 100,000 pages / 10,000": ["1.07", "reached"],
        "second pass / first": ["20", "reached"],
        "`--help`, s": ["0.2", "reached"],
        "one page loaded into a new database, s": ["0.9", "reached"],
    }


def test_a_part_is_saved_without_touching_the_others(committed: Path) -> None:
    committed.write_text(json.dumps({"growth": {"pages": {}}}))
    figures.save("second", {"times_as_fast": 20.0}, "a command")
    found = figures.read()
    assert list(found) == ["growth", "second"]
    assert found["growth"] == {"pages": {}}
    assert found["second"]["times_as_fast"] == 20.0
    assert found["second"]["measured"]["command"] == "a command"


@pytest.mark.parametrize(("series", "status"), [([4.5], 0), ([5.1], 0), ([5.3, 5.3], 1), ([5.3, 4.6], 0)])
def test_a_ratio_worse_by_more_than_a_seventh_is_flagged_when_it_is_so_twice(
    committed: Path, series: list[float], status: int
) -> None:
    committed.write_text(json.dumps({"job": FIGURES["job"]}))
    left = iter(series)
    assert bench._compare(lambda: next(left)) == status
    assert next(left, None) is None
