"""Whether an address is a story's, by its shape: `…/2024/05/02/minister-resigns-after-vote-123456` is, `/politics` is not.

Lists (sections, tags, authors), services and other sites are told apart without knowing any site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from urllib.parse import parse_qsl, unquote

from etl.transform import words
from etl.transform.site import domain_of


class Shape(IntEnum):
    """How much an address looks like a story's."""

    NONE = 0
    WEAK = 1
    """It can be one: a short name, or a number alone."""
    STRONG = 2


_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|cms|ece|amp|shtml|xhtml|story|article)\d?$", re.I)
_WORD_ENDS = str.maketrans(dict.fromkeys("_+,.~ ", "-"))
_LONG_NUMBER = re.compile(r"\d{5,}")
_DATE = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/-]|\d\d)")  # /2024/05/, /2019/nov/, /20240502
_HEX_DIGITS = frozenset("0123456789abcdef")
_HEX = re.compile(r"[0-9a-f]{6,}(?:-[0-9a-f]{2,}){0,5}$")  # the end of a UUID, a content hash
_FILE = re.compile(r"jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|mp[34]|xml|rss|json|css|js|ics|apk")
_SUBSCRIPTION = re.compile(r"[-_](?:subscription|abonnement|suscripcion)s?(?:[-_.]|$)")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")  # /news/4711/harbour-vote/ar: a step that names the page's language
_DIGITS = re.compile(r"\d+")
_LIST_WORDS = 5
"""So long a name is a story's even in the folder of an author or a topic."""
_QUERY_ID = re.compile(r"\d{3,}$")
_QUERY_NAMES = frozenset({"p", "no", "num", "seq", "item", "article", "idx", "idxno", "newsno", "story", "v"})
"""Besides all that end in `id`."""
_TRACKING = frozenset(
    {"gclid", "fbclid", "dclid", "msclkid", "yclid", "gbraid", "sourceid", "cid", "campaignid", "adid", "ns_mchannel", "icid"}
)


# //www.example.com:80/path/name?query#fragment
_PARTS = re.compile(r"(?:https?:)?//([^/?#]+)([^?#]*)(?:\?([^#]*))?", re.I)
_LOCAL = re.compile(r"(/(?!/)[^?#]*)(?:\?([^#]*))?")


@dataclass(frozen=True, slots=True)
class Address:
    """A link's address, as far as it tells what it leads to."""

    place: str
    """Host, path and what of the query names a story: the same for the same story."""
    shape: Shape
    same_site: bool


class Addresses:
    """Judges the addresses of one page's links."""

    def __init__(self, page_url: str | None) -> None:
        match = _PARTS.match(page_url or "")
        self.host = _plain_host(match.group(1)) if match else None
        path = match.group(2).rstrip("/") if match else ""
        self.own = f"{self.host}{path}{_identifying(match.group(3) or '')}" if match else None
        self._pattern, self._numbers = _pattern_of(path), _DIGITS.findall(path)

    def judge(self, href: str) -> Address | None:
        """What a link's address says; None for what is no web address with a path of its own."""
        match = _LOCAL.match(href)
        if match is not None:
            host, (path, query) = self.host, match.groups()
        else:
            match = _PARTS.match(href)
            if match is None:
                return None
            host, path, query = _plain_host(match.group(1)), match.group(2), match.group(3)
        path = path.rstrip("/")
        place = f"{host}{path}{_identifying(query or '')}"
        shape, same_site = shape_of(path, query or ""), _is_same_site(host, self.host)
        if shape is Shape.NONE and same_site and self._is_like_own(path):
            shape = Shape.WEAK
        return Address(place, shape, same_site)

    def _is_like_own(self, path: str) -> bool:
        """Whether a path differs from the page's by numbers of like length alone: beside `/page/8110` `/page/3` is a service."""
        if self._pattern is None or _pattern_of(path) != self._pattern:
            return False
        pairs = zip(_DIGITS.findall(path), self._numbers, strict=True)
        return all(abs(len(number) - len(own)) <= 1 for number, own in pairs)


def _pattern_of(path: str) -> str | None:
    """A path with its numbers blotted out: what has the same as the page is of its kind (`/news/812`); None without numbers."""
    pattern = _DIGITS.sub("0", path)
    return pattern if pattern != path else None


@lru_cache(maxsize=20_000)
def shape_of(path: str, query: str = "") -> Shape:
    """The shape of an address, by its path and query."""
    if "%" in path:
        path = unquote(path)
    path = path.lower()
    segments = [segment for segment in path.split("/") if segment]
    if not _parts("services").isdisjoint(segments) or _FILE.fullmatch(path.rpartition(".")[2]):
        return Shape.NONE
    if segments and _is_subscription(segments[-1]):
        return Shape.NONE
    if segments and (segments[-1] in {"amp", "index.html", "print"} or (len(segments) > 2 and _LANGUAGE.fullmatch(segments[-1]))):
        segments.pop()
    by_query = _identifying(query) != ""
    if not segments:
        return Shape.WEAK if by_query else Shape.NONE
    parent = -3 if len(segments) > 2 and segments[-2].isdigit() else -2  # /category/65/courts
    if len(segments) > 1 and segments[parent] in _parts("lists"):
        return Shape.NONE if _count_words(segments[-1]) < _LIST_WORDS else Shape.WEAK
    if segments[0] in _parts("lists") and (len(segments) < 3 or _count_words(segments[-1]) < _LIST_WORDS):
        return Shape.NONE  # /category/sea/harbours-and-piers; but /authors/jane-roe/harbour-vote-ends-in-a-tie
    return _shape_of_path(path, segments, by_query)


def _is_subscription(name: str) -> bool:
    return "newsletter" in name or _SUBSCRIPTION.search(name) is not None


@lru_cache(maxsize=20_000)
def _identifying(query: str) -> str:
    """The parts of a query that name a story: `?id=4711`, `?clipId=4711`."""
    if not any(map(str.isdigit, query)):
        return ""
    named = [
        f"{name}={value}"
        for name, value in parse_qsl(query)
        if _QUERY_ID.search(value)
        and (name.lower() in _QUERY_NAMES or (name.lower().endswith("id") and name.lower() not in _TRACKING))
    ]
    return f"?{'&'.join(named)}" if named else ""


@cache
def _parts(name: str) -> frozenset[str]:
    return frozenset(words.every("addresses", name))


def _plain_host(host: str) -> str:
    return host.lower().rpartition("@")[2].partition(":")[0].removeprefix("www.")


@lru_cache(maxsize=5_000)
def _is_same_site(host: str | None, own_host: str | None) -> bool:
    """Whether a host belongs to the page's site, whatever the subdomain or the country's ending."""
    if not host or not own_host:
        return own_host is None
    if host == own_host:
        return True
    site, own = domain_of(host), domain_of(own_host)
    return site == own or (site.split(".")[0] == own.split(".")[0] and len(own.split(".")[0]) > 2)


def _shape_of_path(path: str, segments: list[str], by_query: bool) -> Shape:
    name = _EXTENSION.sub("", segments[-1]) if "." in segments[-1] else segments[-1]
    number = bool(
        _LONG_NUMBER.search(segments[-1]) or (len(segments) > 1 and _LONG_NUMBER.search(segments[-2])) or _ends_in_hash(name)
    )
    named = segments[-1] != name
    dated = _DATE.search(path + "/") is not None
    count = _count_words(name)
    if count < 4 and len(segments) > 1 and number:  # /minister-resigns-after-vote/123456
        count = max(count, _count_words(segments[-2]))
    if count >= 4 or (count >= 3 and (number or dated)) or (count >= 2 and (dated or (number and named))) or (dated and number):
        return Shape.STRONG
    if count >= 3 or number or dated or by_query or (count >= 2 and (named or len(segments) > 2)):
        return Shape.WEAK
    return Shape.NONE


def _count_words(name: str) -> int:
    """Words of a path's last part; of a script without hyphens a long part counts as a few words."""
    bare = _EXTENSION.sub("", name) if "." in name else name
    parts = bare.translate(_WORD_ENDS).split("-")
    count = len([part for part in parts if (len(part) > 1 or not part.isascii()) and not part.isdigit()])
    return count if name.isascii() else max(count, len(name) // 6)


def _ends_in_hash(name: str) -> bool:
    return _HEX_DIGITS.issuperset(name[-2:]) and _HEX.search(name) is not None
