"""What markup calls a date: the names of classes, properties and attributes."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from etl.transform.fields.dates.labels import Kind

# entry-date-published, last-modified. `updated` alone means nothing: the hAtom format puts it on every date.
_UPDATED = re.compile(r"last-?updat|updat\w*-?(?:date|time|on|at)|date-?updat|modif|aktualis|actualiz|edited", re.I)
_PUBLISHED = re.compile(r"(?<!un)publish|pub-?date|posted|created|submitted", re.I)
_LONGEST = 300


def kind_of_class(element: etree._Element) -> Kind | None:
    """What an element's classes and property call its date."""
    names, itemprop = element.get("class"), element.get("itemprop")
    return kind_of_names(f"{names or ''} {itemprop or ''}") if names or itemprop else None


def kind_of_names(names: str) -> Kind | None:
    """What names call a date; None where they say nothing, or both."""
    return _judge(names[:_LONGEST].replace("_", "-"))


@lru_cache(maxsize=5_000)
def _judge(names: str) -> Kind | None:
    if _UPDATED.search(names):
        return None if _PUBLISHED.search(names) else "updated"
    return "published" if _PUBLISHED.search(names) else None
