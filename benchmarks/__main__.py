"""The benchmarks: `python -m benchmarks` measures all parts; `--write` puts the figures into figures.json.

python -m benchmarks --only job second --write       some parts
python -m benchmarks --compare                       the ratio whole job / lxml parse against the committed one
python -m benchmarks --smoke                         every part over a few pages, to see that it works
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks import figures
from benchmarks.inputs import Input, corpus_pages, made_pages
from benchmarks.throughput import ROOT, Job

_ALLOWED = 1.15
"""How much worse than the committed figure the ratio job / parse may be before `--compare` flags it."""


@dataclass
class Bench:
    """What the parts measure with."""

    folder: Path
    shared: Path
    rounds: int
    every: int
    smoke: bool

    @cached_property
    def pages(self) -> list[Input]:
        """The pages of the parts about the whole job."""
        return self._pages(self.every)

    def _pages(self, every: int) -> list[Input]:
        if self.smoke:
            return list(made_pages(6))
        corpus = self.shared / "corpus"
        return list(corpus_pages(corpus, every=every)) if corpus.is_dir() else list(made_pages(864 // every))

    @cached_property
    def job(self) -> Job:
        """The job over them."""
        return Job(self.folder / "job", self.pages)

    @cached_property
    def long_job(self) -> Job:
        """The job over all of the corpus: where its end, when one worker is still busy and another no more, is a small part."""
        return Job(self.folder / "long", self._pages(1))


def _job(bench: Bench) -> dict[str, Any]:
    return bench.job.against_parse(1) if bench.smoke else bench.job.against_peers(bench.rounds)


def _stages(bench: Bench) -> dict[str, Any]:
    from benchmarks.stages import by_stage

    return {"ms_a_page": by_stage(bench.pages)}


def _profile(bench: Bench) -> dict[str, Any]:
    from benchmarks.profiled import by_function

    return {} if bench.smoke else by_function(bench.job.archive, bench.folder)


def _scale(bench: Bench) -> dict[str, Any]:
    from benchmarks.scale import alone

    return alone(bench.pages, min(3, bench.rounds))


def _database(bench: Bench) -> dict[str, Any]:
    from benchmarks.databases import compare

    return compare(bench.folder, articles=40 if bench.smoke else 1500, rounds=bench.rounds, peers=not bench.smoke)


def _growth(bench: Bench) -> dict[str, Any]:
    from benchmarks.growth import by_pages

    return by_pages(bench.folder, (20,) if bench.smoke else (1_000, 10_000, 100_000))


def _million(bench: Bench) -> dict[str, Any]:
    from benchmarks.growth import into_many

    return into_many(bench.folder, rounds=1, articles=100, further=20) if bench.smoke else into_many(bench.folder, rounds=5)


def _export(bench: Bench) -> dict[str, Any]:
    from benchmarks.export import in_each_format

    return in_each_format(bench.folder, articles=40 if bench.smoke else 100_000)


def _queries(bench: Bench) -> dict[str, Any]:
    from benchmarks.queries import on_new_database

    return on_new_database(bench.folder, articles=40 if bench.smoke else 100_000)


PARTS: dict[str, Callable[[Bench], dict[str, Any]]] = {
    "job": _job,
    "stages": _stages,
    "profile": _profile,
    "workers": lambda bench: bench.long_job.speed_up(bench.rounds),
    "scale": _scale,
    "second": lambda bench: bench.job.second_pass(bench.rounds),
    "start": lambda bench: bench.job.start(bench.rounds),
    "database": _database,
    "growth": _growth,
    "million": _million,
    "export": _export,
    "queries": _queries,
}


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with the measuring corpus")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--every", type=int, default=4, help="every n-th page of the corpus")
    parser.add_argument("--write", action="store_true", help="renew benchmarks/figures.json")
    parser.add_argument("--compare", action="store_true", help="only the ratio job / parse, against figures.json")
    parser.add_argument("--smoke", action="store_true", help="a few made pages, one round, no thresholds")
    args = parser.parse_args()
    rounds = 1 if args.smoke else args.rounds
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), args.shared, rounds, args.every, args.smoke)
        if args.compare:
            return _compare(lambda: bench.job.against_parse(args.rounds)["job_to_parse"])
        for part in args.only:
            _measure(part, bench, write=args.write)
    return 0


def _measure(part: str, bench: Bench, *, write: bool) -> None:
    started = time.monotonic()
    found = PARTS[part](bench)
    print(f"{part} ({time.monotonic() - started:.0f} s): {json.dumps(found, indent=2, ensure_ascii=False)}", flush=True)
    if write:
        figures.save(part, found, f"python -m benchmarks --only {part} --write")


def _compare(measured: Callable[[], float]) -> int:
    """1 where the ratio is worse than it may be, in two series: one can be spoiled by what else the machine does."""
    now = measured()
    committed = figures.read().get("job", {}).get("job_to_parse")
    if committed is None:
        print(f"whole job / lxml parse: {now} now; no figures are committed yet (`make bench` writes them)")
        return 0
    print(f"whole job / lxml parse: {now} now, {committed} committed")
    if now <= committed * _ALLOWED:
        return 0
    again = measured()
    print(f"slower by more than {_ALLOWED - 1:.0%}; measured again: {again}")
    return int(again > committed * _ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
