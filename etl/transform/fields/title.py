"""The story's headline, as the page shows it: without site name, kicker or section.

Every heading is a candidate. What speaks for one: its level and class, agreement with what the page declares (JSON-LD, og:title,
`<title>`) and with the words of the address; what speaks against it: menus, side bars, breadcrumbs, names of the site. Only where
no heading stands up to that is the headline taken from the metadata, with the site's name cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from etl.records import Origin
from etl.transform import hints, words
from etl.transform.blocks import TextBlock
from etl.transform.document import Document
from etl.transform.headings import Heading, in_breadcrumb
from etl.transform.profiled import profile_found
from etl.transform.reading import Found
from etl.transform.site import SEPARATOR
from etl.transform.structured import microdata, strings
from etl.transform.text import CASELESS, clean, clean_meta, fold

# Name of the meta tag, and how far it can be trusted to be the headline.
_META = {
    "og:title": 3.0,
    "twitter:title": 1.0,
    "parsely-title": 2.0,
    "sailthru.title": 1.5,
    "citation_title": 2.0,
    "dc.title": 1.0,
    "dcterms.title": 1.0,
    "headline": 1.5,
    "title": 1.0,
}
_MOST_NODES = 8  # entries of a live blog come by the hundred
_TRUST_LINKED_DATA = 3.0
_TRUST_MICRODATA = 2.0
_TRUST_NAME = 1.0
_TRUST_TITLE = 2.0

# What a heading's place says against it.
_MISPLACED = (
    (hints.FOOTER | hints.COMMENTS | hints.COOKIE | hints.NEWSLETTER | hints.FORM, 4.0),
    (hints.NAV | hints.RELATED | hints.ADVERT, 3.0),
    (hints.ASIDE | hints.HIDDEN | hints.BIO | hints.FIGURE | hints.SHARE, 2.0),
    (hints.HEADER | hints.BYLINE | hints.DATE, 1.0),
)
_LEVEL_SCORE = {1: 3.0, 2: 1.5, 3: 1.0, 7: 0.5}
# From here on a claim is more than the words of <title>.
_MIN_TRUST = 3.0
_KICKER_MARK = re.compile(r"\s{0,5}[:|/•·]\s{1,5}|\s{1,5}[-–—]\s{1,5}")
_ENDS = re.compile(r"\s{0,5}[|｜ㅣ»«-]|\s{1,5}[–—:·•]\s")
_MAX_SUPPORT = 9.0
_MAX_GAIN = _MAX_SUPPORT + 2.0
# By how many characters a heading with a kicker may be longer (or a title with one).
_KICKER_LENGTH = 60
# How many blocks below a headline its story may begin; and above it, a story before it would end.
_REACH = 12
_LEAST_BEGINNING = 8  # characters
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A headline that the page declares."""

    text: str
    folded: str
    trust: float
    origin: Origin
    detail: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The story's headline, and where the page shows it."""

    title: Found[str]
    block: TextBlock | None
    """None when the page shows none. Where the title stands only in the metadata, the heading the page shows instead."""


def extract_headline(document: Document) -> Headline | None:
    """The headline, or None where the page has none."""
    claims = _claims(document)
    best = _best_heading(document, claims)
    title = profile_found(document, "title") or _title(document, claims, best)
    if title is None:
        return None
    if best and _shows(best, fold(title.value)):
        return Headline(title, _block_of(best, fold(title.value)))
    return Headline(title, headline_block(document, title.value) or (_block_of(best, "") if best else None))


def extract_title(document: Document) -> Found[str] | None:
    """The headline's text alone."""
    headline = extract_headline(document)
    return headline.title if headline else None


def headline_block(document: Document, title: str) -> TextBlock | None:
    """The block that shows a title, however it was found; None when the page does not show it."""
    wanted = fold(title)
    shown = [
        heading
        for heading in document.headings
        if abs(heading.length - len(title)) < _KICKER_LENGTH and _shows(heading, wanted) and not in_breadcrumb(heading, document)
    ]
    if shown:
        return _block_of(min(shown, key=lambda heading: (-_promise(heading, 0), heading.first.index)), wanted)
    lengths = range(len(title) - 3, len(title) + 4)
    return next((block for block in document.blocks if len(block.text) in lengths and fold(block.text) == wanted), None)


def _shows(heading: Heading, wanted: str) -> bool:
    return wanted in (fold(heading.text), fold(heading.printed)) or f" {wanted}".endswith(f" {fold(heading.text)}")


def _block_of(heading: Heading, wanted: str) -> TextBlock:
    return max(heading.blocks, key=lambda block: (fold(block.text) == wanted, len(block.text)))


def _title(document: Document, claims: list[_Claim], best: Heading | None) -> Found[str] | None:
    if best:
        return _headline(best, claims, document)
    if shown := _shown_part(document, claims):
        return Found(clean(shown.text), Origin.HTML, shown.tag)
    if claims:
        claim = max(claims, key=lambda claim: claim.trust)
        return Found(claim.text, claim.origin, claim.detail)
    hint = document.site.cut_from(clean_meta(document.hints.get("title")))
    return Found(hint, Origin.FEED, "title") if hint and not document.site.owns(hint) else None


def _shown_part(document: Document, claims: list[_Claim]) -> TextBlock | None:
    """The block that shows a part of `<title>`, where nothing else is declared: a headline in plain bold type."""
    if any(claim.trust >= _MIN_TRUST for claim in claims):
        return None
    parts = {part for claim in claims for part in SEPARATOR.split(claim.text) if len(part.split()) > 2}
    texts = {claim.text for claim in claims}
    return next(
        (
            block
            for block in document.blocks
            if (block.text in parts or any(_begins(text, block.text) for text in texts)) and not block.hints & hints.NEGATIVE
        ),
        None,
    )


def _begins(text: str, part: str) -> bool:
    """Whether a text in a script without spaces (`渡轮再次起航 本地_北港网`) begins with another and goes on with a mark."""
    return (
        _LEAST_BEGINNING <= len(part) < len(text)
        and CASELESS.search(part) is not None
        and text.startswith(part)
        and not text[len(part)].isalnum()
    )


def _best_heading(document: Document, claims: list[_Claim]) -> Heading | None:
    """The heading that is the story's headline, if any is."""
    best, best_score = None, -1.0
    ranked = [(_promise(heading, number), -number, heading) for number, heading in enumerate(document.headings)]
    steps = []
    for promise, _, heading in sorted(ranked, key=lambda entry: entry[:2], reverse=True):
        if promise + _MAX_GAIN <= best_score:
            break
        score = promise + _gain(heading, claims, document)
        if score > max(best_score, _least_score(heading, claims) - 0.001):
            if in_breadcrumb(heading, document):
                steps.append(heading)
            else:
                best, best_score = heading, score
    if best is None or not _is_declared(best, claims):
        # A breadcrumb's last step is the headline only where nothing shown bigger is declared to be it.
        return next((step for step in steps if _is_declared(step, claims)), best)
    return best


def _promise(heading: Heading, number: int) -> float:
    """What speaks for a heading before its words are looked at: level, class and place."""
    score = _LEVEL_SCORE.get(heading.level, 0.5) - 0.2 * min(number, 10)
    score -= sum(cost for bits, cost in _MISPLACED if heading.hints & bits)
    return score + bool(heading.hints & hints.TITLE) + 0.5 * bool(heading.hints & hints.ARTICLE)


def _gain(heading: Heading, claims: list[_Claim], document: Document) -> float:
    """What its words add, or take."""
    folded = fold(heading.text)
    if not folded or document.site.owns(heading.text):
        return -20.0
    count = len(folded.split())
    score = _support(folded, claims) + _share_in_address(folded, document.url) + _text_around(heading, document)
    if count < 3:
        score -= 1.0 if count == 1 else 0.5
    if heading.first.link_density > 0.9 and not _links_home_or_self(heading, document):
        score -= 1.5
    if folded in _no_headlines():
        score -= 4.0
    return score


def _is_declared(heading: Heading, claims: list[_Claim]) -> bool:
    tails = {fold(clean(" ".join(heading.parts[start:]))) for start in range(len(heading.parts))}
    return any(claim.trust >= _MIN_TRUST and claim.folded in tails for claim in claims)


def _least_score(heading: Heading, claims: list[_Claim]) -> float:
    """Below this a heading loses against what is declared: the more so where it is none of the first level."""
    if all(claim.trust < _MIN_TRUST for claim in claims):
        return 0.5
    return 2.5 if heading.level == 1 else 4.0


def _claims(document: Document) -> list[_Claim]:
    found: list[tuple[str, float, Origin, str]] = []
    for number, node in enumerate(document.story_nodes[:_MOST_NODES]):
        trust = _TRUST_LINKED_DATA if number == 0 else 1.0
        found += [(text, trust, Origin.JSON_LD, "headline") for text in strings(node.get("headline"))]
        found += [(text, _TRUST_NAME, Origin.JSON_LD, "name") for text in strings(node.get("name"))]
    for name, trust in _META.items():
        found += [(text, trust, Origin.META, f"meta {name}") for text in document.meta(name)]
    for element in document.itemprops.get("headline", ())[:3]:
        found.append((microdata(element), _TRUST_MICRODATA, Origin.MICRODATA, "headline"))
    title = document.root.findtext("head/title") or next((element.text for element in document.root.iter("title")), None)
    found.append((title or "", _TRUST_TITLE, Origin.HTML, "title"))
    claims = []
    cleaned: dict[str, str] = {}
    for raw, trust, origin, detail in found:
        if raw not in cleaned:
            cleaned[raw] = _first_part(document.site.cut_from(clean_meta(raw)))
        text = cleaned[raw]
        if text and not (detail == "name" and fold(text) in _no_headlines()):
            claims.append(_Claim(text, fold(text), trust / 3 if document.site.owns(text) else trust, origin, detail))
    return _cut_to_agreement(claims)


def _first_part(text: str) -> str:
    """What stands before a bar: behind it stand site and section, however they are called."""
    first, bar, _ = text.partition("|")
    return first.strip() if bar and len(first.split()) > 1 and len(first) > 15 else text


def _cut_to_agreement(claims: list[_Claim]) -> list[_Claim]:
    """`Headline - Section` becomes `Headline` where another claim is just that."""
    shorter = [claim for claim in claims if len(claim.text) > 15]
    for number, claim in enumerate(claims):
        for other in shorter:
            if (
                len(other.text) < len(claim.text)
                and claim.text.startswith(other.text)
                and _ENDS.match(claim.text, len(other.text))
            ):
                claims[number] = replace(claim, text=other.text, folded=other.folded)
                break
    return claims


def _text_around(heading: Heading, document: Document) -> float:
    """A headline stands over the story's text, not under it."""
    first, last = heading.first.index, heading.blocks[-1].index
    below = _running_text(document.blocks[last + 1 : last + 1 + _REACH])
    above = _running_text(document.blocks[max(0, first - _REACH) : first])
    return min(1.0, below / 400) - min(2.0, above / 300)


def _running_text(blocks: list[TextBlock]) -> int:
    return sum(len(block.text) for block in blocks if len(block.text) > 60 and block.link_chars < 0.3 * len(block.text))


def _support(folded: str, claims: list[_Claim]) -> float:
    """The agreement of the three sources that agree best."""
    best: dict[str, float] = {}
    agreements: dict[str, float] = {}
    for claim in claims:
        if claim.folded not in agreements:
            agreements[claim.folded] = _agreement(folded, claim.folded)
        best[claim.detail] = max(best.get(claim.detail, 0.0), claim.trust * agreements[claim.folded])
    return min(sum(sorted(best.values(), reverse=True)[:3]), _MAX_SUPPORT)


def _agreement(shown: str, declared: str) -> float:
    """Most for the same words, less where one begins or ends with the other, or where they share words."""
    if shown == declared:
        return 1.4
    short, long = sorted((shown, declared), key=len)
    if len(short) >= 8 and long.startswith(short + " "):
        return 0.85
    if len(short) >= 8 and long.endswith(" " + short):
        return 0.7
    if len(short) >= 8 and short in long:
        return 0.5
    ours, theirs = set(shown.split()), set(declared.split())
    shared = len(ours & theirs) / len(ours | theirs)
    return 0.6 * shared if shared > 0.3 else 0.0


def _share_in_address(folded: str, url: str | None) -> float:
    """The share of the words of a heading that stand in the address."""
    address = _address_words(url or "")
    ours = [word for word in folded.split() if len(word) > 2]
    return sum(word in address for word in ours) / len(ours) if len(ours) > 1 else 0.0


@lru_cache(maxsize=8)
def _address_words(url: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(unquote(urlsplit(url).path))))


def _links_home_or_self(heading: Heading, document: Document) -> bool:
    return any(document.absolute(anchor.get("href")) == document.url for anchor, _ in heading.first.links)


def _headline(heading: Heading, claims: list[_Claim], document: Document) -> Found[str]:
    """The heading's text without a kicker that only the metadata tells from the headline.

    A kicker belongs to the headline where everything the page declares says so: JSON-LD `headline` (and og:title, if any).
    """
    folded = fold(heading.text)
    text = heading.text
    declared = {claim.folded for claim in claims}
    for start in range(1, len(heading.parts)):
        tail = clean(" ".join(heading.parts[start:]))
        if fold(tail) in declared or _parted(claims, fold(" ".join(heading.parts[:start])), folded):
            text = tail
            break
    whole = _with_kicker(heading, fold(text), claims, document)
    if whole:
        return Found(whole.text, whole.origin, whole.detail)
    return Found(text, Origin.HTML, heading.place)


def _parted(claims: list[_Claim], kicker: str, folded: str) -> bool:
    """Whether a declared text has the same words, with a mark between kicker and headline."""
    for claim in claims:
        if claim.folded == folded:
            pieces = [fold(piece) for piece in _KICKER_MARK.split(claim.text, maxsplit=1)]
            if pieces[0] == kicker:
                return True
    return False


def _with_kicker(heading: Heading, folded: str, claims: list[_Claim], document: Document) -> _Claim | None:
    ends = " " + folded
    longer = [claim for claim in claims if claim.folded.endswith(ends) and claim.detail in {"headline", "meta og:title"}]
    others = [claim for claim in claims if claim.folded == folded and claim.detail in {"headline", "meta og:title"}]
    if others or not longer or longer[0].origin is not Origin.JSON_LD:
        return None
    kicker = longer[0].folded.removesuffix(ends)
    before = document.blocks[max(0, heading.first.index - 3) : heading.first.index]
    shown = [fold(block.text) for block in before if block.link_density < 0.5]
    return longer[0] if kicker in shown or fold(heading.printed).startswith(kicker) else None


@lru_cache(maxsize=1)
def _no_headlines() -> frozenset[str]:
    return frozenset(fold(word) for word in words.every("title", "no_headline"))
