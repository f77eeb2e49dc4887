"""Invented articles, as records and in any number: to fill a database without pages, for measuring what grows with it.

    python -m benchmarks.synthetic --articles 100000 --database sqlite:///big.db

Always the same for a seed, and made one after the other, so that memory does not grow with their number. As in real archives a
few publishers, authors and tags are frequent and many rare; articles lie in five years, fewer at night and at weekends; of a
hundred about three take another's text, as it is or rewritten (`Archive.base`), three are captured again with a change, two pages
are no article; related links lead to articles of the archive, before and after, those of most-read stories to few of them, and to
others that are never loaded.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import multiprocessing
import random
import resource
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from benchmarks.invented import House, Press
from etl.folding import slug
from etl.load.accounts import RunStatus
from etl.load.copies import settle_copies
from etl.load.engine import open_engine
from etl.load.ledger import Ledger
from etl.load.schema import ensure_current
from etl.load.search_index import settle_search
from etl.load.summaries import settle_summaries
from etl.load.writer import Writer
from etl.records import (
    Article,
    Author,
    Block,
    DateValue,
    Image,
    PageKey,
    Precision,
    Reason,
    Rejected,
    RelatedLink,
    ZoneSource,
)

FIRST_DAY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)  # so that the days that the documented queries ask for are among them
DAYS = 5 * 365
_COPIES, _REWRITES, _REVISED, _REJECTED = 0.01, 0.02, 0.03, 0.02
_LATER = 40  # articles between a page and its changed state
_NEAR = 500  # copies and links are of articles as near as this
_READ = 20  # of so many articles one is much read
_HOURS = [1, 1, 1, 1, 2, 4, 8, 10, 10, 10, 9, 9, 9, 9, 9, 9, 9, 8, 7, 6, 5, 4, 3, 2]
_WEEKDAYS = (1.0, 1.0, 1.0, 1.0, 1.0, 0.55, 0.45)
_BLOCKS = (Block.MOST_READ, Block.RELATED, Block.OPINION, Block.IN_BODY)
_HEADINGS = {Block.MOST_READ: "Most read", Block.RELATED: "More on this", Block.OPINION: "Opinion"}
_ORIGINS = {"title": "json-ld", "published": "json-ld", "authors": "json-ld", "tags": "meta", "body": "html"}


@dataclass(frozen=True, kw_only=True)
class Head:
    """What others know of an article: enough to link to it."""

    number: int
    house: House
    section: str
    title: str
    url: str
    published: dt.datetime

    @property
    def key(self) -> str:
        """As `Article.key`."""
        return self.url.removeprefix("https://www.")


class Archive:
    """Articles by number; number and seed alone decide what an article is."""

    def __init__(self, seed: int = 1, *, words: tuple[int, int] = (300, 900)) -> None:
        """`words`: of the shortest and of the longest text."""
        self._seed = seed
        self._words = words
        self._press = Press(seed)
        self._zones = {house.time_zone: ZoneInfo(house.time_zone) for house in self._press.houses}
        self.head = lru_cache(maxsize=4 * _NEAR)(self._head)
        """An article's address, title and time. Remembered, because neighbours link to each other."""

    def outcomes(self, articles: int, *, start: int = 0) -> Iterator[Article | Rejected]:
        """Pages that give so many articles, from number `start` on, and between them their later states and rejected pages."""
        for number in range(start, start + articles):
            yield self.article(number)
            if self._happens("rejected", number, _REJECTED):
                yield self._rejected(number)
            if number - _LATER >= start:
                yield from self._later(number - _LATER)
        for number in range(max(start, start + articles - _LATER), start + articles):
            yield from self._later(number)

    def article(self, number: int) -> Article:
        """The article as first captured."""
        head, chance = self.head(number), self._chance("article", number)
        text = self._text(number)
        published = self._date(head.published, head.house, chance)
        return Article(
            page=self._page(head, text, head.published + dt.timedelta(hours=chance.randint(1, 48))),
            key=head.key,
            url=head.url,
            adoption_key=f"{head.house.publisher.domain}/{published.day}/{slug(head.title)}",
            publisher=head.house.publisher,
            title=head.title,
            subtitle=self._sentence(chance, chance.randint(10, 25)) if chance.random() < 0.8 else None,
            section=head.section.title(),
            language=head.house.language,
            published=published,
            authors=self._authors(head.house, chance),
            tags=tuple(dict.fromkeys(self._press.tags[n] for n in self._press.tag.draw(chance, chance.randint(0, 8)))),
            related_links=self._links(number, chance),
            images=self._images(head, chance),
            body=text,
            word_count=len(text.split()),
            access=head.house.access,
            origins=_ORIGINS,
        )

    def revised(self, number: int) -> Article:
        """The article as captured some days later: with a correction, a date of change, maybe another title."""
        before, head, chance = self.article(number), self.head(number), self._chance("revised", number)
        changed_at = head.published + dt.timedelta(days=3, minutes=chance.randint(0, 4000))
        body = f"{before.body}\n\n{self._sentence(chance, 18)}"
        return replace(
            before,
            page=self._page(head, body, changed_at + dt.timedelta(hours=12)),
            title=before.title if chance.random() < 0.7 else self._sentence(chance, 8).rstrip("."),
            updated=self._date(changed_at, head.house, chance),
            body=body,
            word_count=len(body.split()),
        )

    def base(self, number: int) -> tuple[str, int] | None:
        """Whose text an article has: (`copy` or `rewrite`, number of the other); None for most, which have one of their own."""
        chance = self._chance("base", number)
        kind = chance.random()
        if number == 0 or kind >= _COPIES + _REWRITES:
            return None
        other = number - chance.randint(1, min(number, _NEAR))
        further = self.base(other)
        return "copy" if kind < _COPIES else "rewrite", further[1] if further else other

    def _later(self, number: int) -> Iterator[Article]:
        if self._happens("later", number, _REVISED):
            yield self.revised(number)

    def _happens(self, what: str, number: int, share: float) -> bool:
        return self._chance(what, number).random() < share

    def _chance(self, purpose: str, number: int) -> random.Random:
        return random.Random(f"{self._seed} {purpose} {number}")

    def _head(self, number: int) -> Head:
        chance = self._chance("head", number)
        house = self._press.houses[self._press.house.draw(chance, 1)[0]]
        section, title = chance.choice(house.sections), self._sentence(chance, chance.randint(5, 12)).rstrip(".")
        based = self.base(number)
        if based is None:
            published = self._moment(chance)
        else:
            published = self.head(based[1]).published + dt.timedelta(minutes=chance.randint(5, 2000))
        url = f"https://www.{house.publisher.domain}/{section}/{slug(title)}-{number}"
        return Head(number=number, house=house, section=section, title=title, url=url, published=published)

    def _moment(self, chance: random.Random) -> dt.datetime:
        while True:
            day = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
            if chance.random() < _WEEKDAYS[day.weekday()]:
                return day.replace(hour=chance.choices(range(24), _HOURS)[0], minute=chance.randrange(60))

    def _date(self, at: dt.datetime, house: House, chance: random.Random) -> DateValue:
        local = at.astimezone(self._zones[house.time_zone])
        if chance.random() < 0.05:
            local = local.replace(hour=0, minute=0)
            return DateValue(
                at=local.astimezone(dt.UTC),
                day=local.date(),
                precision=Precision.DAY,
                text=local.strftime("%B %d, %Y"),
                zone_source=ZoneSource.PUBLISHER,
            )
        offset = local.utcoffset() or dt.timedelta()
        return DateValue(
            at=at,
            day=local.date(),
            precision=Precision.SECOND,
            text=local.isoformat(),
            zone_source=ZoneSource.PAGE,
            utc_offset=int(offset.total_seconds() // 60),
        )

    def _authors(self, house: House, chance: random.Random) -> tuple[Author, ...]:
        if chance.random() < 0.15:
            return (chance.choice(self._press.agencies),)
        found = dict.fromkeys(house.staff[n] for n in self._press.staff.draw(chance, chance.choice((0, 1, 1, 1, 1, 2, 2, 3))))
        return tuple(replace(author, credit=f"By {author.name}") for author in found)

    def _links(self, number: int, chance: random.Random) -> tuple[RelatedLink, ...]:
        links, house = [], self.head(number).house
        for block in _BLOCKS:
            for position in range(chance.choice((0, 3, 5)) if block is not Block.IN_BODY else chance.choice((0, 1, 2))):
                if chance.random() < 0.6:
                    other = max(0, number + chance.randint(-_NEAR, _NEAR))
                    head = self.head(other - other % _READ if block is Block.MOST_READ else other)
                    title, url, key = head.title, head.url, head.key
                else:
                    title = self._sentence(chance, 8).rstrip(".")
                    key = f"elsewhere.example/{slug(title)}-{number}-{position}"
                    url = f"https://www.{key}"
                byline = house.staff[self._press.staff.draw(chance, 1)[0]].name if block is Block.OPINION else None
                links.append(RelatedLink(block=block, heading=_HEADINGS.get(block), title=title, url=url, key=key, byline=byline))
        return tuple(links)

    def _images(self, head: Head, chance: random.Random) -> tuple[Image, ...]:
        domain = head.house.publisher.domain
        return tuple(
            Image(
                url=f"https://img.{domain}/{head.number}-{position}.jpg",
                caption=self._sentence(chance, 12),
                credit=f"{chance.choice(self._press.agencies).name}/{chance.choice(head.house.staff).name}",
            )
            for position in range(chance.choice((0, 1, 1, 1, 2, 4)))
        )

    def _text(self, number: int) -> str:
        based = self.base(number)
        if based is None:
            return "\n\n".join(self._paragraphs(self._chance("text", number)))
        kind, other = based
        paragraphs = self._paragraphs(self._chance("text", other))
        return "\n\n".join(paragraphs if kind == "copy" else self._rewritten(paragraphs, self._chance("rewrite", number)))

    def _paragraphs(self, chance: random.Random) -> list[str]:
        """Words in sentences and paragraphs."""
        words = [self._press.words[n] for n in self._press.word.draw(chance, chance.randint(*self._words))]
        paragraphs, start = [], 0
        while start < len(words):
            sentences = []
            for _ in range(chance.randint(2, 4)):
                end = start + chance.randint(9, 24)
                sentences.append(" ".join(words[start:end]).capitalize() + ".")
                start = end
            paragraphs.append(" ".join(sentence for sentence in sentences if len(sentence) > 1))
        return paragraphs

    def _rewritten(self, paragraphs: list[str], chance: random.Random) -> list[str]:
        """A tenth of the words others, a paragraph left out, a new lead."""
        kept = list(paragraphs)
        if len(kept) > 3:
            kept.pop(chance.randrange(1, len(kept)))
        others = self._press.word.draw(chance, 100)
        rewritten = [
            " ".join(self._press.words[chance.choice(others)] if chance.random() < 0.1 else w for w in p.split()) for p in kept
        ]
        return [self._sentence(chance, 20), *rewritten]

    def _sentence(self, chance: random.Random, words: int) -> str:
        return " ".join(self._press.words[n] for n in self._press.word.draw(chance, words)).capitalize() + "."

    def _page(self, head: Head, text: str, fetched_at: dt.datetime) -> PageKey:
        content = f"{self._seed} {head.url} {text}"
        return self._key(head.number, head.url, content, fetched_at)

    def _key(self, number: int, url: str, content: str, fetched_at: dt.datetime) -> PageKey:
        return PageKey(
            source=f"/archive/part-{number // 10_000:05}.warc.gz",
            record=str(number % 10_000 * 40_000),
            url=url,
            media_type="text/html",
            byte_size=30 * len(content),
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            fetched_at=fetched_at,
        )

    def _rejected(self, number: int) -> Rejected:
        head = self.head(number)
        url = f"https://www.{head.house.publisher.domain}/{head.section}/?page={number}"
        page = self._key(number, url, f"{self._seed} {url}", head.published)
        return Rejected(page=page, reason=Reason.NOT_AN_ARTICLE, message="The page lists stories: there is no text of one.")


def made_aside(
    articles: int, *, start: int = 0, seed: int = 1, words: tuple[int, int] = (300, 900)
) -> Iterator[Article | Rejected]:
    """`Archive.outcomes`, made by another process, a little ahead: so that making them does not delay who takes them."""
    ends = [*range(start, start + articles, _CHUNK), start + articles]
    ahead: deque[Future[list[Article | Rejected]]] = deque()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _prepare, (seed, words)) as pool:
        for first, end in pairwise(ends):
            ahead.append(pool.submit(_made, first, end))
            if len(ahead) > _AHEAD:
                yield from ahead.popleft().result()
        while ahead:
            yield from ahead.popleft().result()


_CHUNK, _AHEAD = 500, 6
_archives: list[Archive] = []


def _prepare(seed: int, words: tuple[int, int]) -> None:
    _archives.append(Archive(seed, words=words))


def _made(start: int, end: int) -> list[Article | Rejected]:
    return list(_archives[0].outcomes(end - start, start=start))


def fill(engine: Engine, outcomes: Iterable[Article | Rejected], *, batch: int = 256, settled: bool = True) -> int:
    """Write outcomes through the real writer, as a run of its own, and settle what is made of them; gives the number of pages."""
    ledger = Ledger(engine)
    run = ledger.begin(version="benchmark", command="benchmarks.synthetic", host="benchmark", pid=0)
    writer = Writer(engine, run, "synthetic")
    stream, pages = iter(outcomes), 0
    while part := list(islice(stream, batch)):
        pages += len(writer.write(part))
    if settled:
        settle(engine)
    ledger.finish(run, RunStatus.SUCCEEDED)
    return pages


def settle(engine: Engine) -> None:
    """Count what is new, compare it with all else, and index it, as every run does: else the next one would have it all to do."""
    settle_summaries(engine)
    settle_copies(engine)
    settle_search(engine)


def main() -> None:
    """Fill a database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument(
        "--database", required=True, help="sqlite:///FILE or postgresql://USER@HOST/NAME; made if it is a new file"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="number of the first article: to add to a database filled before")
    args = parser.parse_args()
    engine = open_engine(args.database)
    ensure_current(engine)
    started = time.perf_counter()
    pages = fill(engine, made_aside(args.articles, start=args.start, seed=args.seed))
    engine.dispose()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{pages:,} pages, {args.articles:,} articles in {seconds:.0f} s ({pages / seconds:.0f} pages/s), peak {peak} MB")


if __name__ == "__main__":
    main()
