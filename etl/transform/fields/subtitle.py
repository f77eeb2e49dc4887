"""The standfirst: the lines between headline and text that sum the story up.

Only what the page shows counts, or else the summary of the feed that it came by; a description for search engines alone is none.
What stands in the body is not repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from etl.records import Origin
from etl.transform import hints
from etl.transform.blocks import TextBlock
from etl.transform.body.captions import is_caption, pictures_beside
from etl.transform.body.ends import is_headline
from etl.transform.body.phrases import label_of
from etl.transform.descriptions import descriptions, repeats
from etl.transform.document import Document
from etl.transform.profiled import profile_found
from etl.transform.reading import Found, Story
from etl.transform.structured import strings
from etl.transform.text import clean, clean_meta

# What a block's own box says that makes it something else than a standfirst.
_NO_STANDFIRST = (
    hints.CAPTION
    | hints.FORM
    | hints.COMMENTS
    | hints.SHARE
    | hints.ADVERT
    | hints.NEWSLETTER
    | hints.COOKIE
    | hints.BREADCRUMB
    | hints.NAV
    | hints.BYLINE
    | hints.DATE
    | hints.TAGS
    | hints.KICKER
    | hints.BIO
    | hints.PAYWALL
)
_PICTURE = hints.FIGURE | hints.CAPTION
_NO_LONE = _PICTURE | hints.HIDDEN | hints.FOOTER | hints.ADVERT
"""Boxes, however far around, in which an unmarked sentence is no standfirst."""
_REACH = 15  # blocks after the headline
_MOST_BLOCKS = 3
_FIRST = 3  # paragraphs that a standfirst could repeat
_LONGEST = 600
_LEAST_WORDS = 4
_LEAST_CHARACTERS = 12  # of a script without spaces
_SENTENCE = re.compile(r".{40,}[.!?…。！？”\"»]$", re.S)
# A line with a day or a count in it, as it stands over the text: 2 May 2024, 02.05., 38 comments
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[.:/]\d{2}\b|^\W*\d")
_LEAST_DATED = 9
_LEAST_LABELLED = 12  # Published Wednesday, May 15, 2013 at 1:05 pm EDT
# "19.10.2019, 15:30 UhrThe ferry …": day and clock in an element of their own before the text
_DAY_BEFORE = re.compile(
    r"^\d{1,2}[./]\d{1,2}[./]\d{4},?\s?(?:\d{1,2}[:.]\d{2}(?:\s?[A-Za-z]{1,3}(?=[^\W\d_a-z]))?)?[\s|–-]{0,3}(?=[^\W\d_])"
)
_CREDIT = re.compile(r"©|\bcopyright\b|[(/](?:[Ff]oto|[Bb]ild|[Pp]hoto|[Ii]mage|AP|AFP|dpa|Reuters)\b", re.I)
# "… the council sa…", "… voted [...]"
_CUT_SHORT = re.compile(r"(?:…|\.\.\.|\[[^\[\]]{1,30}\]|\([^()]{0,10}\.\.\.\))\W{0,3}$")


def extract_subtitle(document: Document, story: Story) -> Found[str] | None:
    """The standfirst as printed; None where the page has none."""
    if found := profile_found(document, "subtitle"):
        return found
    marked = [
        block for block in story.body.standfirst if not repeats(block.text, [story.title]) and not _announces(document, block)
    ]
    if marked:
        return Found(_joined(marked), Origin.HTML, _place(marked[0]))
    return _between(document, story) or told_subtitle(document, story)


def told_subtitle(document: Document, story: Story) -> Found[str] | None:
    """The summary that the page's feed, or whoever kept the page, gives; none that is cut short, or the text's own beginning."""
    text = clean_meta(document.hints.get("summary"))
    if len(text) > _LONGEST or len(text.split()) < _LEAST_WORDS or _CUT_SHORT.search(text):
        return None
    return None if repeats(text, [story.title, *story.body.paragraphs]) else Found(text, Origin.FEED, "summary")


def _between(document: Document, story: Story) -> Found[str] | None:
    """The standfirst among the blocks between headline and text."""
    if story.headline is None:
        return None
    start = story.headline.index + 1
    first = story.first_index
    end = min(start + _REACH, first if first is not None and first >= start else start + _REACH)
    near = [block for block in document.blocks[start:end] if _reads_like_one(block)]
    if not near:
        return None
    described = descriptions(document)
    candidates = [block for block in near if _stands_like_one(block) or _is_described(block, described)]
    told = [story.title, *_titles(document), *story.body.paragraphs[:_FIRST]]
    candidates = [block for block in candidates if not repeats(block.text, told) and not is_headline(block, story.title)]
    for number, block in enumerate(candidates):
        if _marks_standfirst(block) or repeats(block.text, described):
            return Found(_joined(_of_a_kind(candidates[number:])), Origin.HTML, _place(block))
    lone = candidates[0] if len(candidates) == 1 and first is not None and first >= start else None
    if lone is None or lone.hints & _NO_LONE or not _SENTENCE.fullmatch(lone.text) or _is_of_picture(document.blocks, lone):
        return None
    return Found(clean(lone.text), Origin.HEURISTIC, "lone sentence under the headline")


def _of_a_kind(blocks: list[TextBlock]) -> list[TextBlock]:
    """The first block and those marked like it right behind: a standfirst in several lines."""
    first = blocks[0]
    more = takewhile(lambda block: block.tag == first.tag and _marks_standfirst(block), blocks[1:_MOST_BLOCKS])
    return [first, *more]


def _announces(document: Document, block: TextBlock) -> bool:
    """Whether a text only leads to the list that follows it, or is a cell of a table: `The most important in brief:`."""
    if block.hints & hints.TABLE:
        return True
    after = document.blocks[block.index + 1 : block.index + 2]
    return block.text.endswith((":", "：")) and any(following.hints & hints.LIST & ~block.hints for following in after)


def _reads_like_one(block: TextBlock) -> bool:
    text = block.text
    words = len(text.split())
    long_enough = words >= _LEAST_WORDS or (words < 3 and len(text) >= _LEAST_CHARACTERS and not text.isascii())
    if not long_enough or len(text) > _LONGEST or block.link_density > 0.5 or text.endswith(":") or _CREDIT.search(text):
        return False
    is_label = words < _LEAST_LABELLED and label_of(text.partition(" ")[0]) == "dateline"
    return not ((words < _LEAST_DATED or is_label) and _DATE.search(text))


def _stands_like_one(block: TextBlock) -> bool:
    return not _near_hints(block) & _NO_STANDFIRST or _marks_standfirst(block)


def _is_described(block: TextBlock, described: Iterable[str]) -> bool:
    """Whether a text is the page's description, and only shares a box with by-line, date, share buttons or picture."""
    return not (block.box.own_hints | block.inner_hints) & _NO_STANDFIRST and repeats(block.text, described)


def _near_hints(block: TextBlock) -> int:
    parent = block.box.parent
    return block.inner_hints | block.box.own_hints | (parent.own_hints if parent is not None else 0)


def _is_of_picture(blocks: Sequence[TextBlock], block: TextBlock) -> bool:
    """Whether a sentence is a caption: a picture beside it has it as its description, or a box named after pictures has both."""
    return bool(_near_hints(block) & hints.RELATED) or is_caption(block, pictures_beside(blocks, block.index))


def _around(block: TextBlock) -> int:
    """The hints of the element round the parent: a description in the author's box is the author's."""
    parent = block.box.parent
    return parent.parent.own_hints if parent is not None and parent.parent is not None else 0


def _marks_standfirst(block: TextBlock) -> bool:
    bits = _near_hints(block)
    return (
        bool(bits & hints.STANDFIRST) and not (bits | _around(block)) & (hints.BYLINE | hints.FORM) and not block.hints & _PICTURE
    )


def _titles(document: Document) -> list[str]:
    """The headlines the page declares: one of them printed small is no standfirst."""
    return [
        *document.meta("og:title", "twitter:title"),
        *(t for node in document.story_nodes[:3] for t in strings(node.get("headline"))),
    ]


def _joined(blocks: Sequence[TextBlock]) -> str:
    return _DAY_BEFORE.sub("", clean(" ".join(dict.fromkeys(block.text for block in blocks))))


def _place(block: TextBlock) -> str:
    return f"standfirst {block.tag}"
