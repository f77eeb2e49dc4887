"""What crawlers, extractors and feeds note of a page under names of their own, as the hints of `Page.hints`. One table of names.

It copies texts; what is a name, a tag, a date in them is `etl.transform`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

# The names that notes have elsewhere, in small letters, without `_`, `-`, `:` and spaces; the first that holds something counts.
_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "ogtitle"),
    "author": ("authors", "author", "byline", "creator", "dccreator"),
    "tags": ("tags", "keywords", "newskeywords"),
    "published": (
        "published", "datepublished", "publishedat", "publisheddate", "publisheddatetime", "publishdate", "datepublish",
        "publicationdate", "pubdate", "publishedtime", "articlepublishedtime", "firstpublished", "dateposted", "date",
    ),
    "updated": (
        "updated", "datemodified", "datemodify", "modified", "modifiedat", "modifieddate", "updatedat", "updatedate",
        "dateupdated", "modifiedtime", "articlemodifiedtime",
    ),
    "summary": ("summary", "subtitle", "standfirst", "description", "excerpt", "abstract", "metadescription"),
    "section": ("section", "articlesection"),
    "access": ("access", "contenttier"),
    "premium": ("premium", "ispremium", "paywall", "paywalled", "ispaywalled", "paid"),
    "free": ("free", "isaccessibleforfree"),
    "site": ("site", "sitename", "ogsitename", "publisher"),
}  # fmt: skip
_MARKS = re.compile(r"[_\-:\s]+")
_LISTS = {"author", "tags"}
_LONGEST = 2000
"""Characters of a value; no by-line and no list of tags is longer."""
_MOST = 100


def hints_of(values: Mapping[str, object]) -> dict[str, str]:
    """The hints among the values of a JSON object, or of the fields of a WARC `metadata` record."""
    plain = {_MARKS.sub("", str(name)).lower(): value for name, value in values.items()}
    found = {}
    for hint, names in _NAMES.items():
        texts = next((texts for name in names if (texts := list(_texts(plain.get(name))))), [])
        if texts:
            found[hint] = "\n".join(texts[:_MOST]) if hint in _LISTS else texts[0]
    return found


def fields_of(block: bytes) -> dict[str, object]:
    """The fields of `application/warc-fields`; one that comes again has a list of values."""
    found: dict[str, list[str]] = {}
    for line in re.sub(r"\r?\n[ \t]+", " ", block.decode("utf-8", "replace")).splitlines():
        name, colon, value = line.partition(":")
        if colon and value.strip():
            found.setdefault(name.strip().lower(), []).append(value.strip())
    return dict(found)


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    """The texts of a value: a text, a number, true or false, a list of those, an object with a name."""
    if isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, (str, int, float)):
        if text := " ".join(str(value)[:_LONGEST].split()):
            yield text
    elif depth < 2 and isinstance(value, Mapping):
        yield from _texts(value.get("name") or value.get("term"), depth + 1)
    elif depth < 2 and isinstance(value, Iterable):
        for part in value:
            yield from _texts(part, depth + 1)
