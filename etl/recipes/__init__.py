"""The documented queries: questions that analysts ask, each with its SQL, the same on both databases.

`docs/views.md` and `docs/cookbook.md` print them with their results, the tests run them, and `news-etl explore` offers them: all
read them here, from `views.sql` and `cookbook.sql`. Asks no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PAGES = ("views", "cookbook")
"""The files of this folder, each printed as the page of that name in docs/."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """One documented query."""

    name: str
    """Lower case, words joined by `_`: unique among all; of a view's example, the view's name."""
    question: str
    """What it answers: a heading."""
    note: str
    """What a reader should know of the answer: Markdown, one paragraph; may be empty."""
    sql: str
    """One SELECT, without a semicolon."""


@cache
def recipes(page: str) -> tuple[Recipe, ...]:
    """The queries of one page, in its order."""
    return tuple(_parse((files(__name__) / f"{page}.sql").read_text("utf-8")))


def every_recipe() -> tuple[Recipe, ...]:
    """The queries of all pages."""
    return tuple(recipe for page in PAGES for recipe in recipes(page))


# -- ## name: question
# -- note, on any number of lines
# SELECT ...;
_ENTRY = re.compile(r"^-- ## (?P<name>[a-z_]+)(?:: (?P<question>.+))?\n(?P<note>(?:-- .*\n)*)(?P<sql>[^;]+);$", re.M)


def _parse(text: str) -> Iterator[Recipe]:
    for entry in _ENTRY.finditer(text):
        note = " ".join(line.removeprefix("-- ") for line in entry["note"].splitlines())
        yield Recipe(name=entry["name"], question=entry["question"] or f"`{entry['name']}`", note=note, sql=entry["sql"].strip())
