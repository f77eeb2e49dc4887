"""What a card prints: the story's headline without kicker, rank, date and standfirst, and apart from it by-line and caption."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from etl.transform import hints, words
from etl.transform.blocks import TextBlock
from etl.transform.fields.authors import parse_byline
from etl.transform.fields.credit import split_credit
from etl.transform.fields.images.pictures import is_no_picture, is_small
from etl.transform.fields.related.cards import Card
from etl.transform.fields.related.headings import judge, split_label
from etl.transform.fields.related.lengths import MAX_TITLE, is_title
from etl.transform.hints import name_hint, tag_hint
from etl.transform.text import CASELESS, clean, fold

_MAX_BYLINE = 120
_ASIDE = (
    hints.CONTROL
    | hints.DATE
    | hints.BYLINE
    | hints.TAGS
    | hints.SHARE
    | hints.STANDFIRST
    | hints.CAPTION
    | hints.ADVERT
    | hints.COMMENTS
)
"""What a piece of a teaser calls itself that is not its headline."""
_TITLE = hints.TITLE | hints.HEADING
_RANK = re.compile(
    r"^(?:(?:#|№)\s?\d{1,2}[.)]?\s*|\d{1,2}(?=[^\W\d_a-z\u2e80-\uffff]))"
)  # "#2 ", "3Harbour"; not "6 men", "56个民族", "9. May"
_NUMBERED = re.compile(r"(\d{1,2})[.)]?\s*(?=\D)")
_SKIP_TAGS = frozenset(["time", "figure", "figcaption", "picture", "video", "svg", "button", "sup", "style", "script"])
# teaser__title__kicker, overtitle, dachzeile: a word or two over the headline
_KICKER = re.compile(
    r"kicker|over-?title|over-?line|eyebrow|dach-?zeile|spitz-?marke|roof-?line|super-?title|sur-?titre|ante-?titulo|volanta|cintillo|occhiello|"
    r"chapeu|strap-?line|top-?line|pre-?title|separator",
    re.I,
)
_KICKER_WORDS = 5
_FEW_LETTERS = 5
_BYLINE_WORDS = 7
_MAX_LABEL = 30
_COUNTED = 0.6
_GOING_ON = 3
"""So many titles in a row are ranks wherever they begin: two can begin with consecutive numbers by chance."""
_HEADING_CHARS = 50
_HEADING_SHARE = 0.8
_UNLINKED = 4.0
"""What a heading beside the link must be better by than the link's own text."""
# A link around half a page: no headline comes after so many blocks, and none is made of so many runs of text.
_MOST_PIECES = 40
_MOST_RUNS = 400
_UNSPACED = 3
"""A sign of a script without spaces says as much as so many letters."""
_LETTER = re.compile(r"[^\W\d_]")


def title_of(card: Card) -> tuple[str, TextBlock]:
    """The headline a card prints, and the block it stands in; empty where it prints none."""
    if len(card.blocks) < 2 and len(card.pieces) == 1 and len(card.anchor) == 0 and is_title(card.pieces[0][1]):
        return _strip(clean(card.pieces[0][1])), card.block
    best, where = "", card.block
    rank = -1.0
    candidates = _candidates(card)
    shared = ~0
    for block, _, _ in candidates:
        shared &= block.hints
    for place, (block, text, linked) in enumerate(candidates):
        own = (block.hints & ~shared) | block.box.own_hints | (0 if linked else block.inner_hints)
        value = _weight(text, own, block, place) - (0 if linked else _UNLINKED)
        if value > rank:
            best, where, rank = text, block, value
    declared = clean(card.anchor.get("title"))
    if is_title(declared) and len(declared) < len(best) and fold(declared) in fold(best) and not _is_cut(declared, best):
        best = declared  # the link's text has kicker or by-line besides
    if not is_title(best) and is_title(declared) and not declared.casefold().startswith("perma"):
        best = declared
    return _strip(best), where


def _is_cut(declared: str, text: str) -> bool:
    """Whether an attribute ends where the headline's quotation marks ended it: `title="Waves of "doom" hit port"`."""
    return text.partition(declared)[2].lstrip()[:1] == '"'


def strip_ranks(cards: list[Card]) -> None:
    """Take the ranks from titles that count 1, 2, 3 through a block, or all of them from another number on (4, 5, 6)."""
    matches = [_NUMBERED.match(card.title) for card in cards]
    first = matches[0] if matches else None
    for start in dict.fromkeys((1, int(first.group(1)) if first else 1)):
        ranked = [match and int(match.group(1)) == number for number, match in enumerate(matches, start)]
        counted = sum(map(bool, ranked))
        if counted > 1 and counted >= _COUNTED * len(cards) if start == 1 else counted == len(cards) >= _GOING_ON:
            for card, match, is_rank in zip(cards, matches, ranked, strict=True):
                if match and is_rank:
                    card.title = card.title[match.end() :]
            return


def byline_of(card: Card, language: str | None) -> str | None:
    """Whom a card's by-line names, as the authors of stories are written."""
    title = card.title_block or card.block
    for block in card.blocks:
        # "Is the quay safe? By JANE ROE": what follows the headline on its line is looked at alone.
        text = block.text.partition(card.title)[2].strip() if block is title and card.title else block.text
        if not text or len(text) > _MAX_BYLINE or (block is title and len(card.pieces) > 1):
            continue
        if (block is not title and block.hints & hints.BYLINE & ~title.hints) or _opens_byline(text):
            authors = parse_byline(text, language=language)
            if authors:
                return ", ".join(author.name for author in authors)
    return None


def _opens_byline(text: str) -> bool:
    """Whether a text begins as by-lines do: `By `, `Von `, `Text: `."""
    start = text[:_MAX_LABEL].casefold().split()
    return any(" ".join(start[:count]).rstrip(":") in _byline_labels() for count in (1, 2))


@cache
def _byline_labels() -> frozenset[str]:
    return frozenset((*words.every("authors", "labels"), *words.every("authors", "labels_short")))


def caption_of(card: Card) -> str | None:
    """The caption of a card's picture, or the text that stands for the picture, where it is not the title over again."""
    scope = card.anchor if card.box is None else card.box.element
    for image in scope.iter("img", "figcaption"):
        printed = image.tag != "img"
        text = clean("".join(image.itertext()) if printed else image.get("alt"))
        if " " not in text or not (printed or _is_picture(image)):
            continue
        caption, _ = split_credit(text)
        if caption and " " in caption and fold(caption) not in {fold(card.title), ""} and judge(caption) is None:
            return caption
    return None


def _is_picture(image: etree._Element) -> bool:
    return not (is_small(image) or is_no_picture(image.get("src") or ""))


def _candidates(card: Card) -> list[tuple[TextBlock, str, bool]]:
    """(block, text, whether it is the link's own text) of what can be the headline: the link's blocks, headings beside them."""
    found = []
    linked = {block for block, _ in card.pieces}
    for block, text in card.pieces[:_MOST_PIECES]:
        anchor = next((link for link, printed in block.links if printed == text), card.anchor)
        found.append((block, _own_text(anchor if _is_inline(anchor, block) else block.element, text), True))
    found += [
        (block, _own_text(block.element, block.text), False)
        for block in card.blocks
        if block not in linked and block.box.own_hints & _TITLE and block.link_density <= 0.5
    ]
    return [(block, text, linked) for block, text, linked in found if text and len(text) <= MAX_TITLE]


def _is_inline(anchor: etree._Element, block: TextBlock) -> bool:
    """Whether the link stands inside the block (and not around it)."""
    return anchor is not block.element and any(ancestor is block.element for ancestor in anchor.iterancestors())


def _weight(text: str, own: int, block: TextBlock, place: int) -> float:
    """How well a piece of a card suits as its headline."""
    letters = sum(map(str.isalpha, text))
    if letters < _FEW_LETTERS and letters < len(text) / 2:  # 3., 12:40, 11/20/2019 10:08 AM
        return -1.0
    weight = 0.0
    if own & hints.HEADING or block.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        weight += 4
    if own & hints.TITLE:
        weight += 3
    if own & _ASIDE and not own & hints.TITLE:
        weight -= 4
    if is_title(text):
        weight += 3
    if _opens_byline(text) and len(text.split()) < _BYLINE_WORDS:
        weight -= 2
    if len(text) <= _HEADING_CHARS and (verdict := judge(text)) is not None and verdict.share > _HEADING_SHARE:
        weight -= 12  # the heading over the card
    length = len(text) * (_UNSPACED if CASELESS.search(text) else 1)
    return weight + min(length, 60) / 40 - place * 0.4 + 5


def _own_text(element: etree._Element, whole: str) -> str:
    """The text of a link or heading without the parts that call themselves something else (kicker, rank, date, icon)."""
    if len(element) == 0:
        return clean(whole)
    parts: list[str] = []
    _collect(element, parts)
    text = clean("".join(parts))
    if not _LETTER.search(text) or (is_title(clean(whole)) and not is_title(text)):
        return clean(whole)
    return _without_first_part(element, text)


def _without_first_part(element: etree._Element, text: str) -> str:
    """Without a nameless kicker: `<b>Sea</b> <b>It is rising again</b>`, `<b>Sea</b>It is`, `<span class=x>Sea</span> It is`."""
    while len(element) == 1 and not clean(element.text) and not clean(element[0].tail):
        element = element[0]
    if len(element) == 0 or clean(element.text) or not isinstance(element[0].tag, str):
        return text
    kicker = clean("".join(element[0].itertext()))
    rest = text.removeprefix(kicker)
    title = rest.strip()
    if not kicker or rest == text or len(kicker.split()) > _KICKER_WORDS or not is_title(title) or kicker[-1] in ",-–":
        return text
    glued = rest == title and title[:1].isupper() and kicker[-1].isalnum()
    parted = len(element) == 2 and not clean(element[0].tail) and not clean(element[1].tail)
    styled = element[0].tag == "span" and element[0].get("class") is not None and not title[:1].islower()
    return title if glued or ((parted or styled) and len(kicker) <= 40) else text


def _collect(element: etree._Element, parts: list[str], depth: int = 0) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if len(parts) > _MOST_RUNS:
            return
        if isinstance(child.tag, str):
            if child.tag == "br":
                parts.append(" ")
            elif depth < 30 and not _is_aside(child):
                _collect(child, parts, depth + 1)
            else:
                parts.append(" ")
        if child.tail:
            parts.append(child.tail)


def _is_aside(element: etree._Element) -> bool:
    tag = str(element.tag)
    if tag in _SKIP_TAGS:
        return True
    bits = tag_hint(tag)
    for name in (element.get("class") or "").split():
        if _KICKER.search(name):
            return True
        bits |= name_hint(name.rpartition("__")[2])  # teaser__title__rank: the last part says what it is
    return bool(bits & (_ASIDE | hints.HIDDEN | hints.FIGURE)) and not bits & _TITLE


def _strip(title: str) -> str:
    """Without a rank before it and a label such as `Read more:`, also in brackets (`[Read: …]`)."""
    if title.startswith("[") and title.endswith("]") and split_label(title[1:-1])[0]:
        title = title[1:-1]
    return split_label(_RANK.sub("", title.lstrip(" —–-•·|:>"), count=1).strip())[1]
