"""What the whole job is measured against, each as a process of its own over a folder of pages: `contenders.py NAME FOLDER`.

Run by the interpreter of the environment that has the library: imports nothing of this project. `nothing` reads the files only:
what it costs is taken off the others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def nothing() -> Callable[[bytes], Any]:
    """Reads the page."""
    return len


def lxml_parse() -> Callable[[bytes], Any]:
    """The floor: libxml2 makes a tree of the page."""
    from lxml import etree

    def parse(html: bytes) -> Any:
        return etree.fromstring(html, etree.HTMLParser(encoding="utf-8", collect_ids=False, remove_pis=True, no_network=True))

    return parse


def trafilatura() -> Callable[[bytes], Any]:
    """Text and metadata by trafilatura."""
    from trafilatura import bare_extraction

    return lambda html: bare_extraction(html, with_metadata=True)


def trafilatura_fast() -> Callable[[bytes], Any]:
    """As `trafilatura`, without its fallbacks."""
    from trafilatura import bare_extraction

    return lambda html: bare_extraction(html, with_metadata=True, fast=True)


def newspaper4k() -> Callable[[bytes], Any]:
    """Text and metadata by newspaper4k."""
    from newspaper import Article

    def read(html: bytes) -> Any:
        # Without pictures: it would ask the net for each, and wait.
        article = Article("https://www.site.example/a-story-with-a-name", fetch_images=False)
        article.download(input_html=html.decode("utf-8", "replace"))
        article.parse()
        return article

    return read


def resiliparse() -> Callable[[bytes], Any]:
    """The main text by resiliparse; no metadata."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return lambda html: extract_plain_text(HTMLTree.parse_from_bytes(html, "utf-8"), main_content=True)


CONTENDERS = {f.__name__: f for f in (nothing, lxml_parse, trafilatura, trafilatura_fast, newspaper4k, resiliparse)}


def main() -> None:
    """Read every page of the folder with one contender; failures of a peer on a page are its own affair."""
    name, folder = sys.argv[1:3]
    read = CONTENDERS[name]()
    for path in sorted(Path(folder).iterdir()):
        html = path.read_bytes()
        try:
            read(html)
        except Exception as error:
            print(f"{name}: {path.name}: {type(error).__name__}", file=sys.stderr)


if __name__ == "__main__":
    main()
