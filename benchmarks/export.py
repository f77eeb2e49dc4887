"""How fast and in how much memory `news-etl export` writes a database of invented articles, in each format.

    python -m benchmarks.export [--articles 100000] [--write]
    python -m benchmarks.export --database sqlite:///big.db --database postgresql://USER@HOST/NAME

Without `--database` two SQLite files are filled (`benchmarks.synthetic`): of so many articles, and of a tenth of them, because
memory must not grow with their number. The wall time is that of the whole command, its start included.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, make_url, select

from benchmarks import figures
from benchmarks.processes import run
from benchmarks.synthetic import Archive, fill
from etl.export.options import FormatName
from etl.load.engine import open_engine, reading
from etl.load.models import articles
from etl.load.schema import ensure_current

_MB = 1_000_000


def measured(databases: Sequence[str], rounds: int) -> Iterator[dict[str, Any]]:
    """A row of figures for each database and format: the best round in time, the worst in memory."""
    for database in databases:
        number = _articles(database)
        for form in FormatName:
            yield {"database": make_url(database).get_backend_name(), "articles": number, "format": form.value} | _export(
                database, number, form, rounds
            )


def _export(database: str, number: int, form: FormatName, rounds: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="news-etl-export-") as folder:
        target = Path(folder) / "exported"
        options = ["--database", database, "--format", form.value, "--replace", "--quiet"]
        costs = [run([sys.executable, "-m", "etl", "export", str(target), *options]) for _ in range(rounds)]
        resources = json.loads((target / "datapackage.json").read_text("utf-8"))["resources"]
    wall = min(cost.wall for cost in costs)
    rows = sum(resource["rows"] for resource in resources)
    return {
        "rows": rows,
        "mb": round(sum(resource["bytes"] for resource in resources) / _MB, 1),
        "wall_s": round(wall, 1),
        "cpu_s": round(min(cost.cpu for cost in costs), 1),
        "articles_a_second": round(number / wall),
        "rows_a_second": round(rows / wall),
        "peak_mb": round(max(cost.peak_rss for cost in costs) / _MB),
    }


def in_each_format(folder: Path, articles: int) -> dict[str, Any]:
    """The figures of new databases of so many invented articles, and of a tenth of them."""
    return {"rows": list(measured([filled(folder, number) for number in (articles // 10, articles)], 1))}


def _articles(database: str) -> int:
    engine = open_engine(database, must_exist=True)
    with reading(engine) as connection:
        number: int = connection.execute(select(func.count()).select_from(articles)).scalar_one()
    engine.dispose()
    return number


def filled(folder: Path, number: int) -> str:
    """The URL of a new SQLite file with so many invented articles."""
    database = f"sqlite:///{folder / f'{number}.db'}"
    engine = open_engine(database)
    ensure_current(engine)
    fill(engine, Archive().outcomes(number))
    engine.dispose()
    return database


def main() -> None:
    """Measure, print, and with `--write` keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--database", action="append", help="a database that is filled already; can be given several times")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/figures.json")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="news-etl-export-") as folder:
        databases = args.database or [filled(Path(folder), number) for number in (args.articles // 10, args.articles)]
        rows = []
        for row in measured(databases, args.rounds):
            rows.append(row)
            print(json.dumps(row), flush=True)
    if args.write:
        chosen = " --database …" if args.database else ""
        figures.save("export", {"rows": rows}, f"python -m benchmarks.export{chosen} --write")


if __name__ == "__main__":
    main()
