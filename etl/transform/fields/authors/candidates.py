"""What the search for authors gives: names as one place of the page has them."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace

from etl.records import Author, Origin
from etl.transform.blocks import TextBlock
from etl.transform.text import fold


class Place(enum.Enum):
    """Kinds of places, by what their makers mean with them."""

    PROFILE = "profile"
    JSON_LD = "json-ld"
    MICRODATA = "microdata"
    META = "meta"
    LINKED = "linked"
    """A link to the author's page beside the headline."""
    MARKED = "marked"
    """An element beside the headline that calls itself the by-line."""
    LABELLED = "labelled"
    """A line beside the headline that begins with `By` or its like."""
    DATED = "dated"
    """A line beside the headline that is a name and a date."""
    BELOW = "below"
    """The like below the story, and the box about the author."""
    NAMED = "named"
    """A line at the text's edge that is nothing but a name, which begins with a known given name."""
    BARE = "bare"
    """A line of the story that is nothing but a name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Authors as one place of the page names them."""

    authors: tuple[Author, ...]
    place: Place
    origin: Origin
    detail: str
    block: TextBlock | None = None
    """For what the page shows."""


def name_key(name: str) -> str:
    """By which two spellings of one name are known: `Emma Mackenzie`, `Emma-Mackenzie`, `EMMA MACKENZIE`."""
    return fold(name).replace(" ", "")


def name_keys(authors: Iterable[Author]) -> set[str]:
    """The keys of some authors."""
    return {name_key(author.name) for author in authors}


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's: `Jane Roe`, `JANE ROE`, `J. Roe`."""
    if name_key(one) == name_key(other):
        return True
    first, second = fold(one).split(), fold(other).split()
    if min(len(first), len(second)) < 2 or first[-1] != second[-1]:
        return False
    return first[0][0] == second[0][0] and min(len(first[0]), len(second[0])) == 1


def distinct(authors: Iterable[Author]) -> tuple[Author, ...]:
    """Each author once, in the order given, in the fullest spelling."""
    found: list[Author] = []
    for author in authors:
        at = next((n for n, other in enumerate(found) if same_name(author.name, other.name)), None)
        if at is None:
            found.append(author)
        elif name_key(author.name) != name_key(found[at].name) and len(author.name) > len(found[at].name):
            found[at] = replace(found[at], name=author.name)
    return tuple(found)
