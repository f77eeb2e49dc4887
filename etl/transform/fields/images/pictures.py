"""An image element's address: the best of those it offers, and the identity of the picture whatever its size.

It judges attributes and addresses; where on the page a picture stands is not its matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from urllib.parse import parse_qsl, unquote

from lxml import etree

from etl.transform.document import Document
from etl.transform.urls import split_address

_SOURCES = (
    "src",
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "data-url",
)
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set")
_DESCRIPTOR = re.compile(r"(\d{1,5})(?:\.\d{1,3})?([wx]),?")  # "640w" and "2x" in a set of sources
# data:…, blank.gif, 1x1.png, placeholder-16x9.svg: stands for a picture until a script loads it; in small letters
_PLACEHOLDER = re.compile(
    r"^data:|(?:^|[/_.-])(?:blank|spacer|pixel|transparent|placeholder|loading|lazyload|lazy|grey|gray|1x1|trans|clear|dummy|empty|preload(?:er|ing)?|tinygif|ersatzbild)"
    r"(?:[/_.-]|\d|$)"
)
# /logo.png, _avatar-2, .ads.: logos, avatars, icons, counters, adverts, which are no pictures of a story; in small letters
_NO_PICTURE = re.compile(
    r"[/_.-](?:logos?|icons?|favicon|avatars?|gravatar|sprites?|emojis?|badges?|smileys?|stars?|tracking|tracker|beacon|captcha|"
    r"profile[-_]?(?:pic|image|photo)s?|author[-_]?(?:pic|image|photo)s?|headshots?|byline|google[-_]?play|app[-_]?store|banners?|ads?|"
    r"adserver|sponsors?)(?:[/_.@-]|\d|$)"
)
_NO_PICTURE_PLACES = ("doubleclick.net", "scorecardresearch", "vgwort", "/wp-content/themes/", "/placeholder/", "/placeholders/")
_NO_PICTURE_ENDINGS = (".svg", "/count")
# 300x250-en.png: named after an advert's size alone
_ADVERT_SIZE = re.compile(
    r"-(?:300[x-]250|336[x-]280|728[x-]90|970[x-](?:90|250)|160[x-]600|300[x-]600|320[x-](?:50|100)|468[x-]60)(?:[_.-]|$)"
)
# The same of a file's name only, with a mark before it: `social` and `comment` are names of folders too.
_NO_PICTURE_NAME = re.compile(
    r"[_.-](?:buttons?|btn|arrows?|bullets?|rating|counter|share|social|facebook|twitter|whatsapp|instagram|youtube|comments?|"
    r"linkedin|pinterest|telegram|weibo|weixin|wechat|qzone|flash[-_]?player|e?mail|print|rss|feed|search|menu|close|play|quotes?|modal|mailafriend)"
    r"(?:[_.-]|\d|$)"
)
_DEFAULT = re.compile(
    r"(?:^|[/_.-])(?:default|fallback|no[-_]?image|og[-_]?(?:image|default)?|share|social|site[-_]?image|card)(?:[/_.-]|\d|$)"
)
_SIZE_PARTS = re.compile(
    r"(?:[-_@.](?:\d{2,4}x\d{2,4}|\d{2,4}w|w\d{2,4}|h\d{2,4}|(?:[1-9]\d|1\d\d|2[05]\d)0|\d?(?:[05]12|[357]68|375|414|[0-9]24|828|[0-9]48|1366|536)|scaled|small|medium|large|thumb(?:nail)?|full|original|crop\w{0,12}|retina|[234]x))+$",
    re.I,
)
_SIZE_BEFORE = re.compile(r"^(?:\d{2,4}x\d{2,4}|w\d{2,4})[_-]")
# -80x80.jpg, /w96_h72_, /L150xH191/; not _2024-11-26_23-16-59
_SMALL = re.compile(r"[/_-](?:w?(?:[1-9]\d|1[0-5]\d)(?:x|_h)\d{2,3}|L(?:[1-9]\d|1[0-5]\d)xH\d{2,3})(?=[._/-])")
_SMALL_BY_QUERY = re.compile(r"(?:^|&)(?:w|width)=(?:[5-9]\d|1[0-4]\d)(?:&|$)")  # ?w=85; not ?w=20, which a script replaces
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|jfif|bmp|tiff?)", re.I)
_GENERIC = re.compile(
    r"^(?:image|img|photo|picture|original|default|master|large|main|\d{1,4}|crop|full|thumbnail|[a-z]?)$", re.I
)
# style="width:1px;height:1px": both sides
_SIDE = re.compile(r"(?<![\w-])(width|height)\s*:\s*[01](?:px)?\s*(?:;|!|$)")
# c-video, article__video-player, videoPlayer, brightcove; not videos-wrap
_PLAYER = re.compile(
    r"(?<![^\W_])(?:video|brightcove|jw-?player|youtube|vimeo|dailymotion|media-?player)"
    r"(?!-?(?:less|game|article))(?:(?=player)|(?!(?-i:[a-z])))|(?-i:[a-z]Video(?![a-z]))",
    re.I,
)
_NO_PLAYER = re.compile(r"^(?:no|has|with|without)(?:[_-]|(?-i:(?=[A-Z])))", re.I)  # has-video, noVideo: of a story
_PICTURE_TOO = re.compile(r"image|photo|picture|gallery|foto|bild(?!schirm)", re.I)  # field-image-or-video: of either
_PLAYERS = frozenset(["video", "amp-video", "amp-youtube", "iframe"])
_STORY = frozenset(["article", "main", "section", "body", "html"])
_LONGEST_CLASS = 80
_MIN_SIDE = 100
_BANNER = 3
"""As many times wider than high is no picture of a story."""
_MIN_BOTH = 180
_LONG_NAME = 30
_MAX_SET = 20_000
_LEVELS = 5
_LAZY_LEVELS = 3
_LOOKED_AT = 100


def picture_url(document: Document, image: etree._Element, *, captioned: bool = False) -> str | None:
    """The absolute address of an `img` (or `amp-img`), the largest it offers; None for a placeholder, an icon or a logo.

    What a file is called says nothing against a `captioned` picture.
    """
    for candidate in chain(_candidates(image), _left_outside(image)):
        if _PLACEHOLDER.search(_name_of(candidate).lower()) or candidate.startswith("data:"):
            continue
        url = document.absolute(candidate.replace("&amp;", "&"))  # written by programs that escape twice
        if url is not None:
            return None if is_no_picture(url, captioned=captioned) else url
    return None


def is_small(image: etree._Element) -> bool:
    """Whether the element's own attributes make it an icon, an avatar or a counting pixel."""
    width, height = (_pixels(image.get(name)) or None for name in ("width", "height"))  # 0: to be settled by the browser
    if width is None and height is None and _is_pixel(image.get("style") or ""):
        return True
    if width is not None and height is not None:
        return min(width, height) < _MIN_SIDE or max(width, height) < _MIN_BOTH
    side = width if width is not None else height
    return side is not None and side < _MIN_SIDE


def _is_pixel(style: str) -> bool:
    """Whether a style makes both sides a pixel or none: not `width:0;min-width:100%`, as scripts lay pictures out."""
    return "min-" not in style and len(set(_SIDE.findall(style))) > 1


def is_banner(image: etree._Element) -> bool:
    """Whether the element's own attributes make it far wider than high: the head of a site, not a story's picture."""
    width, height = (_pixels(image.get(name)) for name in ("width", "height"))
    return bool(width and height) and (width or 0) > _BANNER * (height or 0)


def is_still(image: etree._Element) -> bool:
    """Whether an image is a video's: it stands in a player. The classes of what holds paragraphs too may name one as well."""
    for around in islice(image.iterancestors(), _LEVELS):
        if around.tag in _STORY:
            return False
        if around.tag in _PLAYERS or ((names := around.get("class")) and _names_player(names)):
            return not _holds_paragraph(around)
    return False


def _holds_paragraph(element: etree._Element) -> bool:
    """Whether a paragraph is among the first elements of another: of a long row of pictures not all are looked at."""
    return any(inner.tag == "p" for inner in islice(element.iter(), _LOOKED_AT))


@lru_cache(maxsize=5_000)
def _names_player(names: str) -> bool:
    return len(names) <= _LONGEST_CLASS and any(
        _PLAYER.search(name) is not None and not _NO_PLAYER.match(name) and not _PICTURE_TOO.search(name)
        for name in names.split()
    )


@lru_cache(maxsize=5_000)
def is_no_picture(url: str, *, captioned: bool = False) -> bool:
    """Whether an address is that of a logo, an avatar, an icon, a counter; of a captioned picture by its folder alone."""
    parts = split_address(url)
    name = f"-{_name_of(parts.path).lower()}"
    place = f"/{parts.hostname}{parts.path}".lower().replace("%20", "-")
    if (
        place.endswith(_NO_PICTURE_ENDINGS)
        or any(map(place.__contains__, _NO_PICTURE_PLACES))
        or _SMALL.search(parts.path) is not None
        or _SMALL_BY_QUERY.search(parts.query) is not None
        or _NO_PICTURE.search(place.rpartition("/")[0] if captioned else place) is not None
    ):
        return True
    if captioned:
        return False
    return (len(name) <= _LONG_NAME and _NO_PICTURE_NAME.search(name) is not None) or _ADVERT_SIZE.match(name) is not None


def is_default(url: str) -> bool:
    """Whether an address is that of a site's stand-in for stories without a picture."""
    name = _name_of(url).lower()
    return is_no_picture(url) or _PLACEHOLDER.search(name) is not None or _DEFAULT.search(name) is not None


@lru_cache(maxsize=5_000)
def identity_of(url: str) -> str:
    """The same for one picture in several sizes: the name of its file without marks of size."""
    parts = split_address(url)
    for _, value in parse_qsl(parts.query) if "." in parts.query or "%" in parts.query else ():
        if _IMAGE_FILE.search(value) and "/" in value:  # resize?url=https://…/harbour.jpg
            return identity_of(value)
    segments = [segment for segment in unquote(parts.path).split("/") if segment]
    if not segments:
        return url
    name = _IMAGE_FILE.split(segments[-1])[0]
    name = _SIZE_PARTS.sub("", name) or name
    name = _SIZE_BEFORE.sub("", name) or name
    if _GENERIC.match(name):
        number = parts.query if not _IMAGE_FILE.search(segments[-1]) else ""
        return "/".join([*segments[-4:-1], name, number]).casefold()
    return name.casefold()


def _candidates(image: etree._Element) -> list[str]:
    """Addresses, the best first: the widest of the sets, then the single ones."""
    sets = [item for element in (image, *_alternatives(image)) for name in _SETS for item in _parse_set(element.get(name))]
    sets.sort(key=lambda item: -item[0])
    return [url for _, url in sets] + [value.strip() for name in _SOURCES if (value := image.get(name)) and value.strip()]


def _left_outside(image: etree._Element) -> Iterator[str]:
    """The address that a script is to move from an element around an image into it."""
    for around in islice(image.iterancestors(), _LAZY_LEVELS):
        value = around.get("data-src")
        if value and _IMAGE_FILE.search(value):
            yield value.strip()


def _alternatives(image: etree._Element) -> list[etree._Element]:
    """The `source` elements of the `picture` around an image (the parser nests them: it does not know they are empty)."""
    around = image.getparent()
    while around is not None and around.tag == "source":
        around = around.getparent()
    return list(around.iter("source")) if around is not None and around.tag == "picture" else []


def _parse_set(value: str | None) -> list[tuple[int, str]]:
    """(width, address) of the parts of a `srcset`; densities count as hundreds of pixels."""
    found: list[tuple[int, str]] = []
    for token in (value or "")[:_MAX_SET].split():
        match = _DESCRIPTOR.fullmatch(token)
        if match is None:
            found.append((100, token.rstrip(",")))
        elif found:
            found[-1] = (int(match.group(1)) * (100 if match.group(2) == "x" else 1), found[-1][1])
    return [(width, url) for width, url in found if url]


def _name_of(url: str) -> str:
    return url.partition("?")[0].rstrip("/").rpartition("/")[2]


def _pixels(value: str | None) -> int | None:
    digits = (value or "").strip().removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None
