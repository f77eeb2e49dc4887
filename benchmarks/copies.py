"""How well copies and rewrites of one story are found: precision and recall on invented agency stories, and what it costs.

    python -m benchmarks.copies                    # the figures of docs/stories.md
    python -m benchmarks.copies --cost big.db      # microseconds an article, on a copy of a database of benchmarks.synthetic

Of each story in `wire.toml` other publishers print versions: as it came, with a line of their own, lightly edited, cut to a half
or a third, rewritten by hand; and another report of the same subject that was not taken from it. Then there are three publishers
of one house with pages behind a paywall: a paragraph of a story and a long notice, the same on all of them. A pair of articles
should be found if both were made of one story's text.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import rtoml
from sqlalchemy import Engine, func, select

from benchmarks.synthetic import fill
from etl.load.copies import settle_copies
from etl.load.engine import open_engine, reading, writing
from etl.load.models import article_similarity, article_stories, articles, story_bands, story_queue
from etl.load.schema import ensure_current
from etl.records import Article, DateValue, PageKey, Precision, Publisher, ZoneSource

WIRE = Path(__file__).with_name("wire.toml")
NOTICE = (
    "This story is for members only. To go on reading, log in or choose one of our offers: the monthly pass ends "
    "whenever you wish, the yearly pass saves you a quarter, and students pay half. Members support independent reporting in our "
    "region, get every edition as it goes to print, the crossword, the archive back to 1911 and a discount at more than sixty "
    "shops and theatres. If you are a member already, enter the number on your card. Questions? Write to us at any time."
)
_MEMBERS = ("north", "south", "coast")  # publishers of one house


@dataclass(frozen=True, kw_only=True)
class Version:
    """One article of the test set."""

    story: str
    """Whose text it has; of `other` reports its own."""
    kind: str
    publisher: str
    body: str


def versions(seed: int = 1) -> Iterator[Version]:
    """The test set."""
    chance = random.Random(seed)
    stories = rtoml.loads(WIRE.read_text("utf-8"))["story"]
    words = sorted({word for story in stories for word in story["wire"].split()})
    for story in stories:
        wire, name = story["wire"].strip(), story["subject"]
        for kind, body in {
            "wire": wire,
            "copy": wire,
            "copy with a dateline": f"KELLHOLM (WA) – {wire}\n\n(Reporting by the Wire Agency; editing by this desk)",
            "lightly edited": _edited(wire, words, chance, share=0.05, drop=0),
            "edited": _edited(wire, words, chance, share=0.1, drop=1),
            "cut to a half": _cut(wire, 0.5),
            "cut to a third": _cut(wire, 0.35),
            "rewritten": story["rewrite"].strip(),
        }.items():
            yield Version(story=name, kind=kind, publisher=kind.replace(" ", "-"), body=body)
        lead, second, *teasers = story["other"].strip().split("\n\n")
        yield Version(story=f"{name}, other", kind="other report", publisher="other", body=f"{lead}\n\n{second}")
        for number, teaser in enumerate(teasers):
            for house in _MEMBERS:
                yield Version(story=f"{name}, teaser {number}", kind="paywall", publisher=house, body=f"{teaser}\n\n{NOTICE}")


def _edited(text: str, words: list[str], chance: random.Random, *, share: float, drop: int) -> str:
    """Some words others, and a paragraph left out."""
    paragraphs = text.split("\n\n")
    for _ in range(drop):
        paragraphs.pop(chance.randrange(1, len(paragraphs)))
    if " " not in paragraphs[0].strip():  # of a language without spaces some signs
        signs = sorted(set(text))
        return "\n\n".join("".join(chance.choice(signs) if chance.random() < share / 3 else s for s in p) for p in paragraphs)
    return "\n\n".join(" ".join(chance.choice(words) if chance.random() < share else w for w in p.split()) for p in paragraphs)


def _cut(text: str, share: float) -> str:
    """The first sentences."""
    end = max(text.rfind(stop, 0, int(share * len(text))) for stop in (". ", "。", ".\n"))
    return text[: end + 1]


def load_versions(engine: Engine, found: list[Version]) -> dict[str, Version]:
    """Load the test set and compare it; gives the versions by their articles' keys."""
    made = {f"{version.publisher}.example/{number}": version for number, version in enumerate(found)}
    fill(engine, (_article(key, version) for key, version in made.items()))
    return made


def _article(key: str, version: Version) -> Article:
    at = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    url, sha256 = f"https://{key}", hashlib.sha256(f"{key} {version.body}".encode()).hexdigest()
    page = PageKey(source="wire", record=key, url=url, media_type="text/html", byte_size=1, sha256=sha256, fetched_at=at)
    return Article(
        page=page,
        key=key,
        url=url,
        adoption_key=f"{key}/adoption",
        publisher=Publisher(domain=f"{version.publisher}.example"),
        title=f"{version.story}: {version.kind}",
        published=DateValue(at=at, day=at.date(), precision=Precision.DAY, text="", zone_source=ZoneSource.PAGE),
        body=version.body,
        word_count=len(version.body.split()),
        origins={"title": "html"},
    )


def quality() -> dict[str, dict[str, float]]:
    """The figures, from a database in memory."""
    engine = open_engine("sqlite://")
    ensure_current(engine)
    figures = measure(engine)
    engine.dispose()
    return figures


def measure(engine: Engine) -> dict[str, dict[str, float]]:
    """Precision and recall of stories and of pairs, and of each kind the share that was put with its agency's text."""
    made = load_versions(engine, list(versions()))
    with reading(engine) as connection:
        numbers = {row.key: row.id for row in connection.execute(select(articles.c.key, articles.c.id))}
        stories = {row.article_id: row.story_id for row in connection.execute(select(article_stories))}
        pairs = {
            (row.article_id, row.other_id)
            for row in connection.execute(select(article_similarity))
            if row.article_id < row.other_id
        }
    by_number = {numbers[key]: version for key, version in made.items()}
    every = list(combinations(sorted(by_number), 2))
    true = {(one, other) for one, other in every if by_number[one].story == by_number[other].story}
    told = {(one, other) for one, other in every if stories[one] == stories[other]}
    wires = {version.story: number for number, version in by_number.items() if version.kind == "wire"}
    of_kind: defaultdict[str, list[bool]] = defaultdict(list)
    for number, version in by_number.items():
        if version.story in wires and version.kind != "wire":
            of_kind[version.kind].append(stories[number] == stories[wires[version.story]])
    return {
        "stories": _quality(told, true),
        "pairs": _quality(pairs, true),
        "found": {kind: round(sum(hits) / len(hits), 3) for kind, hits in of_kind.items()},
    }


def _quality(found: set[tuple[int, int]], true: set[tuple[int, int]]) -> dict[str, float]:
    right = len(found & true)
    return {"precision": round(right / len(found), 3), "recall": round(right / len(true), 3)}


def cost(database: Path) -> dict[str, float]:
    """What comparing costs: all articles of a database anew, then a hundred articles in the full one."""
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        copy = Path(folder) / "copy.db"
        shutil.copyfile(database, copy)
        engine = open_engine(f"sqlite:///{copy}")
        ensure_current(engine)
        queued = _begin_anew(engine)
        seconds = _timed(engine)
        with writing(engine) as connection:
            last = connection.execute(select(func.max(articles.c.id))).scalar_one()
            connection.execute(articles.update().where(articles.c.id > last - 100).values(body=articles.c.body + " An addition."))
        few = _timed(engine)
        with reading(engine) as connection:
            counts = {
                "pairs": connection.execute(select(func.count()).select_from(article_similarity)).scalar_one() // 2,
                "articles": connection.execute(select(func.count()).select_from(article_stories)).scalar_one(),
            }
        engine.dispose()
        return {"us_an_article": round(1e6 * seconds / max(1, queued), 1), "hundred_more_ms": round(1000 * few, 1), **counts}


def _begin_anew(engine: Engine) -> int:
    """As after a migration that changes signatures: nothing is compared, all is queued; gives the number of articles."""
    with writing(engine) as connection:
        for table in (article_similarity, story_bands, article_stories, story_queue):
            connection.execute(table.delete())
        return connection.execute(story_queue.insert().from_select(["article_id"], select(articles.c.id))).rowcount


def _timed(engine: Engine) -> float:
    started = time.process_time()
    settle_copies(engine)
    return time.process_time() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cost", type=Path, metavar="FILE", help="measure the cost on a copy of this SQLite file")
    args = parser.parse_args()
    if args.cost:
        print(cost(args.cost))
        return
    for name, figures in quality().items():
        print(name, figures)


if __name__ == "__main__":
    main()
