"""How rate and memory change with the number of pages, and the rate with the number of articles that are there already."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

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


def into_many(folder: Path, *, rounds: int, articles: int = 1_000_000, further: int = 10_000) -> dict[str, Any]:
    """Rates of further articles and pages into a database of `articles` short ones and into an empty one, which take turns: in
    each round both get the same part of what is further."""
    many, empty, started = folder / "many.db", folder / "empty.db", time.monotonic()
    _fill(many, made_aside(articles, words=(60, 180)), batch=1024)
    _settle(many)
    seconds = round(time.monotonic() - started)
    print(f"  {articles} articles in {seconds} s, {many.stat().st_size // _MB} MB", flush=True)
    rates = {
        "articles, the writer alone": _in_turns(_writing(further // rounds, rounds), empty, many),
        "pages, the whole job": _in_turns(_loading(folder, further // rounds, rounds), empty, many),
    }
    size = many.stat().st_size // _MB
    many.unlink()
    ratio = rates["pages, the whole job"]["full"] / rates["pages, the whole job"]["empty"]
    return {"articles": articles, "filled_in_s": seconds, "size_mb": size, "rates": rates, "ratio": round(ratio, 2)}


_Part: TypeAlias = tuple[int, Callable[[Path], Any]]
"""A number of pages and what brings them into a database."""


def _writing(count: int, rounds: int) -> Iterator[_Part]:
    """Parts of articles that are ready for the writer; what the end of a run does with them is left out."""
    archive = Archive(seed=2)
    for number in range(rounds):
        outcomes = list(archive.outcomes(count, start=number * count))
        yield count, partial(_fill, outcomes=outcomes, batch=128)


def _loading(folder: Path, count: int, rounds: int) -> Iterator[_Part]:
    """Parts of pages, each for a run of its own."""
    job, pages = Job(folder / "million", []), varied_pages(count * rounds)
    for number in range(rounds):
        archive = write_warc(islice(pages, count), folder / f"further-{number}.warc.gz", compression=1)
        yield count, partial(job.load, archive, 1)


def _in_turns(parts: Iterable[_Part], empty: Path, full: Path) -> dict[str, int]:
    """Pages a second, the median of the parts."""
    rates: dict[str, list[float]] = {"empty": [], "full": []}
    for count, bring in parts:
        for name, database in (("empty", empty), ("full", full)):
            rates[name].append(count / _seconds(bring, database))
            _settle(database)
        print("  " + ", ".join(f"{name}: {found[-1]:.0f} a second" for name, found in rates.items()), flush=True)
    return {name: round(median(found)) for name, found in rates.items()}


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
