"""The page's address, its publisher, and the keys by which an article is known.

The source's word comes first. What the page declares (canonical link, og:url, JSON-LD) replaces it only where it is another
spelling of the same story's address: front pages, other hosts and other stories stand in canonical links often enough.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from etl.records import DateValue, Origin, Publisher
from etl.transform import words
from etl.transform.document import Document
from etl.transform.fields.publisher import publisher_name
from etl.transform.profiles import Profile
from etl.transform.reading import Found
from etl.transform.saved import saved_mark
from etl.transform.site import domain_of
from etl.transform.structured import strings
from etl.transform.text import fold, slug
from etl.transform.urls import key_of, unwrap, without_tracking

__all__ = ["adoption_key", "domain_of", "extract_address", "extract_publisher", "extract_saved_at", "key_of", "publisher_of"]

_WORD = re.compile(r"[^\W\d_]{3,}|\d{4,}")
_NUMBER = re.compile(r"\d{5,}")
_LONGEST = 2_000
_PRIVATE_DOMAINS = frozenset(["localhost", "local", "internal", "lan", "test"])


def extract_address(document: Document) -> Found[str] | None:
    """The canonical address, absolute and without tracking parameters; None where nothing names one."""
    source = _web_address(unwrap(document.url)) if document.url else None
    if source and _is_redirector(source):
        source = None
    if source:
        return _of_source(document, source)
    declared = [*_declared(document, None), *_left_by_programs(document)]
    deep = (found for found in declared if urlsplit(found.value).path.strip("/") or urlsplit(found.value).query)
    return next(deep, declared[0] if declared else None)


def _of_source(document: Document, source: str) -> Found[str]:
    """The declared address that is the source's story, else the source's own."""
    others = []
    for found in _declared(document, source):
        if found.value == source or _is_same_story(found, source, document):
            return found
        others.append((key_of(found.value), found))
    keys = [key for key, _ in others]
    agreed = (found for key, found in others if keys.count(key) > 1 and _may_replace(found, source))
    return next(agreed, Found(without_tracking(source), Origin.URL, "source"))


def extract_saved_at(document: Document) -> dt.datetime | None:
    """When a program saved the page, by the mark it left: better than the time of the file, which copying changes."""
    mark = saved_mark(document.head_text)
    return mark.at if mark else None


def extract_publisher(document: Document) -> Publisher | None:
    """The site the page belongs to."""
    publisher = publisher_of(document.url, document.profile) or publisher_by_name(document.hints.get("publisher"), None)
    return publisher and (publisher if publisher.name else replace(publisher, name=publisher_name(document)))


def publisher_of(url: str | None, profile: Profile | None) -> Publisher | None:
    """The publisher by its profile or by an address."""
    host = urlsplit(url or "").hostname
    if not host and profile is None:
        return None
    return Publisher(
        domain=profile.domain if profile else domain_of((host or "").removeprefix("www.")),
        name=profile.name if profile else None,
        time_zone=profile.time_zone if profile else None,
        language=profile.language if profile else None,
        from_profile=profile is not None,
    )


def publisher_by_name(domain: str | None, profile: Profile | None) -> Publisher | None:
    """The publisher that whoever kept the page names by its domain."""
    return publisher_of(f"https://{domain}/", profile) if domain else None


def adoption_key(publisher: Publisher | None, published: DateValue | None, title: str) -> str:
    """`publisher/day/slug-of-title`."""
    domain = publisher.domain if publisher else "unknown"
    day = published.day.isoformat() if published else "undated"
    return f"{domain}/{day}/{slug(title)}"


def _is_redirector(url: str) -> bool:
    """Whether an address belongs to a service that only leads on to the page (`feedproxy.google.com`, `t.co`)."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return host in words.every("urls", "redirector_hosts")


def _declared(document: Document, source: str | None) -> Iterator[Found[str]]:
    """The addresses the page gives itself, in order of trust, made absolute; no other than web addresses of public hosts."""
    stated: Iterable[tuple[str, Origin, str]] = _stated(document)
    if source is None:
        stated = list(stated)
        source = next((text for text, _, _ in stated if text.startswith("http")), "")
    for text, origin, detail in stated:
        try:
            url = _web_address(unwrap(urljoin(source, _with_scheme(text.strip(), source))))
        except ValueError:
            continue
        if url:
            yield Found(without_tracking(url), origin, detail)


def _with_scheme(text: str, source: str) -> str:
    """`www.example.com/story`, which would be a file's name, as the address that is meant, with the source's scheme."""
    return f"{urlsplit(source).scheme or 'http'}://{text}" if text.startswith("www.") else text


def _stated(document: Document) -> Iterator[tuple[str, Origin, str]]:
    """The addresses as they stand on the page, read one by one: mostly the first is the one that is wanted."""
    for element in document.link_rel.get("canonical", ()):
        yield element.get("href") or "", Origin.META, "link canonical"
    for text in document.meta("og:url"):
        yield text, Origin.META, "meta og:url"
    for node in document.story_nodes:
        for name in ("url", "mainEntityOfPage", "@id"):
            value = node.get(name)
            for text in strings(value.get("@id") or value.get("url") if isinstance(value, dict) else value):
                yield text, Origin.JSON_LD, name
    for text in document.meta("twitter:url"):
        yield text, Origin.META, "meta twitter:url"


def _left_by_programs(document: Document) -> list[Found[str]]:
    mark = saved_mark(document.head_text)
    candidates = [(mark.url, "mark of the saving program")] if mark else []
    if mirrored := document.hints.get("mirror_url"):
        candidates.append((mirrored, "folder of the mirror"))
    return [
        Found(without_tracking(url), Origin.URL, detail) for text, detail in candidates if (url := _web_address(unwrap(text)))
    ]


def _web_address(text: str) -> str | None:
    """An http address of a host that can be reached from elsewhere; None for `localhost`, `file:` and the like."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or len(text) > _LONGEST or " " in text.strip():
        return None
    return text.strip() if _is_public(host) else None


@lru_cache(maxsize=2_000)
def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        labels = host.split(".")
        return len(labels) > 1 and all(labels) and labels[-1] not in _PRIVATE_DOMAINS


def _is_same_story(found: Found[str], source: str, document: Document) -> bool:
    """Whether a declared address is the source's story under another spelling."""
    if key_of(source) == key_of(found.value):
        return domain_of(urlsplit(source).hostname or "") == domain_of(urlsplit(found.value).hostname or "")
    ours, theirs = urlsplit(source), urlsplit(found.value)
    if not _may_replace(found, source):
        return _names_the_story(theirs, document) and domain_of(ours.hostname or "") == domain_of(theirs.hostname or "")
    same_number = set(_NUMBER.findall(source)) & set(_NUMBER.findall(found.value))
    return _last_segment(ours) == _last_segment(theirs) or bool(same_number) or _names_the_story(theirs, document)


def _may_replace(found: Found[str], source: str) -> bool:
    """Whether an address is one of the same site, and neither its front page nor a section above the story."""
    ours, theirs = urlsplit(source), urlsplit(found.value)
    if domain_of(ours.hostname or "") != domain_of(theirs.hostname or "") or not (theirs.path.strip("/") or theirs.query):
        return False
    return not ours.path.rstrip("/").startswith(theirs.path.rstrip("/") + "/")


def _last_segment(parts: SplitResult) -> str:
    return parts.path.rstrip("/").rpartition("/")[2].lower()


def _names_the_story(parts: SplitResult, document: Document) -> bool:
    """Whether most words of an address's last step are words of the declared title."""
    wanted = set(_WORD.findall(fold(_last_segment(parts))))
    title = set(_WORD.findall(fold(" ".join(document.meta("og:title", "twitter:title")))))
    return len(wanted) > 2 and len(wanted & title) >= 0.5 * len(wanted)
