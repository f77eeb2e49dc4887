"""How rate and memory change with the number of pages, and the rate with the number of articles that are there already."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.inputs import varied_pages, write_warc
from benchmarks.synthetic import Archive, fill, made_aside, settle
from benchmarks.throughput import Job
from etl.load.engine import open_engine
from etl.load.schema import ensure_current

_MB = 2**20


def by_pages(folder: Path, counts: Sequence[int], *, workers: int = 2) -> dict[str, Any]:
    """The whole job over so many small pages: rate, and peak memory of the main process and of the largest worker."""
    job, found = Job(folder / "growth", []), {}
    for count in counts:
        archive = write_warc(varied_pages(count), folder / f"{count}.warc.gz", compression=1)
        cost = job.load(archive, workers)
        archive.unlink()
        rate = round(count / cost.wall)
        memory = {"main_mb": cost.peak_rss // _MB, "worker_mb": cost.others_rss // _MB}
        found[str(count)] = {"pages_a_second": rate, "cpu_ms_a_page": round(1000 * cost.cpu / count, 2), **memory}
        print(f"  {count} pages: {found[str(count)]}", flush=True)
    return {"workers": workers, "pages": found}


def into_many(folder: Path, *, articles: int = 1_000_000, further: int = 10_000) -> dict[str, Any]:
    """Rates of further articles and pages into a database of `articles` short ones, and into an empty one."""
    many, empty, started = folder / "many.db", folder / "empty.db", time.monotonic()
    _fill(many, made_aside(articles, words=(60, 180)), batch=1024)
    _settle(many)
    seconds = round(time.monotonic() - started)
    print(f"  {articles} articles in {seconds} s, {many.stat().st_size // _MB} MB", flush=True)
    prepared = list(Archive(seed=2).outcomes(further))
    archive = write_warc(varied_pages(further), folder / "further.warc.gz", compression=1)
    job = Job(folder / "million", [])
    rates = {}
    measures: dict[str, Callable[[Path], Any]] = {
        "articles, the writer alone": partial(_fill, outcomes=prepared, batch=128),
        "pages, the whole job": lambda database: job.load(archive, 1, database),
    }
    for name, measure in measures.items():
        rates[name] = {
            "empty": round(further / _seconds(measure, empty)),
            "full": round(further / _seconds(measure, many)),
        }
        for database in (empty, many):
            _settle(database)
        print(f"  {name}: {rates[name]}", flush=True)
    size = many.stat().st_size // _MB
    many.unlink()
    ratio = rates["pages, the whole job"]["full"] / rates["pages, the whole job"]["empty"]
    return {"articles": articles, "filled_in_s": seconds, "size_mb": size, "rates": rates, "ratio": round(ratio, 2)}


def _seconds(measure: Callable[[Path], Any], database: Path) -> float:
    started = time.perf_counter()
    measure(database)
    return time.perf_counter() - started


def _fill(database: Path, outcomes: Any, *, batch: int) -> None:
    engine = open_engine(f"sqlite:///{database}")
    ensure_current(engine)
    fill(engine, outcomes, batch=batch, settled=False)
    engine.dispose()


def _settle(database: Path) -> None:
    engine = open_engine(f"sqlite:///{database}")
    settle(engine)
    engine.dispose()
