"""From bytes to text, as browsers do it: byte order mark, HTTP header, `<meta>`, then detection.

Labels are those of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/), so that `iso-8859-1` means
windows-1252. One thing is decided otherwise than in a browser: a page that declares a legacy encoding but is valid UTF-8
with characters beyond ASCII is read as UTF-8, since no other text looks like that by chance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from resiliparse.parse.encoding import bytes_to_str, detect_encoding, map_encoding_to_html5

_UTF8_BOM = b"\xef\xbb\xbf"
_BOMS = ((_UTF8_BOM, "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# <meta charset="utf-8">, <meta http-equiv=Content-Type content="text/html; charset=big5">
_META = re.compile(rb"<meta\b[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.I)
# Browsers look at 1024 bytes; saved pages carry a comment or a script before it.
_META_WITHIN = 16_384
_HEAD = 1_024


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, and how it was found."""

    utf8: bytes
    """The text in UTF-8, as the parser takes it: without byte order mark and NUL (no database driver takes one)."""
    encoding: str
    """Python codec name."""
    source: str
    """`bom`, `header`, `meta`, `detected`, `utf-8`."""
    replaced: int
    """Places that are no text in this encoding; U+FFFD stands there."""

    @property
    def text(self) -> str:
        """The text."""
        return self.utf8.decode("utf-8")

    @property
    def is_readable(self) -> bool:
        """Whether more of it is text than not: some damage is a sloppy page, much is another encoding or no text at all."""
        return self.replaced <= max(20, len(self.utf8) // 20)


def decode(content: bytes, charset: str | None = None) -> Decoded:
    """Decode a page. `charset` is the label of the HTTP header, if any. Never raises; damage shows in `replaced`."""
    is_utf8 = _is_utf8(content)
    encoding, source = _choose(content, charset, is_utf8)
    if encoding == "utf-8":
        utf8 = content.removeprefix(_UTF8_BOM)
        # Nearly always valid: the bytes stay as they are, and no text is made of them.
        utf8, replaced = (utf8, 0) if is_utf8 or utf8.isascii() else _recoded(utf8.decode("utf-8", "replace"))
    else:
        utf8, replaced = _recoded(bytes_to_str(content, encoding, errors="replace", fallback_encodings=()))
    return Decoded(utf8.replace(b"\x00", b""), encoding, source, replaced)


def _recoded(text: str) -> tuple[bytes, int]:
    return text.encode("utf-8", "replace"), text.count("\ufffd")


def _choose(content: bytes, charset: str | None, is_utf8: bool) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return encoding, "bom"
    if half := _unmarked_utf16(content):
        return half, "detected"
    declared = _declared(content, charset)
    if is_utf8:
        return "utf-8", "utf-8" if not declared or declared[0] != "utf-8" else declared[1]
    if declared and (declared[0] != "utf-8" or content.isascii() or _is_mostly_utf8(content)):
        return declared
    detected = _known(detect_encoding(content, html5_compatible=True) or "")
    return (detected if detected and detected != "utf-8" else "cp1252"), "detected"


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by the zero bytes of its markup."""
    head = content[:_HEAD]
    zeros = head.count(0)
    if zeros * 3 < len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) * 2 > zeros else "utf-16-be"


def _declared(content: bytes, charset: str | None) -> tuple[str, str] | None:
    if charset and (encoding := _known(charset)):
        return encoding, "header"
    match = _META.search(content, 0, _META_WITHIN)
    if match and (encoding := _known(match[1].decode("ascii"))):
        # The standard: a meta that could be read cannot have been UTF-16.
        return ("utf-8" if encoding.startswith("utf-16") else encoding), "meta"
    return None


@lru_cache(maxsize=200)
def _known(label: str) -> str | None:
    """The Python codec for a WHATWG label, or None for a label that means nothing."""
    encoding: str = map_encoding_to_html5(label.strip().lower(), fallback_utf8=False) or ""
    return encoding or None


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether damaged UTF-8, and not a legacy encoding that somebody called UTF-8: good sequences outnumber the bad."""
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(not character.isascii() for character in text) > 2 * bad


def _is_utf8(content: bytes) -> bool:
    """Whether it is valid UTF-8 with characters beyond ASCII."""
    if content.isascii():
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
