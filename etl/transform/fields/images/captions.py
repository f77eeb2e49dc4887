"""What is printed with a picture: caption and credit, from the figure around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from lxml import etree

from etl.transform.body.features import size_of
from etl.transform.fields.credit import split_credit
from etl.transform.text import clean, clean_meta, fold
from etl.transform.words import every

_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:fig)?captions?|legende|légende|bildunterschrift|pie(?:-de)?-foto|didascalia|epigrafe|image-?(?:text|description|desc)|bildtext|"
    r"(?-i:[a-z]Captions?(?![a-z]))",
    re.I,
)
_CREDIT = re.compile(
    r"credit|copyright|(?:bild|foto|photo|image|picture)[-_]?(?:autor|author|by|source|quelle|rechte|nachweis)|(?:^|[\s_-])(?:source|photographer|fotograf|fotografo|fotografe|photo-?by|author|autor|firma|rights|agency|agentur|quelle)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(
    r"(?:^|[\s_-])(?:hidden|sr-only|visually-?hidden|screen-reader|icon|button|btn|toggle|counter|expand|zoom|share)(?:$|[\s_-])",
    re.I,
)
_SKIPPED = frozenset(["button", "svg", "script", "style", "template", "noscript", "form", "select", "iframe"])
_FILE_NAME = re.compile(r"^\S{3,80}\.(?:jpe?g|png|gif|webp)$|^(?:img|dsc|image|photo|bild|foto)[\s_-]?\d*$", re.I)
_LINES = frozenset(["p", "div", "li", "br", "figcaption", "section", "h2", "h3", "h4", "cite", "td", "dd"])
_SPACED = _LINES | {"span", "small"}
_MARKS = " .,:;|"  # before a caption: what is left of a label
_DATED = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")  # "By admin - 2024-05-02" is the story's by-line
_DAY_AFTER = re.compile(r"(?:,\s*|\s*\()(?:19|20)\d\d-\d\d-\d\d\)?$")  # "Jane Roe, 2024-05-02" is a credit
# (1/5), "2 von 3: "; not "5 of 5 points", "24/7 care", "9/11: a day", "1 of 3 UK households"
_COUNTER = re.compile(
    r"^(?P<open>\()?(?P<number>\d{1,3})\s?(?:/|(?P<word>of|von|de|sur|di|van|av|af|z))\s?(?P<most>\d{1,3})"
    r"(?P<close>\))?(?P<mark>\s?[:.|–-])?\s+(?=\S+\s\S+\s\S)"
)
_MORE_MARKS = " .…>»›[]+\xa0\n\t"
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MAX_CAPTION = 1_000
_MOST_LINES = 50
_SHORT = ("div", "span", "p", "small", "cite")
_MAX_CREDIT = 100
_MIN_ALT_WORDS = 4
_DEPTH = 30
_LEVELS = 5


def read_caption(
    image: etree._Element, scope: etree._Element, title: str, beside: Sequence[etree._Element] = ()
) -> tuple[str | None, str | None]:
    """Caption and credit of a picture; `scope` is the element around it that holds no other picture.

    `beside` are elements that stand alone with the picture: what they say counts where nothing calls itself a caption. Where
    nothing is printed, the text that stands for the picture is the caption, if it is a sentence of its own.
    """
    printed: list[str] = []
    named: list[str] = []
    elements = list(_caption_elements(scope))
    if all(map(_is_credit, elements)):
        elements += [element for element in beside if element not in elements]
    for element in elements:
        _collect(element, printed, named, in_credit=_is_credit(element))
        printed.append("\n")
    caption, credit, own = _split(_lines(printed))
    if names := [
        name
        for line in _lines(named)
        for label, given in [split_credit(line)]
        if (name := _DAY_AFTER.sub("", given or label or ""))
    ]:
        labels = every("images", "labels")  # "Copyright" in an element of its own
        whole = _joined([name for name in names if not _DATED.search(name) and name.casefold() not in labels], credit)
        own, credit = own if own and whole and whole.casefold() in own.casefold() else whole, None
    if caption:
        return caption, credit or own or (_credit_apart(scope) if scope.tag == "figure" else None)
    caption, given = _alternative(image, title)
    return caption, credit or own or (given if caption else None)


def _credit_apart(figure: etree._Element) -> str | None:
    """The credit in an element of a figure beside its caption."""
    for element in figure.iter(*_SHORT):
        text = element.text
        if text and len(element) == 0 and len(text) <= _MAX_CREDIT and not _is_in_caption(element):
            caption, credit = split_credit(text)
            if credit and not caption:
                return credit
    return None


def _is_in_caption(element: etree._Element) -> bool:
    around = element.getparent()
    return around is not None and around.tag == "figcaption"


def printed_in(figure: etree._Element) -> tuple[str | None, str | None]:
    """Caption and credit as printed in a figure, without what only stands for the picture."""
    return read_caption(etree.Element("img"), figure, "")


def is_told(image: etree._Element) -> bool:
    """Whether the figure around a picture tells of it: it is one then, whatever its file is called.

    A credit tells, and a sentence where nothing is linked, as adverts are.
    """
    figure = next((element for element in islice(image.iterancestors(), _LEVELS) if element.tag == "figure"), None)
    caption, credit = printed_in(figure) if figure is not None else (None, None)
    if caption is None or figure is None:
        return False
    return credit is not None or (size_of(caption) >= _MIN_ALT_WORDS and next(figure.iter("a"), None) is None)


def _joined(names: list[str], beside: str | None) -> str | None:
    """The names of what calls itself credit, and the credit in a line beside it: `Photo by Jane Roe` / `Reuters`."""
    whole = ", ".join(name for name in dict.fromkeys(names) if not any(name != other and name in other for other in names))
    if not beside or beside.casefold() in whole.casefold():
        return whole or None
    return f"{whole}/{beside}" if whole and whole.casefold() not in beside.casefold() else beside


def _split(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Of printed lines: the caption, the credit in a line of its own, the credit at the caption's end."""
    lines = list(dict.fromkeys(map(_without_counter, lines[:_MOST_LINES])))
    lines = [line for line in lines if not any(other != line and other.startswith(line) for other in lines)]
    credit = None
    if len(lines) > 1:
        for line in (lines[-1], lines[0]):
            caption, own = split_credit(line)
            if own and not caption:
                lines.remove(line)
                credit = own
                break
    while lines and not any(split_credit(lines[-1])):  # "Photo:", whose credit stands elsewhere
        lines.pop()
    text = " ".join(lines)
    caption, own = split_credit(text) if len(text) <= _MAX_CAPTION else (None, None)
    return (caption and caption.lstrip(_MARKS)) or None, credit, own


def _without_counter(line: str) -> str:
    """A line without a gallery's counter: in brackets, or in words with a mark behind it."""
    match = _COUNTER.match(line)
    if match is None or int(match["number"]) > int(match["most"]):
        return line
    is_apart = (match["open"] and match["close"]) or (match["word"] and match["mark"])
    return line[match.end() :] if is_apart else line


def has_caption(scope: etree._Element, within: etree._Element | None = None) -> bool:
    """Whether an element holds something printed with a picture; `within` one of its children there is nothing, as is known."""
    return next(_caption_elements(scope, within), None) is not None


def _caption_elements(scope: etree._Element, within: etree._Element | None = None) -> Iterator[etree._Element]:
    """The elements with printed text of a picture, outermost only."""
    stack = list(scope.iterchildren(etree.Element, reversed=True))
    while stack:
        element = stack.pop()
        if element.tag == "figcaption" or any(_calls_itself(element)):
            yield element
        elif element is not within:
            stack.extend(element.iterchildren(etree.Element, reversed=True))


def _is_credit(element: etree._Element) -> bool:
    caption, credit = _calls_itself(element)
    return credit and not caption and element.tag != "figcaption"


def _calls_itself(element: etree._Element) -> tuple[bool, bool]:
    """Whether an element's names say caption, and whether they say credit."""
    names, itemprop = element.get("class"), element.get("itemprop")
    return _told_by(f"{names or ''} {itemprop or ''}") if names or itemprop else (False, False)


@lru_cache(maxsize=10_000)
def _told_by(names: str) -> tuple[bool, bool]:
    found = _CAPTION.search(names) is not None, _CREDIT.search(names) is not None
    # figcaption--author, image-credit-caption: the last word says what it is
    if all(found) and any(_ends_as_credit(name) for name in names.split()):
        return False, True
    return found


def _ends_as_credit(name: str) -> bool:
    return "caption" in name.lower() and (last := re.split(r"[_-]+", name)[-1]) != name and _CREDIT.search(last) is not None


def _collect(element: etree._Element, printed: list[str], named: list[str], in_credit: bool, depth: int = 0) -> None:
    """Sort an element's text into what is caption and what calls itself credit."""
    into = named if in_credit else printed
    if element.text:
        into.append(element.text)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in _SKIPPED and depth < _DEPTH and not _is_no_text(child):
            named_child = tag != "figcaption" and (in_credit or _is_credit(child))
            gap = "\n" if named_child and not in_credit else _gap(tag)
            (named if named_child else into).append(gap)
            _collect(child, printed, named, named_child, depth + 1)
            into.append("\n" if named_child and not in_credit else _gap(tag))
        if child.tail:
            into.append(child.tail)


def _is_no_text(element: etree._Element) -> bool:
    """Whether an element in a caption is hidden, a button, or a link that shows the rest of it."""
    if _HIDDEN.search(element.get("class") or ""):
        return True
    return element.tag == "a" and "".join(element.itertext()).strip(_MORE_MARKS).casefold() in every("images", "more")


def _gap(tag: str) -> str:
    return "\n" if tag in _LINES else " " if tag in _SPACED else ""


def _lines(parts: list[str]) -> list[str]:
    """The printed lines: white space of the source is folded, line breaks are those of `_gap`."""
    text = "".join(part if part == "\n" else " ".join(part.split("\n")) for part in parts)
    lines = [clean(raw).strip(" |/–—-") for raw in text.split("\n")]
    return [line for line in lines if any(map(str.isalpha, line)) or _YEAR.fullmatch(line)]


def _alternative(image: etree._Element, title: str) -> tuple[str | None, str | None]:
    """Caption and credit of the text that stands for a picture."""
    text = clean_meta(image.get("alt"))
    if len(text.split()) < _MIN_ALT_WORDS or _FILE_NAME.match(text) or fold(text) == fold(title) or len(text) > _MAX_CAPTION:
        return None, None
    return split_credit(text)
