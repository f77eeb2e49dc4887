"""From blocks, fragments and plain text to the paragraphs of a body: plain text, one a paragraph, item or row."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import groupby

from lxml import etree

from etl.transform.blocks import NO_TEXT, Box, TextBlock, read_blocks
from etl.transform.body.cards import text_of
from etl.transform.hints import ADVERT, CAPTION, COMMENTS, FORM, HIDDEN, NEWSLETTER, RELATED, SHARE
from etl.transform.text import clean

_CELLS = frozenset(["td", "th"])
_EMPTY_LINE = re.compile(r"\n\s*\n")  # <br><br>
_LEAST = 40
"""Characters of the lines that a single break parts into paragraphs: shorter ones are verses and addresses."""
_SENTENCE_END = re.compile(r"[.!?…。！？:][\"'”’»)\]]{0,2}$")
_OUT = ADVERT | CAPTION | COMMENTS | FORM | HIDDEN | NEWSLETTER | RELATED | SHARE


def of_blocks(blocks: Iterable[TextBlock]) -> list[str]:
    """One paragraph a block or more, where line breaks part it; the cells of a table's row stand on one line."""
    found: list[str] = []
    for row, group in groupby(blocks, _row_of):
        members = list(group)
        if row is not None and len({_cell_of(block) for block in members}) == len(members) > 1:
            found.append(" | ".join(text for block in members if (text := clean(text_of(block)))))
        else:
            for block in members:
                found += paragraphs_of(text_of(block))
    return found


def _row_of(block: TextBlock) -> Box | None:
    cell = _cell_of(block)
    return cell.parent if cell else None


def _cell_of(block: TextBlock) -> Box | None:
    """The table cell that a block is, or is a paragraph of."""
    box: Box | None = block.box
    while box is not None and box.tag not in _CELLS:
        box = box.parent if box.tag in {"p", "div"} else None
    return box


def paragraphs_of(text: str) -> list[str]:
    """`One sentence.<br><br>Another.` gives two; the lines of a verse stay one."""
    if "\n" not in text:
        return [paragraph] if (paragraph := clean(text)) else []
    return [paragraph for part in _EMPTY_LINE.split(text) for lines in _parted(part) if (paragraph := clean(lines))]


def _parted(text: str) -> list[str]:
    lines = text.split("\n")
    if len(lines) < 2 or not all(len(line) >= _LEAST and _SENTENCE_END.search(line.rstrip()) for line in lines[:-1]):
        return [text]
    return lines


def of_fragment(markup: str) -> list[str]:
    """Paragraphs of a piece of HTML, or of plain text, found in a script or in metadata."""
    if "<" not in markup:
        parts = _EMPTY_LINE.split(html.unescape(markup))
        return [paragraph for part in parts for paragraph in paragraphs_of(part)]
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    etree.strip_elements(root, *NO_TEXT, etree.Comment, with_tail=False)
    return of_blocks(block for block in read_blocks(root) if not block.hints & _OUT)
