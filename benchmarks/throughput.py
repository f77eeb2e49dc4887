"""The whole job as users run it, measured from outside: against the parse, other tools, itself with more workers."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from operator import attrgetter
from pathlib import Path
from typing import Any

from benchmarks.inputs import Input, write_folder, write_warc
from benchmarks.processes import Cost, alternate, in_turn, medians, run

ROOT = Path(__file__).parents[1]
PEERS = (
    "trafilatura",
    "newspaper4k",
    "resiliparse",
    "lxml_html_clean",
    "sqlite-utils",
    "dlt[sqlalchemy,postgres]",
    "py-spy",
)
CONTENDERS = ("lxml_parse", "trafilatura", "trafilatura_fast", "newspaper4k", "resiliparse")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(ROOT)}
"""That of a user: the compiled form of the program's modules is kept from one run to the next, as pip keeps the peers'."""


class Job:
    """The measurements over one list of pages, in a scratch folder."""

    def __init__(self, folder: Path, pages: list[Input]) -> None:
        self._folder = folder
        self._pages = pages
        self._files = folder / "pages"
        write_folder(pages, self._files)
        self.archive = write_warc(pages, folder / "pages.warc.gz")
        self._one = write_warc(pages[:1], folder / "one.warc.gz")
        self._runs = count()

    def against_parse(self, rounds: int) -> dict[str, Any]:
        """With one worker, against the bare parse of the same pages: milliseconds of CPU a page, and their ratio."""
        found = in_turn({**self._contenders(sys.executable, ("nothing", "lxml_parse")), **self._whole()}, rounds)
        costs = medians(found)
        job, parse = self._cpu_ms(costs["job"], costs["start"]), self._cpu_ms(costs["lxml_parse"], costs["nothing"])
        return {"job_ms": job, "lxml_parse_ms": parse, "job_to_parse": self._job_to_parse(found)}

    def against_peers(self, rounds: int) -> dict[str, Any]:
        """With one worker, against every contender: milliseconds a page."""
        found = in_turn({**self._whole(), **self._contenders(str(peer_python()), ("nothing", *CONTENDERS))}, rounds)
        costs = medians(found)
        pairs = {"news-etl, whole job": (costs["job"], costs["start"])}
        pairs |= {name: (costs[name], costs["nothing"]) for name in CONTENDERS}
        cpu = {name: self._cpu_ms(cost, less) for name, (cost, less) in pairs.items()}
        return {
            "pages": len(self._pages),
            "mean_page_bytes": sum(len(page.html) for page in self._pages) // len(self._pages),
            "rounds": rounds,
            "cpu_ms_a_page": cpu,
            "wall_ms_a_page": {name: self._ms(cost.wall - less.wall) for name, (cost, less) in pairs.items()},
            "job_to_parse": self._job_to_parse(found),
        }

    def _whole(self) -> dict[str, Callable[[], Cost]]:
        return {"start": self._start, "job": self._job}

    def _job_to_parse(self, rounds: Sequence[Mapping[str, Cost]]) -> float:
        """The median of the rounds' ratios: within a round the machine has one speed, or nearly so."""
        ratios = [
            self._cpu_ms(costs["job"], costs["start"]) / self._cpu_ms(costs["lxml_parse"], costs["nothing"]) for costs in rounds
        ]
        return round(statistics.median(ratios), 2)

    def speed_up(self, rounds: int) -> dict[str, Any]:
        """Rates with one and two workers, start taken off."""
        contenders: dict[str, Callable[[], Cost]] = {"start": self._start, "start, apart": partial(self._apart, self._one, 1)}
        contenders |= {str(n): partial(self.load, self.archive, n) for n in (1, 2)}
        contenders |= {f"{n} apart": partial(self._apart, self.archive, n) for n in (1, 2)}
        costs = alternate(contenders, rounds)
        seconds = {name: max(0.01, cost.wall - costs["start"].wall) for name, cost in costs.items()}
        apart = [max(0.01, costs[f"{n} apart"].wall - costs["start, apart"].wall) for n in (1, 2)]
        return {
            "pages": len(self._pages),
            "pages_a_second": {n: round(len(self._pages) / seconds[n], 1) for n in ("1", "2")},
            "speed_up": round(seconds["1"] / seconds["2"], 2),
            "machine": round(2 * apart[0] / apart[1], 2),
        }

    def _apart(self, archive: Path, number: int) -> Cost:
        """So many loads at once of one process each, which share nothing but the machine: the wall time is that of the last."""
        with ThreadPoolExecutor(number) as threads:
            costs = list(threads.map(lambda _: self.load(archive, 1, None, "--in-process"), range(number)))
        return max(costs, key=attrgetter("wall"))

    def second_pass(self, rounds: int) -> dict[str, Any]:
        """A load of an unchanged archive into the database that holds it, against the first load."""
        start, start_again = self._twice(self._one)
        first_pass, second_pass = self._twice(self.archive)
        contenders = {"start": start, "start again": start_again, "first": first_pass, "second": second_pass}
        costs = alternate(contenders, rounds)
        first, second = costs["first"].wall - costs["start"].wall, costs["second"].wall - costs["start again"].wall
        ms = {"first": self._ms(first), "second": self._ms(second)}
        return {"wall_ms_a_page": ms, "times_as_fast": round(first / max(0.001, second), 1)}

    def start(self, rounds: int) -> dict[str, Any]:
        """What starting costs: the help, and one page into a new database and one that is there."""
        new, again = self._twice(self._one)
        contenders: dict[str, Callable[[], Cost]] = {
            "`news-etl --help`": partial(run, [sys.executable, "-m", "etl", "--help"], env=ENVIRONMENT),
            "one page into a new database": new,
            "the same page again": again,
        }
        costs = alternate(contenders, rounds)
        return {"seconds": {name: [round(cost.wall, 2), round(cost.cpu, 2)] for name, cost in costs.items()}}

    def load(self, archive: Path, workers: int, database: Path | None = None, *options: str) -> Cost:
        """`news-etl load` of an archive; into a database of its own unless one is named."""
        made = database or self._folder / f"run-{next(self._runs)}.db"
        command = [sys.executable, "-m", "etl", "load", str(archive), "--workers", str(workers), "--quiet", *options]
        cost = run([*command, "--database", f"sqlite:///{made}"], env=ENVIRONMENT)
        if database is None:
            made.unlink()
        return cost

    def _twice(self, archive: Path) -> tuple[Callable[[], Cost], Callable[[], Cost]]:
        """A load into a new database, and another of the same into that."""
        database = self._folder / f"{archive.name}-twice.db"

        def first() -> Cost:
            database.unlink(missing_ok=True)
            return self.load(archive, 1, database)

        return first, lambda: self.load(archive, 1, database)

    def _start(self) -> Cost:
        return self.load(self._one, 1)

    def _job(self) -> Cost:
        return self.load(self.archive, 1)

    def _contenders(self, python: str, names: tuple[str, ...]) -> dict[str, Callable[[], Cost]]:
        script = str(Path(__file__).with_name("contenders.py"))
        return {name: partial(run, [python, script, name, str(self._files)]) for name in names}

    def _cpu_ms(self, cost: Cost, less: Cost) -> float:
        return self._ms(cost.cpu - less.cpu)

    def _ms(self, seconds: float) -> float:
        return round(1000 * seconds / len(self._pages), 3)


def peer_python() -> Path:
    """The interpreter of the peers' environment, made on first use and when the peers change."""
    folder = ROOT / "build" / "peers"
    python, ready = folder / "bin" / "python", folder / ".ready"
    if not ready.exists() or ready.read_text() != repr(PEERS):
        venv.create(folder, with_pip=True, clear=True)
        for packages in (["--upgrade", "pip"], PEERS):  # the pip that comes with Python 3.11 stumbles over newspaper4k's extras
            subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages], check=True)
        ready.write_text(repr(PEERS))
    return python
