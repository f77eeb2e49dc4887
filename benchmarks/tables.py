"""The committed figures as Markdown for `docs/performance.md`: what the page says is what was measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from benchmarks.figures import read


def table(part: str) -> Iterator[str]:
    """A part's table, under it how it was measured; or how to measure it."""
    figures = read().get(part)
    if figures is None:
        yield f"*Not measured yet: `python -m benchmarks --only {part} --write`.*"
        return
    yield from _PARTS[part](figures)
    measured = figures["measured"]
    versions = ", ".join(f"{name} {number}" for name, number in measured["versions"].items())
    yield f"\nMeasured {measured['on']} by `{measured['command']}` on {measured['machine']}; {versions}."


def targets() -> Iterator[str]:
    """What was aimed at and what was reached."""
    figures = read()
    rows = []
    for what, target, part, reached in _TARGETS:
        value = reached(figures[part]) if part in figures else None
        shown = "not measured yet" if value is None else f"{value:g}"
        rows.append([what, f"{_SIGNS[target[0]]} {target[1]:g}", shown, "" if value is None else _verdict(value, target)])
    yield from markdown(["what", "target", "reached", ""], rows)


def markdown(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A table; all columns but the first to the right."""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'--:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join('–' if value is None else str(value) for value in row)} |"


_SIGNS = {"<": "≤", ">": "≥"}


def _verdict(value: float, target: tuple[str, float]) -> str:
    return "reached" if (value <= target[1] if target[0] == "<" else value >= target[1]) else "missed"


def _job(figures: dict[str, Any]) -> Iterator[str]:
    cpu, wall, parse = figures["cpu_ms_a_page"], figures["wall_ms_a_page"], figures["cpu_ms_a_page"]["lxml_parse"]
    rows = [[name, cpu[name], wall[name], f"{cpu[name] / parse:.1f}"] for name in cpu]
    yield from markdown(["", "CPU ms a page", "wall ms a page", "× lxml parse"], rows)
    yield f"\n{figures['pages']} pages of {figures['mean_page_bytes'] // 1000} kB on average, {figures['rounds']} rounds."


def _stages(figures: dict[str, Any]) -> Iterator[str]:
    whole = figures["ms_a_page"]["whole"]
    rows = [[name, ms, f"{100 * ms / whole:.0f} %"] for name, ms in figures["ms_a_page"].items()]
    yield from markdown(["stage", "CPU ms a page", "share"], rows)


def _profile(figures: dict[str, Any]) -> Iterator[str]:
    yield from markdown(["function", "share of the samples in it", "in it and what it calls"], figures["functions"])


def _workers(figures: dict[str, Any]) -> Iterator[str]:
    yield from markdown(["workers", "pages a second"], figures["pages_a_second"].items())
    yield f"\nTwo workers: {figures['speed_up']} × one."
    if "machine" in figures:
        yield f"Two loads of one process each, at once: {figures['machine']} × one. {figures['pages']} pages."


def _scale(figures: dict[str, Any]) -> Iterator[str]:
    rows = [[name, ms, figures["workers_fed"].get(name)] for name, ms in figures["ms_a_page"].items()]
    yield from markdown(["alone", "CPU ms a page", "workers until it is the limit"], rows)


def _database(figures: dict[str, Any]) -> Iterator[str]:
    for database in ("sqlite", "postgresql"):
        found = figures[database]
        raw = found["raw"]["wall_ms"]
        rows = [[name, f["cpu_ms"], f["wall_ms"], f"{raw / f['wall_ms']:.2f}"] for name, f in found.items()]
        yield f"\n{database}, {figures['articles']} articles:\n"
        yield from markdown(["", "client's CPU ms an article", "wall ms an article", "× the rate of raw"], rows)


def _growth(figures: dict[str, Any]) -> Iterator[str]:
    rows = [[f"{int(n):,}", f["pages_a_second"], f["main_mb"], f["worker_mb"]] for n, f in figures["pages"].items()]
    yield from markdown(["pages", "pages a second", "peak MB, main process", "peak MB, largest of the others"], rows)


def _million(figures: dict[str, Any]) -> Iterator[str]:
    rows = [[name, f["empty"], f["full"], f"{f['full'] / f['empty']:.2f}"] for name, f in figures["rates"].items()]
    yield from markdown(["further", "a second, empty database", f"{figures['articles']:,} articles in it", "ratio"], rows)


def _second(figures: dict[str, Any]) -> Iterator[str]:
    yield from markdown(["", "ms a page"], figures["wall_ms_a_page"].items())
    yield f"\nThe second pass is {figures['times_as_fast']} × as fast."


def _start(figures: dict[str, Any]) -> Iterator[str]:
    yield from markdown(["", "wall s", "CPU s"], [[name, *seconds] for name, seconds in figures["seconds"].items()])


def _export(figures: dict[str, Any]) -> Iterator[str]:
    columns = ("database", "articles", "format", "mb", "wall_s", "cpu_s", "articles_a_second", "rows_a_second", "peak_mb")
    rows = [[f"{row[name]:,}" if isinstance(row[name], int) else row[name] for name in columns] for row in figures["rows"]]
    names = ["database", "articles", "format", "MB written", "wall s", "CPU s", "articles a second", "rows a second", "peak MB"]
    yield from markdown(names, rows)


def _queries(figures: dict[str, Any]) -> Iterator[str]:
    """Each query's time, on both databases where both were measured (the aim is SQLite's); then what counting costs."""
    measured = {"SQLite": figures} | ({"PostgreSQL": figures["postgresql"]} if "postgresql" in figures else {})
    times = {kind: _times(found) for kind, found in measured.items()}
    rows = [
        [name, *(of.get(name) for of in times.values()), "over 100 ms" if ms > 100 else ""]
        for name, ms in sorted(times["SQLite"].items(), key=lambda item: item[1])
    ]
    yield from markdown([f"on {figures['articles']:,} articles", *(f"{kind}, ms" for kind in times), ""], rows)
    counting = {kind: found["counting"] for kind, found in measured.items() if "counting" in found}
    if counting:
        yield ""
        costs = [[kind, cost["us_an_article"], cost["hundred_changed_ms"]] for kind, cost in counting.items()]
        yield from markdown(["counting", "µs an article, the whole archive anew", "ms for 100 changed articles"], costs)


def _times(figures: dict[str, Any]) -> dict[str, float]:
    return {f"search: {name}": ms for name, ms in figures["searches_ms"].items()} | dict(figures["queries_ms"])


_PARTS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "job": _job,
    "stages": _stages,
    "profile": _profile,
    "workers": _workers,
    "scale": _scale,
    "database": _database,
    "growth": _growth,
    "million": _million,
    "second": _second,
    "start": _start,
    "export": _export,
    "queries": _queries,
}


def _times_trafilatura(figures: dict[str, Any]) -> float:
    cpu = figures["cpu_ms_a_page"]
    return round(float(cpu["trafilatura"] / cpu["news-etl, whole job"]), 1)


def _database_share(figures: dict[str, Any]) -> float:
    stages = figures["ms_a_page"]
    return round(float(100 * (stages["database"] + stages["known"]) / stages["whole"]), 1)


def _of_raw(database: str) -> Callable[[dict[str, Any]], float]:
    return lambda figures: round(float(figures[database]["raw"]["wall_ms"] / figures[database]["news-etl"]["wall_ms"]), 2)


def _ahead(database: str, *peers: str) -> Callable[[dict[str, Any]], float | None]:
    """How many times as fast as the fastest of some peers."""

    def ahead(figures: dict[str, Any]) -> float | None:
        found = figures[database]
        times = [found[peer]["wall_ms"] for peer in peers if peer in found]
        return round(float(min(times) / found["news-etl"]["wall_ms"]), 2) if times else None

    return ahead


def _peak(process: str) -> Callable[[dict[str, Any]], float]:
    return lambda figures: float(max(found[process] for found in figures["pages"].values()))


def _growth_of_memory(figures: dict[str, Any]) -> float | None:
    pages = figures["pages"]
    if not {"10000", "100000"} <= pages.keys():
        return None
    return round(float(max(pages["100000"][name] / pages["10000"][name] for name in ("main_mb", "worker_mb"))), 2)


_UTILS = "sqlite-utils, indexed"
_TARGETS: tuple[tuple[str, tuple[str, float], str, Callable[[dict[str, Any]], float | None]], ...] = (
    ("whole job / lxml parse, CPU", ("<", 4.5), "job", lambda f: f["job_to_parse"]),
    ("rate of the whole job / trafilatura's extraction", (">", 6), "job", _times_trafilatura),
    ("2 workers / 1 worker, on 2 cores", (">", 1.8), "workers", lambda f: f["speed_up"]),
    ("share of the database stage, SQLite, %", ("<", 12), "stages", _database_share),
    ("prepared articles into SQLite / raw executemany", (">", 0.6), "database", _of_raw("sqlite")),
    ("prepared articles into PostgreSQL / raw COPY", (">", 0.5), "database", _of_raw("postgresql")),
    ("into SQLite / the faster of sqlite-utils (indexed) and dlt", (">", 1), "database", _ahead("sqlite", _UTILS, "dlt")),
    ("into SQLite / dlt with the same indexes", (">", 1), "database", _ahead("sqlite", "dlt, indexed")),
    ("into PostgreSQL / dlt", (">", 1), "database", _ahead("postgresql", "dlt")),
    ("into PostgreSQL / dlt with the same indexes", (">", 1), "database", _ahead("postgresql", "dlt, indexed")),
    ("rate of pages into 1,000,000 articles / an empty database", (">", 0.8), "million", lambda f: f["ratio"]),
    ("peak RSS, main process, MB", ("<", 250), "growth", _peak("main_mb")),
    ("peak RSS, a worker, MB", ("<", 250), "growth", _peak("worker_mb")),
    ("peak RSS of 100,000 pages / 10,000", ("<", 1.1), "growth", _growth_of_memory),
    ("second pass / first", (">", 15), "second", lambda f: f["times_as_fast"]),
    ("`--help`, s", ("<", 0.3), "start", lambda f: f["seconds"]["`news-etl --help`"][0]),
    ("one page loaded into a new database, s", ("<", 1), "start", lambda f: f["seconds"]["one page into a new database"][0]),
)
