"""Addresses as text: one spelling for each page, and the key by which it is known.

Nothing here knows a document, resolves a name or raises: whatever stands in a `href` has a key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, quote, quote_from_bytes, unquote_to_bytes, urlsplit

from etl.transform import words

_TRACKING_PREFIXES = re.compile(
    r"(?:utm|mtm|matomo|piwik|pk|hsa|oly|vero|itm|at|ns|wt|sc|trk|ga|gs|mkt|fb|aff|dm|bsft|iterable|klaviyo|algo|amp)_"
    r"|utm[a-z]{3,12}$|elqtrack|__hs|__s$"
)
# Values by which any parameter only asks for another form of the page: ?output=amp, ?view=print, ?service=mobile
_FORMS = frozenset(["amp", "print", "mobile", "smartphone", "touch", "rss"])
_MOBILE_HOSTS = frozenset(["www", "m", "mobile", "touch", "amp", "wap", "mobil", "movil"])
_INDEX_PAGE = re.compile(r"(?:index|default|home)\.(?:html?|php\d?|aspx?|jsp|cfm|shtml|xhtml)", re.I)
_AMP_ENDINGS = ("-amp", ".amp")
_KIND = re.compile(r"[A-Za-z]{3,5}")
_PATH_PARAMETERS = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.I)
# ?s=22c09551c71c1a6b64e4360a5d2f2d11: a visit, where ?s=harbour is a search
_SESSION = re.compile(r"[0-9a-f]{26,64}", re.I)
_SESSION_NAMES = frozenset(["s", "sid"])
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]{0,20}:)?//", re.I)
_HOST_NAME = re.compile(r"[\w.-]{1,255}(?::\d{0,5})?")
_DEFAULT_PORT = re.compile(r"(?::(?:80|443)?|\.)+$")
# What most addresses are: nothing in them has another spelling, if none of the words below is in them.
_PLAIN = re.compile(
    r"https?://(?:www\.)?(?P<host>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})(?P<path>(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]{0,300}){0,12})/?"
)
# Asked for one by one: a pattern of them takes five times as long.
_SPECIAL = (
    *("amp", "index.", "default.", "home.", "archive.org", "google", ".m."),
    *(f"//{www}{name}." for www in ("", "www.") for name in sorted(_MOBILE_HOSTS) if www or name != "www"),
)
# web.archive.org/web/20200101000000id_/https://…; www.google.com/amp/s/…; example-com.cdn.ampproject.org/c/s/…
_WRAPPED = (
    re.compile(r"(?:web\.)?archive\.org/web/\d{1,14}(?:[a-z]{2}_)?/(?P<inner>.+)", re.I | re.S),
    re.compile(r"(?:www\.)?google\.[a-z.]{2,6}/amp/(?:s/)?(?P<inner>.+)", re.I | re.S),
    re.compile(r"[\w-]+\.cdn\.ampproject\.org/(?:[vacimr]/)?(?:s/)?(?P<inner>.+)", re.I | re.S),
)
_WRAPPERS = ("archive.org/web/", "/amp/", ".cdn.ampproject.org/")
"""One of these stands in whatever the patterns match."""
_SAFE_IN_PATH = "!$&'()*+,;=:@~-._"
_SAFE_IN_QUERY = "!$'()*,:@~-._/[]"


def key_of(url: str) -> str:
    """Identity of an address: `example.com/news/story?id=7`.

    Without scheme, `www.`, default port, tracking parameters and fragment; AMP and mobile variants, front-page file names,
    percent-encoding and order of parameters made one. What has no scheme is taken for an address without it, so that a key's
    key is the key itself.
    """
    lower = url.lower()
    if (plain := _PLAIN.fullmatch(url)) and not any(map(lower.__contains__, _SPECIAL)):
        return plain["host"] + plain["path"]
    host, path, query = _split(unwrap(url))
    return _host_key(host) + _path_key(path) + _query_key(query)


def split_address(url: str) -> SplitResult:
    """The parts of an address as found on a page; all of them empty where it is none (`http://[`)."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def without_tracking(url: str) -> str:
    """An address as one would cite it: without fragment and tracking parameters, all else as it is."""
    address = url.strip().partition("#")[0]
    head, mark, query = address.partition("?")
    kept = [pair for pair in query.split("&") if pair and not _is_tracking(*pair.partition("=")[::2])]
    return _PATH_PARAMETERS.sub("", head) + (f"?{'&'.join(kept)}" if mark and kept else "")


def unwrap(url: str) -> str:
    """The address inside that of an archive's or AMP cache's copy."""
    address = url.strip()
    if not any(map(address.lower().__contains__, _WRAPPERS)):
        return address
    for _ in range(3):
        bare = _SCHEME.sub("", address, count=1)
        match = next((match for pattern in _WRAPPED if (match := pattern.match(bare))), None)
        if match is None:
            break
        inner = match["inner"]
        address = inner if _SCHEME.match(inner) else f"http://{inner}"
    return address


def _split(address: str) -> tuple[str, str, str]:
    """(authority, path, query) without scheme and fragment; `urlsplit` would raise on some."""
    rest = _SCHEME.sub("", address.strip(), count=1).partition("#")[0]
    rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    return host, slash + path, query


def _host_key(authority: str) -> str:
    host = "".join(authority.rpartition("@")[2].split()).lower()
    decoded = unquote_to_bytes(host).decode("utf-8", "replace")
    if _HOST_NAME.fullmatch(decoded):
        host = decoded.lower()
    labels = _labels(host if host.isascii() else _ascii_host(".".join(_labels(host))))
    while len(labels) > 2 and labels[0] in _MOBILE_HOSTS:
        labels.pop(0)
    # en.m.example.org
    return ".".join(label for place, label in enumerate(labels, -len(labels)) if label != "m" or place >= -2)


def _labels(host: str) -> list[str]:
    return [label for label in _DEFAULT_PORT.sub("", host).split(".") if label]


def _ascii_host(host: str) -> str:
    try:
        encoded = host.encode("idna").decode("ascii").lower()
    except UnicodeError:  # an empty or overlong label: no name of a host, but still an identity
        encoded = ""
    return encoded if _HOST_NAME.fullmatch(encoded) else quote(host, safe=":[]").lower()


def _path_key(path: str) -> str:
    segments: list[str] = []
    for raw in _PATH_PARAMETERS.sub("", path).split("/"):
        segment = _recode(raw, _SAFE_IN_PATH)
        if segment == "..":
            del segments[-1:]
        elif segment and segment != "." and segment.lower() != "amp":
            segments.append(segment)
    while segments and _INDEX_PAGE.fullmatch(segments[-1]):
        segments.pop()
    while segments and (name := _without_amp(segments[-1])) != segments[-1]:
        segments[-1:] = [name] if name else []
    return "".join(f"/{segment}" for segment in segments)


def _without_amp(name: str) -> str:
    """`story-amp` → `story`, `story.amp.html` → `story.html`."""
    stem, dot, kind = name.rpartition(".")
    if not dot or kind.lower() == "amp" or not _KIND.fullmatch(kind):
        stem, dot, kind = name, "", ""
    lower, end = stem.lower(), len(stem)
    while lower.endswith(_AMP_ENDINGS, 0, end):
        end -= 4
    return stem[:end] + dot + kind


def _query_key(query: str) -> str:
    kept = set()
    for pair in query.replace("&amp;", "&").split("&"):
        name, mark, value = pair.partition("=")
        if not _is_tracking(name, value):
            kept.add(_recode(name, _SAFE_IN_QUERY) + (f"={_recode(value, _SAFE_IN_QUERY)}" if mark and value else ""))
    kept.discard("")
    return f"?{'&'.join(sorted(kept))}" if kept else ""


def _is_tracking(name: str, value: str) -> bool:
    name = name.lower()
    return (
        (name in _SESSION_NAMES and _SESSION.fullmatch(value) is not None)
        or name in _tracking()
        or (name == "m" and value == "1")
        or value.lower() in _FORMS
        or bool(_TRACKING_PREFIXES.match(name))
    )


@lru_cache(maxsize=1)
def _tracking() -> frozenset[str]:
    return frozenset(words.every("urls", "tracking"))


def _recode(text: str, safe: str) -> str:
    """One percent-encoding for all spellings of a text: NFC, upper-case digits, nothing encoded that need not be."""
    octets = unquote_to_bytes(text)
    try:
        return quote(unicodedata.normalize("NFC", octets.decode("utf-8")), safe=safe)
    except UnicodeError:  # a legacy encoding: the bytes are all that is known
        return quote_from_bytes(octets, safe=safe)
