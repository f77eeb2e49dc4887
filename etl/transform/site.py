"""The names a page gives its own site: what they are, and a title or a list of names without them.

"Headline | The Daily Example", "Example.com – Headline": which part is the site is told by what the page declares, by its
host, and by the habits of separators; no list of sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from etl.transform.text import clean, fold

# "A | B", "A – B", "A :: B", "A » B", "A｜B", "标题-网站" (no spaces round the hyphen between CJK characters)
SEPARATOR = re.compile(
    r"\s{1,5}(?:[-–—·•∙»«~/|]|::?|\|\||>)\s{1,5}|\s{0,5}[|｜ㅣ│]\s{0,5}|(?<=[\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef])[-_－—–]{1,2}(?=[\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef])"
)
_ARTICLES = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|il|de|het)\s(?=\S)")
# example.com, www.example.co.uk
_HOST = re.compile(r"(?:https?://)?(?:www\.)?[\w-]{2,60}(?:\.[\w-]{2,20}){1,3}/?", re.A)
_MAX_PARTS = 12
_SUFFIXES = PublicSuffixList(accept_encoded_idn=False)
"""Hosts are decoded to look them up: to encode the list's names takes most of the time of reading it."""


@dataclass(frozen=True, slots=True)
class Site:
    """The site's names."""

    names: tuple[str, ...]
    """As printed, in order of trust."""
    _compact: frozenset[str]

    def owns(self, text: str) -> bool:
        """Whether a text is a name of the site: `Example`, `The Example`, `www.example.com`."""
        if _HOST.fullmatch(text):
            text = text.split("//")[-1].removeprefix("www.")
        return _compact(text) in self._compact

    def _ends(self, text: str) -> bool:
        """Whether a part of a title is the site's: its name, or a text not much longer round it (`Example Verein e.V.`)."""
        wanted = _compact(text)
        return self.owns(text) or any(
            len(name) >= 6 and name in wanted and len(wanted) < 1.8 * len(name) for name in self._compact
        )

    def cut_from(self, title: str) -> str:
        """A title without the site's name before or behind it."""
        marks = [mark.span() for mark in SEPARATOR.finditer(title)][:_MAX_PARTS]
        start, end = 0, len(title)
        while marks and self._ends(title[marks[-1][1] : end]):
            end = marks.pop()[0]
        while marks and self._ends(title[start : marks[0][0]]):
            start = marks.pop(0)[1]
        return title[start:end].strip() or title


def site_of(url: str | None, declared: Iterable[str], titles: Iterable[str] = ()) -> Site:
    """The names of the site at an address that declares these names; what repeats a title of the page is none."""
    taken = [fold(title) for title in titles]
    names = dict.fromkeys(name for text in declared if (name := clean(text)) and not _repeats(fold(name), taken))
    forms = {form for name in names for text in (name, *SEPARATOR.split(name)) if len(form := _compact(text)) > 1}
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    domain = domain_of(host)
    # news.example.co.uk, example.co.uk, example, news: never "co.uk"
    labels = [domain.partition(".")[0], *host.removesuffix(domain).split(".")]
    forms |= {_compact(form) for form in (host, domain, *labels)}
    return Site(tuple(names), frozenset(form for form in forms if len(form) > 1))


@lru_cache(maxsize=2_000)
def domain_of(host: str) -> str:
    """The registrable domain of a host: `example.co.uk` of `www.news.example.co.uk`. The host itself where it has none."""
    if not host or host.replace(".", "").isdigit() or ":" in host:
        return host
    labels = host.lower().rstrip(".").split(".")
    domain = _SUFFIXES.privatesuffix(_decoded(".".join(labels)))
    return ".".join(labels[-domain.count(".") - 1 :]) if domain else host


def _decoded(host: str) -> str:
    """`xn--mnchen-3ya.example` → `münchen.example` (RFC 3490); as it is where it cannot be."""
    if "xn--" not in host:
        return host
    try:
        return host.encode().decode("idna")
    except UnicodeError:
        return host


def _repeats(name: str, titles: list[str]) -> bool:
    """`application-name` is the page's title on some sites."""
    return any(name == title or (len(title) > 15 and name.startswith(title)) for title in titles)


@lru_cache(maxsize=2_000)
def _compact(text: str) -> str:
    """`The Daily-Example` → `dailyexample`."""
    return _ARTICLES.sub("", fold(text.lstrip("@"))).replace(" ", "")
