"""The speed of the whole job, as ratios measured in one run: against the bare parse, against other tools, by stage, by workers.

    python -m benchmarks.throughput [--shared DIR] [--rounds N] [--every N] [--write]     measure; --write renews figures.json
    python -m benchmarks.throughput --compare                                          the ratio job / parse against figures.json
    python -m benchmarks.throughput --smoke                                            a few made pages, no thresholds

Peers are installed into an environment of their own (build/peers). Figures are medians of alternating rounds; what starting a
process and reading the files costs is measured and taken off.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.inputs import Input, corpus_pages, made_pages, write_folder, write_warc
from benchmarks.processes import Cost, alternate, run
from benchmarks.stages import by_stage

ROOT = Path(__file__).parents[1]
FIGURES = Path(__file__).with_name("figures.json")
PEERS = ("trafilatura", "newspaper4k", "resiliparse", "lxml_html_clean")
CONTENDERS = ("lxml_parse", "trafilatura", "trafilatura_fast", "newspaper4k", "resiliparse")
_ALLOWED = 1.15
"""How much worse than the committed figure the ratio job / parse may be before `--compare` flags it."""


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with the measuring corpus")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--every", type=int, default=4, help="every n-th page of the corpus")
    parser.add_argument("--write", action="store_true", help="renew benchmarks/figures.json")
    parser.add_argument("--compare", action="store_true", help="only the ratio job / parse, against figures.json")
    parser.add_argument("--smoke", action="store_true", help="a few made pages, one round, no thresholds")
    args = parser.parse_args()
    pages = _pages(args)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), pages)
        if args.smoke:
            _show(bench.job_against_parse(1) | {"stages": by_stage(pages)})
            return 0
        if args.compare:
            return _compare(bench.job_against_parse(args.rounds))
        figures = bench.everything(args.rounds)
    _show(figures)
    if args.write:
        FIGURES.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 0


def _pages(args: argparse.Namespace) -> list[Input]:
    if args.smoke:
        return list(made_pages(12))
    corpus = args.shared / "corpus"
    return list(corpus_pages(corpus, every=args.every)) if corpus.is_dir() else list(made_pages(216))


class Bench:
    """The measurements over one list of pages, in a scratch folder."""

    def __init__(self, folder: Path, pages: list[Input]) -> None:
        self._folder = folder
        self._pages = pages
        self._files = folder / "pages"
        write_folder(pages, self._files)
        (folder / "none").mkdir()
        self._archive = write_warc(pages, folder / "pages.warc.gz")
        self._one = write_warc(pages[:1], folder / "one.warc.gz")
        self._runs = 0

    def everything(self, rounds: int) -> dict[str, Any]:
        """All figures, with the machine and the versions they were measured on."""
        return {
            "machine": machine(),
            "pages": len(self._pages),
            "mean_page_bytes": sum(len(page.html) for page in self._pages) // len(self._pages),
            "rounds": rounds,
            "job": self.job_against_peers(rounds),
            "stages": by_stage(self._pages),
            "workers": self.speed_up(rounds),
            "second_pass": self.second_pass(rounds),
        }

    def job_against_parse(self, rounds: int) -> dict[str, Any]:
        """The whole job with one worker, and the bare parse of the same pages: milliseconds of CPU a page, and their ratio."""
        costs = alternate(
            {"start": self._start, "job": self._job, **self._contenders(sys.executable, ("nothing", "lxml_parse"))}, rounds
        )
        job, parse = self._page_cost(costs["job"], costs["start"]), self._page_cost(costs["lxml_parse"], costs["nothing"])
        return {"job_ms": job, "lxml_parse_ms": parse, "job_to_parse": round(job / parse, 2)}

    def job_against_peers(self, rounds: int) -> dict[str, Any]:
        """The whole job with one worker against every contender: milliseconds of CPU a page."""
        peers = peer_python()
        contenders = {"start": self._start, "job": self._job, **self._contenders(str(peers), ("nothing", *CONTENDERS))}
        costs = alternate(contenders, rounds)
        figures = {name: self._page_cost(costs[name], costs["nothing"]) for name in CONTENDERS}
        job = self._page_cost(costs["job"], costs["start"])
        return {
            "cpu_ms_a_page": {"news-etl, whole job": job} | figures,
            "job_to_parse": round(job / figures["lxml_parse"], 2),
            "times_as_fast_as": {name: round(figure / job, 1) for name, figure in figures.items() if name != "lxml_parse"},
            "start_cpu_s": round(costs["start"].cpu, 2),
            "start_wall_s": round(costs["start"].wall, 2),
            "peak_rss_mb": costs["job"].peak_rss // 2**20,
        }

    def speed_up(self, rounds: int) -> dict[str, Any]:
        """Rates with one and two workers, start taken off."""
        costs = alternate(
            {"start": self._start, "1": partial(self._load, self._archive, 1), "2": partial(self._load, self._archive, 2)}, rounds
        )
        rates = {n: len(self._pages) / max(0.01, costs[n].wall - costs["start"].wall) for n in ("1", "2")}
        return {"pages_a_second": {n: round(rate, 1) for n, rate in rates.items()}, "speed_up": round(rates["2"] / rates["1"], 2)}

    def second_pass(self, rounds: int) -> dict[str, Any]:
        """A load of an unchanged archive into the database that holds it, against the first load."""
        database = self._folder / "second.db"
        self._load(self._archive, 1, database)
        self._load(self._one, 1, database)
        again, start = partial(self._load, self._archive, 1, database), partial(self._load, self._one, 1, database)
        costs = alternate({"start": self._start, "first": self._job, "start again": start, "second": again}, rounds)
        first, second = costs["first"].wall - costs["start"].wall, costs["second"].wall - costs["start again"].wall
        return {"times_as_fast": round(first / max(0.001, second), 1)}

    def _start(self) -> Cost:
        return self._load(self._one, 1)

    def _job(self) -> Cost:
        return self._load(self._archive, 1)

    def _load(self, archive: Path, workers: int, database: Path | None = None) -> Cost:
        self._runs += 1
        url = f"sqlite:///{database or self._folder / f'run-{self._runs}.db'}"
        command = [sys.executable, "-m", "etl", "load", str(archive), "--workers", str(workers), "--database", url, "--quiet"]
        return run(command, env=os.environ | {"PYTHONPATH": str(ROOT)})

    def _contenders(self, python: str, names: tuple[str, ...]) -> dict[str, Callable[[], Cost]]:
        script = str(Path(__file__).with_name("contenders.py"))
        return {name: partial(run, [python, script, name, str(self._files)]) for name in names}

    def _page_cost(self, cost: Cost, less: Cost) -> float:
        return round(1000 * (cost.cpu - less.cpu) / len(self._pages), 3)


def peer_python() -> Path:
    """The interpreter of the peers' environment, made on first use."""
    folder = ROOT / "build" / "peers"
    python, ready = folder / "bin" / "python", folder / ".ready"
    if not ready.exists():
        venv.create(folder, with_pip=True, clear=True)
        for packages in (["--upgrade", "pip"], PEERS):  # the pip that comes with Python 3.11 stumbles over newspaper4k's extras
            subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages], check=True)
        ready.touch()
    return python


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    from importlib.metadata import version

    names = ("lxml", "SQLAlchemy", "fastwarc", "dateparser")
    return {"system": platform.platform(), "cpus": str(os.cpu_count()), "python": platform.python_version()} | {
        name: version(name) for name in names
    }


def _compare(figures: dict[str, Any]) -> int:
    if not FIGURES.exists():
        print(f"whole job / lxml parse: {figures['job_to_parse']} now; no figures are committed yet (`make bench` writes them)")
        return 0
    committed = json.loads(FIGURES.read_text("utf-8"))["job"]["job_to_parse"]
    now = figures["job_to_parse"]
    print(f"whole job / lxml parse: {now} now, {committed} committed")
    if now > committed * _ALLOWED:
        print(f"SLOWER by more than {_ALLOWED - 1:.0%}")
        return 1
    return 0


def _show(figures: dict[str, Any]) -> None:
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    sys.exit(main())
