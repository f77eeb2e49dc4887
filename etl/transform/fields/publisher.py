"""The name of the site that a page belongs to, among the names it declares and those its title ends with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from urllib.parse import urlsplit

from etl.transform import words
from etl.transform.document import Document
from etl.transform.site import SEPARATOR, domain_of
from etl.transform.text import clean, fold

_HOST_LIKE = re.compile(r"[\w-]{1,60}(?:\.[\w-]{2,20}){1,3}", re.A)
_SENTENCE = re.compile(r"\w{3}[.!?]\s\S|\s.*\w{2}\.$")  # "Gazette. Home of the isles", "Hello, I am Jane."
_SHORTEST_LABEL = 5
"""Shorter ones are abbreviations: the name in words is the better one."""
_SHORTEST_WHOLE = 3
_LONGEST_NAME = 40
_SLOGAN_WORDS = 4
_LEAST_PARTS, _MOST_PARTS = 2, 12
_LONGEST_DECLARED, _LONGEST_PART = 300, 100
_SHOUTED_WORDS = 3
"""Words of a name with a mark in it that the host bears out: `Hello! Magazine`."""
_ARTICLE = _JOINING = 3
"""Letters of the small words in a name: `The Echo of the Isles`."""
_SHORT_NAME = 20
_TIMES_LABEL = 2
"""As many times longer than the host's label can a part of the title be that is the site's name."""


class _Rank(IntEnum):
    """How well a text reads as the name of the site, the best first."""

    BORNE_OUT = 0
    """By the host: `The Daily Example`, example.com."""
    SPELLED = 1
    """The host's name in a spelling of its own: `Example.com`, `example`."""
    NAME = 2
    IN_TITLE = 3
    """A part of `<title>` that the host bears out."""
    HOST = 4
    """The host as it stands in addresses."""
    OTHER = 5
    """A firm, an agency, whose texts others print."""
    SLOGAN = 6


def publisher_name(document: Document) -> str | None:
    """The part of a declared name that reads as a name: ` The Daily Example | Example.com ` → `The Daily Example`.

    No `Home`, and no address of the site; the end of the page's title only where nothing declared is a name.
    """
    domain = domain_of(urlsplit(document.url or "").hostname or "")
    label = domain.partition(".")[0].replace("-", "")
    declared = [part for name in document.site.names for part in _parts(name)]
    ranked = [(_rank(part, domain, label), part) for part in declared]
    if not ranked or min(ranked)[0] > _Rank.NAME:
        ranked += [(_Rank.IN_TITLE, part) for part in _of_title(document, domain, label)]
    if not ranked:
        return None
    best, name = min(ranked, key=lambda found: found[0])
    if name.islower():  # financialpost, Financial Post
        name = next((part for rank, part in ranked if rank <= best and _compact(part) == _compact(name) != part), name)
    return name


def _parts(name: str) -> Iterator[str]:
    for text in SEPARATOR.split(name[:_LONGEST_DECLARED], _MOST_PARTS):
        part = clean(text).removesuffix("/").removeprefix("www.").strip()
        if part and "{" not in part and "://" not in part and fold(part) not in _page_names():
            yield part


def _rank(part: str, domain: str, label: str) -> _Rank:
    if part.startswith("@") or len(part) > _LONGEST_PART:
        return _Rank.SLOGAN
    if _HOST_LIKE.fullmatch(part):
        own = domain_of(part.lower()) == domain
        return _Rank.HOST if part.islower() or not own else _Rank.SPELLED
    if (_SENTENCE.search(part) and not _is_shouted(part, label)) or (domain and domain in part.lower()):
        return _Rank.SLOGAN
    if " " in part and part.casefold().split()[-1] in _firm():
        return _Rank.OTHER
    if _is_borne_out(part, label):
        return _Rank.SPELLED if part.islower() and " " not in part else _Rank.BORNE_OUT
    if part.casefold() in words.every("images", "agencies"):
        return _Rank.OTHER
    named = part.split()
    return _Rank.SLOGAN if len(named) >= _SLOGAN_WORDS and sum(map(str.islower, named)) > 1 else _Rank.NAME


def _is_shouted(part: str, label: str) -> bool:
    """Whether a mark belongs to a name that the host begins with: `Hello! Magazine`, hello.example."""
    return len(label) >= _SHORTEST_WHOLE and _compact(part).startswith(label) and len(part.split()) <= _SHOUTED_WORDS


def _of_title(document: Document, domain: str, label: str) -> Iterator[str]:
    """The last part of `<title>` if the host bears it out, else the one before or the first if they are its very name."""
    title = document.root.findtext("head/title") or next((element.text for element in document.root.iter("title")), None)
    parts = list(_parts(clean(title)[-_LONGEST_DECLARED:]))
    if len(parts) < _LEAST_PARTS:
        return
    for number, part in enumerate((parts[-1], parts[-2], parts[0])):
        if _HOST_LIKE.fullmatch(part):
            if domain_of(part.lower()) == domain:
                yield part
        elif _is_host(part, label) or (not number and _is_of_host(part, label)):
            yield part


def _is_host(part: str, label: str) -> bool:
    """Whether a text is the host's name, but for an article before it: `The Echo`, echo.example."""
    first, _, rest = part.partition(" ")
    has_article = bool(rest) and len(first) <= _ARTICLE and not part.islower()
    return len(label) >= _SHORTEST_WHOLE and label in {_compact(part), _compact(rest) if has_article else ""}


def _is_of_host(part: str, label: str) -> bool:
    """Whether the host bears out a part of the title that is written as a name is: `Time to act` is none at time.example."""
    small = [word for word in part.split() if word.islower()]
    if part.split()[-1].islower() or any(len(word) > _JOINING for word in small):
        return False
    named = [fold(word) for word in part.split()]
    behind = part.split()[named.index(label) + 1 :] if label in named else []
    if behind and not behind[0].islower() and not {word.casefold() for word in behind} <= set(words.every("authors", "channels")):
        return False  # "Post Office Scandal" at post.example; not "Echo Online", "Echo of the Isles"
    return len(_compact(part)) <= max(_TIMES_LABEL * len(label), _SHORT_NAME) and _is_borne_out(part, label)


def _is_borne_out(name: str, label: str) -> bool:
    """Whether a host bears a name out: `The Daily Example` has example, dailyexample, and tde by its words' beginnings."""
    compact = _compact(name)
    if compact == label or _is_like(compact, label):
        return len(compact) >= _SHORTEST_WHOLE
    return len(label) >= _SHORTEST_WHOLE and _is_made_of(label, fold(name).split())


def _is_made_of(label: str, named: list[str]) -> bool:
    """Whether a label is a word of a name, or the beginnings of several in their order."""
    if label in named:
        return True
    rests = {label}
    for word in named:
        rests |= {rest[size:] for rest in rests for size in range(1, len(word) + 1) if rest.startswith(word[:size])}
    return len(named) > 1 and "" in rests


def _is_like(name: str, label: str) -> bool:
    """Whether a site's name is that of its host, or the longer of the two holds the other: `dailyexample`, `example`."""
    shorter, longer = sorted((name, label), key=len)
    return len(shorter) >= _SHORTEST_LABEL and shorter in longer and len(longer) <= _LONGEST_NAME


def _compact(name: str) -> str:
    return fold(name).replace(" ", "")


@lru_cache(maxsize=1)
def _page_names() -> frozenset[str]:
    """Names of pages, that sites give themselves by mistake: `Home`, `News`."""
    return frozenset(fold(word) for word in words.every("section", "no_section"))


@lru_cache(maxsize=1)
def _firm() -> frozenset[str]:
    return frozenset(words.every("site", "firm"))
