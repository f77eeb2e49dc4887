"""An invented press: words, publishers, authors, tags and sections with the frequencies of real ones. Only data, from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from etl.folding import slug
from etl.records import Access, Author, AuthorKind, Publisher

_SYLLABLES = [a + b for a in ("b", "br", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v") for b in "aeiou"]
_ENDINGS = ("", "", "n", "r", "s", "l", "nd", "ck")
_SECTIONS = ("world", "politics", "business", "culture", "sport", "science", "opinion", "local")
_ZONES = (
    ("en", "Europe/London"),
    ("en", "America/New_York"),
    ("en", "Asia/Jerusalem"),
    ("de", "Europe/Berlin"),
    ("en", "America/Los_Angeles"),
    ("fr", "Europe/Paris"),
    ("es", "Europe/Madrid"),
    ("en", "Australia/Sydney"),
    ("pt", "America/Sao_Paulo"),
    ("en", "Asia/Kolkata"),
)
WORDS, PUBLISHERS, STAFF, TAGS, AGENCIES = 20_000, 25, 120, 3_000, 6


class Zipf:
    """Choices of which the n-th is as frequent as 1 / (n + shift) ** exponent."""

    def __init__(self, choices: Sequence[object], exponent: float = 1.0, shift: float = 2.7) -> None:
        self._numbers = range(len(choices))
        self._weights = list(accumulate((n + shift) ** -exponent for n in self._numbers))

    def draw(self, chance: random.Random, number: int) -> list[int]:
        """Some indexes, one possibly more than once."""
        return chance.choices(self._numbers, cum_weights=self._weights, k=number)


@dataclass(frozen=True)
class House:
    """A publisher, with what all its pages have in common."""

    publisher: Publisher
    language: str
    time_zone: str
    staff: tuple[Author, ...]
    access: Access | None
    sections: tuple[str, ...]


class Press:
    """All that articles are made of; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.words = self._vocabulary(WORDS)
        self.word = Zipf(self.words)
        self.agencies = tuple(Author(name=f"{w.title()} Press", kind=AuthorKind.ORGANIZATION) for w in self._some_words(AGENCIES))
        self.houses = tuple(self._house(number) for number in range(PUBLISHERS))
        self.house = Zipf(self.houses, 0.7)
        self.tags = self._tags()
        self.tag = Zipf(self.tags)

    @cached_property
    def staff(self) -> Zipf:
        """Who writes: a few write much."""
        return Zipf(range(STAFF), 0.8)

    def _vocabulary(self, number: int) -> tuple[str, ...]:
        """Distinct words, the commonest the shortest, as in languages."""
        found: dict[str, None] = {}
        while len(found) < number:
            syllables = 1 + min(3, len(found) // 60) if len(found) < 180 else self._chance.choice((2, 2, 3, 3, 4))
            found["".join(self._chance.choices(_SYLLABLES, k=syllables)) + self._chance.choice(_ENDINGS)] = None
        return tuple(found)

    def _some_words(self, number: int) -> list[str]:
        return self._chance.sample(self.words[500:], number)

    def _house(self, number: int) -> House:
        first, second = self._some_words(2)
        language, zone = _ZONES[number % len(_ZONES)]
        publisher = Publisher(domain=f"{first}-{second}.example", name=f"The {first.title()} {second.title()}", time_zone=zone)
        staff = tuple(Author(name=f"{a.title()} {b.title()}") for a, b in (self._some_words(2) for _ in range(STAFF)))
        access = self._chance.choice((None, None, Access.FREE, Access.METERED, Access.SUBSCRIBER))
        return House(publisher, language, zone, staff, access, tuple(self._chance.sample(_SECTIONS, 6)))

    def _tags(self) -> tuple[str, ...]:
        """Names of one or two words, each with a slug of its own."""
        found: dict[str, str] = {}
        while len(found) < TAGS:
            name = " ".join(self._some_words(self._chance.choice((1, 1, 2)))).title()
            found.setdefault(slug(name), name)
        return tuple(found.values())
