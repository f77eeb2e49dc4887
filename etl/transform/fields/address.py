"""The page's address, its publisher, and the keys by which an article is known."""

from __future__ import annotations

from urllib.parse import urlsplit

from etl.records import DateValue, Origin, Publisher
from etl.transform.document import Document
from etl.transform.profiles import Profile
from etl.transform.reading import Found
from etl.transform.site import domain_of
from etl.transform.text import slug


def extract_address(document: Document) -> Found[str] | None:
    """The canonical address, absolute."""
    if document.url:
        return Found(document.url, Origin.URL, "source")
    for element in document.link_rel.get("canonical", ()):
        return Found(element.get("href") or "", Origin.META, "link canonical")
    return None


def extract_publisher(document: Document) -> Publisher | None:
    """The site the page belongs to."""
    names = document.meta("og:site_name")
    return publisher_of(document.url, document.profile, names[0] if names else None)


def publisher_of(url: str | None, profile: Profile | None, name: str | None = None) -> Publisher | None:
    """The publisher by its profile or by an address; `name` is what the page calls the site."""
    host = urlsplit(url or "").hostname
    if not host and profile is None:
        return None
    return Publisher(
        domain=profile.domain if profile else domain_of(host or ""),
        name=profile.name if profile else name,
        time_zone=profile.time_zone if profile else None,
        language=profile.language if profile else None,
    )


def key_of(url: str) -> str:
    """Identity of an address: without scheme, `www.`, tracking parameters and fragment, AMP and mobile variants folded."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def adoption_key(publisher: Publisher | None, published: DateValue | None, title: str) -> str:
    """`publisher/day/slug-of-title`."""
    domain = publisher.domain if publisher else "unknown"
    day = published.day.isoformat() if published else "undated"
    return f"{domain}/{day}/{slug(title)}"
