"""Whose page a text capture is: the address it prints, and the publisher's domain."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.records import Publisher
from etl.transform.captures.lines import Line
from etl.transform.fields.address import publisher_of
from etl.transform.profiles import Profile
from etl.transform.site import SEPARATOR, Site, domain_of

_HEAD, _FOOT = 5, 40
"""Lines at the beginning and at the end where a capture names its page or its publisher."""
# "https://news.example/2024/harbour", "URL: https://…", "https://… 1/3" at the foot of a printed page
_ADDRESS_LINE = re.compile(r"(?:[^\W\d_]{2,20}\s?[:：]\s*)?<?(https?://[^\s<>]{4,2000})>?(?:\s+\d{1,3}/\d{1,3})?", re.I)
_STORY_PATH = re.compile(r"/[^/]*[\w%]{4,}")
# "© 2021 news.example.com", "Harbour Gazette | www.gazette.example"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?<![\w@.-])(?:https?://)?((?:{_LABEL}\.){{1,4}}[a-z]{{2,18}})(?![\w@-]|\.\w)", re.I)
_MAX_NAMING_LINE = 200
_OWNER = re.compile(r"[©ⓒ.,|•]|\([cC]\)|(?:copyright|all rights|©?\s?(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)\s?", re.I)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|ⓒ", re.I)


def printed_address(lines: list[Line]) -> str | None:
    """The story's address, alone on a line at the top or at the very end of the capture."""
    for line in (*lines[:_HEAD], *lines[-2:]):
        match = _ADDRESS_LINE.fullmatch(line.text)
        if match and _STORY_PATH.search(urlsplit(match[1]).path):
            return match[1]
    return None


def publisher_from_text(lines: list[Line], profile: Profile | None) -> Publisher | None:
    """The publisher of a capture without address: its profile, else the domain in its head or in its copyright line."""
    if profile:
        return publisher_of(None, profile)
    for line in (*lines[:_HEAD], *(line for line in lines[-_FOOT:] if _COPYRIGHT.search(line.text))):
        match = _DOMAIN.search(line.text) if len(line.text) < 200 else None
        if match and (domain := domain_of(match[1].lower().removeprefix("www."))).count(".") and _is_known(domain):
            return Publisher(domain=domain)
    return None


def printed_name(lines: list[Line], site: Site) -> str | None:
    """The site's name where the capture prints it: in the copyright line, or behind the headline in its first line."""
    for line in (*lines[:_HEAD], *(line for line in lines[-_FOOT:] if _COPYRIGHT.search(line.text))):
        if len(line.text) > _MAX_NAMING_LINE:
            continue
        for part in (*SEPARATOR.split(line.text), *_OWNER.split(line.text)):
            name = part.strip(" .,;:–—-")
            if " " in name and site.owns(name):
                return name
    return None


def _is_known(domain: str) -> bool:
    """A registrable domain under a public suffix; `U.S.` and `Inc.Terms` have none."""
    return domain_of(f"x.{domain}") == domain and len(domain.rpartition(".")[0]) > 2
