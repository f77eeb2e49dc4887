"""XPath 1.0, compiled once per process: what profiles are written in, and `Document.select`. Loads no other part of transform."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

# div[has-class("author")]: XPath 1.0 has no word for it
_HAS_CLASS = re.compile(r"""has-class\(\s*(["'])([\w-]{1,100})\1\s*\)""")
_CLASS_TEST = r'contains(concat(" ", normalize-space(@class), " "), " \2 ")'
_NAMESPACES = {"re": "http://exslt.org/regular-expressions"}


@lru_cache(maxsize=2_000)
def compiled(expression: str) -> etree.XPath:
    """A compiled XPath; `has-class("name")` and EXSLT's `re:test(…)` are known. Raises `lxml.etree.XPathSyntaxError`."""
    return etree.XPath(_HAS_CLASS.sub(_CLASS_TEST, expression), namespaces=_NAMESPACES, smart_strings=False)
