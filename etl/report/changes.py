"""What changed between two headlines, word by word. Pure."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

# A word with the space after it; of scripts without spaces (Han, kana, Thai) one character.
_TOKEN = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\s\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+|\s+")


class Piece(NamedTuple):
    """A stretch of a headline."""

    text: str
    changed: bool


def changed_words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both headlines in pieces, those marked that the other has not.

    >>> changed_words("Harbour closed by storm", "Harbour opens after storm")[1]
    [Piece(text='Harbour ', changed=False), Piece(text='opens after', changed=True), Piece(text=' storm', changed=False)]
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        _add(left, "".join(before[i:j]), kind != "equal")
        _add(right, "".join(after[k:m]), kind != "equal")
    return _joined(left), _joined(right)


def _add(pieces: list[Piece], text: str, changed: bool) -> None:
    if text:
        pieces.append(Piece(text, changed))


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A lone space between two changed words belongs to them."""
    joined: list[Piece] = []
    for place, piece in enumerate(pieces):
        between = 0 < place < len(pieces) - 1 and pieces[place - 1].changed and pieces[place + 1].changed
        changed = piece.changed or (between and piece.text.isspace())
        if joined and joined[-1].changed == changed:
            joined[-1] = Piece(joined[-1].text + piece.text, changed)
        else:
            joined.append(Piece(piece.text, changed))
    return joined
