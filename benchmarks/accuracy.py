"""The accuracy gate: load the measuring corpus, run its scorers, print the figures beside the best peer's, fail below the floors.

    python -m benchmarks.accuracy --shared DIR [--pin] [--lower]

The floors and the digest of the corpus they were measured on stand in accuracy-floors.json. `--pin` raises the floors to the
figures reached (less a hair); a floor is lowered only by `--lower`. The corpus is no part of this repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FLOORS = Path(__file__).with_name("accuracy-floors.json")
_HAIR = 0.002
"""How far below the figure reached a floor is pinned: a later fix of one page elsewhere is no regression."""


@dataclass(frozen=True)
class Measure:
    """One line of the table: where its figure stands in the scorer's output, the best generic peer's, the target."""

    name: str
    collection: str
    group: str
    key: str
    peer: float | None
    target: float


MEASURES = (
    Measure("title exact", "fundus", "title", "exact", 0.75, 0.97),
    Measure("title exact", "trafilatura", "title", "exact", 0.65, 0.88),
    Measure("authors F1", "fundus", "authors", "f1", 0.78, 0.95),
    Measure("authors F1", "trafilatura", "authors", "f1", 0.66, 0.82),
    Measure("day", "fundus", "published", "day", 0.96, 0.99),
    Measure("day", "trafilatura", "published", "day", 0.87, 0.93),
    Measure("day", "htmldate", "published", "day", 0.90, 0.95),
    Measure("instant within 60 s", "fundus", "published", "instant", 0.96, 0.98),
    Measure("tags F1", "fundus", "tags", "f1", 0.76, 0.88),
    Measure("tags F1", "trafilatura", "tags", "f1", 0.57, 0.72),
    Measure("body F1", "fundus", "body", "f1", 0.94, 0.975),
    Measure("body F1", "scrapinghub", "body", "f1", 0.957, 0.98),
    Measure("segments F1", "trafilatura", "segments", "f1", 0.926, 0.94),
    Measure("related links F1", "related", "links", "F1", None, 0.90),
    Measure("related links kind", "related", "links", "kind", None, 0.90),
    Measure("related links title", "related", "links", "title", None, 0.97),
    Measure("text captures, all fields", "captures", "captures", "all", None, 0.93),
    Measure("pages loaded", "all", "pages", "loaded", None, 0.98),
)


def main() -> int:
    """Measure, print, compare with the floors. 0 when no floor is passed downwards."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with corpus/, tools/ and seed/")
    parser.add_argument("--pin", action="store_true", help="raise the floors to the figures reached")
    parser.add_argument("--lower", action="store_true", help="with --pin: lower floors too")
    args = parser.parse_args()
    if not (args.shared / "corpus").is_dir():
        print(f"{args.shared}/corpus: the measuring corpus is not here; nothing measured")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(args.shared.resolve(), Path(folder))
    digest = corpus_digest(args.shared / "corpus")
    pinned_on, floors = read_floors()
    print_table(figures, floors)
    if args.pin:
        write_floors(digest, raised(figures, floors, args.lower))
        return 0
    if pinned_on not in {None, digest}:
        print("the corpus is not the one that the floors were pinned on: compare by eye, then pin again")
        return 0
    below = sorted(name for name, floor in floors.items() if figures.get(name, 0.0) < floor)
    for name in below:
        print(f"BELOW THE FLOOR: {name}: {figures.get(name, 0.0):.4f} < {floors[name]:.4f}")
    return 1 if below else 0


def measure(shared: Path, folder: Path) -> dict[str, float]:
    """Load everything and run every scorer: figures by `name, collection`."""
    corpus, tools = shared / "corpus", shared / "tools"
    scores = scores_of(shared, folder, *sorted(corpus.glob("*.warc.gz")))
    scores["captures"] = {"captures": {"all": _captures(corpus, tools, folder)}}
    overall = scores["overall"]
    scores["all"] = {"pages": {"loaded": overall["predicted"] / overall["pages"]}}
    _seed(shared, folder)
    measured = [m for m in MEASURES if m.group in scores.get(m.collection, {})]
    return {f"{m.name}, {m.collection}": scores[m.collection][m.group][m.key] for m in measured}


def scores_of(shared: Path, folder: Path, *sources: Path) -> dict[str, Any]:
    """Load pages of the corpus into a database in a folder and score them: figures by collection, field and kind of figure."""
    corpus, tools = shared / "corpus", shared / "tools"
    database, predictions, result = folder / "corpus.db", folder / "corpus.pred.jsonl", folder / "scores.json"
    _load(database, *map(str, sources))
    _run(tools / "export_db.py", database, predictions, "--standfirst")
    golds = sorted(corpus.glob("*.gold.jsonl"))
    print(_run(tools / "score.py", *golds, "--pred", predictions, "--json", result), file=sys.stderr)
    scores: dict[str, Any] = json.loads(result.read_text("utf-8"))
    scores["related"] = {"links": _links(_run(tools / "score_links.py", database, corpus / "related.dev.jsonl"))}
    return scores


def _load(database: Path, *sources: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "etl", "load", *sources, "--database", f"sqlite:///{database}"], check=True, stdout=sys.stderr
    )


def _run(*command: object) -> str:
    return subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True, text=True).stdout


def _links(printed: str) -> dict[str, float]:
    print(printed, file=sys.stderr)
    return {word: float(number) for word, number in re.findall(r"(F1|kind|title) ([\d.]+)", printed)}


def _captures(corpus: Path, tools: Path, folder: Path) -> float:
    texts, database = folder / "captures", folder / "captures.db"
    _run(tools / "captures.py", "write", corpus / "captures.dev.jsonl", texts)
    _load(database, str(texts))
    printed = _run(tools / "captures.py", "score", corpus / "captures.dev.jsonl", database)
    print(printed)
    return float(printed.split("=")[-1])


def _seed(shared: Path, folder: Path) -> None:
    database = folder / "seed.db"
    _load(database, str(next((shared / "seed").glob("*.txt"))))
    print(_run(shared / "tools" / "check_seed.py", database, shared / "seed" / "expected.json"))


def corpus_digest(corpus: Path) -> str:
    """SHA-256 over the names and bytes of the corpus files."""
    digest = hashlib.sha256()
    for path in sorted(corpus.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def print_table(figures: dict[str, float], floors: dict[str, float]) -> None:
    """The table of the figures: target, best generic peer, floor."""
    print(f"{'field, collection':34} {'reached':>8} {'target':>7} {'peer':>6} {'floor':>7}")
    for m in MEASURES:
        name = f"{m.name}, {m.collection}"
        if name in figures:
            peer = "-" if m.peer is None else f"{m.peer:.3f}"
            floor = f"{floors[name]:.3f}" if name in floors else "-"
            mark = "" if figures[name] >= m.target else "  below target"
            print(f"{name:34} {figures[name]:8.3f} {m.target:7.3f} {peer:>6} {floor:>7}{mark}")


def read_floors() -> tuple[str | None, dict[str, float]]:
    """(digest of the corpus they were pinned on, the floors); (None, {}) before the first pinning."""
    if not _FLOORS.exists():
        return None, {}
    kept = json.loads(_FLOORS.read_text("utf-8"))
    return kept["corpus"], kept["floors"]


def write_floors(digest: str, floors: dict[str, float]) -> None:
    """Pin the floors, with the digest of the corpus."""
    _FLOORS.write_text(json.dumps({"corpus": digest, "floors": floors}, indent=2) + "\n", "utf-8")


def raised(figures: dict[str, float], floors: dict[str, float], lower: bool) -> dict[str, float]:
    """The new floors: raised to the figures less a hair, never lowered unless asked."""
    new = {name: max(0.0, round(figure - _HAIR, 4)) for name, figure in figures.items()}
    return new if lower else {name: max(value, floors.get(name, 0.0)) for name, value in new.items()}


if __name__ == "__main__":
    sys.exit(main())
