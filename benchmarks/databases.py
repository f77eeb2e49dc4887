"""The database alone: prepared articles by the writer, the same rows as they are by the driver, the same records by other tools.

Each measurement is a process of its own (`database_contenders.py`) and takes the time of the loading only.
"""

from __future__ import annotations

import json
import pickle
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.synthetic import Archive
from benchmarks.throughput import ENVIRONMENT, peer_python
from etl.load.engine import open_engine
from etl.load.schema import ensure_current
from etl.records import Article

_SCRIPT = Path(__file__).with_name("database_contenders.py")
_PEERS = {
    "sqlite": {"sqlite-utils, indexed": "sqlite_utils", "dlt": "dlt", "dlt, indexed": "dlt_indexed"},
    "postgresql": {"dlt": "dlt", "dlt, indexed": "dlt_indexed"},
}
"""Those with a full-text index and indexes on the columns that ours has them on are called indexed."""


def compare(folder: Path, *, articles: int, rounds: int, peers: bool) -> dict[str, Any]:
    """Milliseconds an article of every contender on both databases; medians of alternating rounds."""
    found = [outcome for outcome in Archive().outcomes(articles) if isinstance(outcome, Article)]
    (folder / "articles.pickle").write_bytes(pickle.dumps(found))
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(_plain(article)) + "\n" for article in found)
    with _fresh_databases(folder) as fresh:
        measured = {kind: _alternated(folder, kind, urls, rounds, _PEERS[kind] if peers else {}) for kind, urls in fresh.items()}
    return {"articles": len(found), "rounds": rounds} | {
        kind: {name: {figure: round(ms / len(found), 3) for figure, ms in cost.items()} for name, cost in costs.items()}
        for kind, costs in measured.items()
    }


def _alternated(folder: Path, kind: str, urls: Iterator[str], rounds: int, peers: dict[str, str]) -> dict[str, dict[str, float]]:
    python = str(peer_python()) if peers else sys.executable
    costs: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for _ in range(rounds):
        ours = next(urls)
        costs["news-etl"].append(_run(sys.executable, "news_etl", ours, folder))
        costs["raw"].append(_run(sys.executable, "raw", next(urls), folder, ours))
        for peer, contender in peers.items():
            url = next(urls)
            if (kind, contender) == ("postgresql", "dlt_indexed"):
                _migrate(url)  # for the function that makes an article's document
            costs[peer].append(_run(python, contender, url, folder))
    names = ("cpu_ms", "wall_ms")
    return {peer: {name: statistics.median(cost[name] for cost in found) for name in names} for peer, found in costs.items()}


def _migrate(url: str) -> None:
    engine = open_engine(url)
    ensure_current(engine)
    engine.dispose()


def _run(python: str, name: str, *arguments: object) -> dict[str, float]:
    """A contender's cost, as it prints it on its last line."""
    command = [python, str(_SCRIPT), name, *map(str, arguments)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    cost: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return cost


@contextmanager
def _fresh_databases(folder: Path) -> Iterator[dict[str, Iterator[str]]]:
    """Addresses of new empty databases, without end."""
    from tests.databases import SqliteFiles, postgres_server

    with postgres_server() as server:
        sqlite = SqliteFiles(folder)
        yield {"sqlite": iter(sqlite.empty, None), "postgresql": iter(server.empty, None)}
        server.drop_all()


def _plain(article: Article) -> dict[str, Any]:
    """The record as other tools take it: values of JSON, lists for what there are several of."""
    published = article.published
    return {
        "key": article.key,
        "url": article.url,
        "publisher": article.publisher and article.publisher.domain,
        "title": article.title,
        "subtitle": article.subtitle,
        "section": article.section,
        "language": article.language,
        "published_at": published and published.at.isoformat(),
        "published_date": published and published.day.isoformat(),
        "body": article.body,
        "word_count": article.word_count,
        "authors": [{"name": author.name, "kind": author.kind.value, "credit": author.credit} for author in article.authors],
        "tags": [{"name": tag} for tag in article.tags],
        "related_links": [{"block": x.block.value, "title": x.title, "url": x.url} for x in article.related_links],
        "images": [{"url": image.url, "caption": image.caption, "credit": image.credit} for image in article.images],
    }
