"""What the extraction leans on: the measuring corpus once more, with one kind of help taken out of every page.

    python -m benchmarks.blindfolded --shared DIR

`names`: every class, id and test name is replaced by a meaningless one (the same for the same name), as sites with generated
style sheets have them. `json-ld`: what pages declare in JSON-LD is gone. `scripts`: all scripts are gone, JSON-LD with them.
`shown`: the meta tags that name authors and topics are gone too, so that only what readers see is left of these.
Pages of publishers never seen lack one or the other; a rule that only works on known names shows here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.accuracy import MEASURES, scores_of
from benchmarks.inputs import Input, corpus_pages, write_warc

_SCRIPT = re.compile(rb"(<script\b.*?</script\s*>)", re.S | re.I)
_JSON_LD = re.compile(rb"<script[^>]{0,300}application/ld\+json.*?</script\s*>", re.S | re.I)
_META = re.compile(rb"<meta\b[^>]{0,3000}>", re.I)
_META_NAME = re.compile(rb"""\b(?:name|property|itemprop)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.I)
_OF_AUTHORS_OR_TOPICS = re.compile(
    rb"author|byl|creator|keyword|tag|topic|subject|parsely|sailthru|cxense|dc\.|dcterms|dcsext|citation|bepress|twitter:(?:label|data)",
    re.I,
)
_NAMES = re.compile(rb"""(\s(?:class|id|data-(?:[a-z]+-)?(?:test-?id|qa|component))\s*=\s*)("[^"]*"|'[^']*')""", re.I)


def without_names(html: bytes) -> bytes:
    """A page whose classes, ids and test names mean nothing."""
    parts = _SCRIPT.split(html)
    return b"".join(part if number % 2 else _NAMES.sub(_renamed, part) for number, part in enumerate(parts))


def without_json_ld(html: bytes) -> bytes:
    """A page without its JSON-LD."""
    return _JSON_LD.sub(b"", html)


def without_scripts(html: bytes) -> bytes:
    """A page without any script."""
    return _SCRIPT.sub(b"", html)


def without_declarations(html: bytes) -> bytes:
    """A page without scripts and without meta tags on authors and topics."""
    return _META.sub(_unless_declaring, without_scripts(html))


def _unless_declaring(match: re.Match[bytes]) -> bytes:
    name = _META_NAME.search(match[0])
    return b"" if name and _OF_AUTHORS_OR_TOPICS.search(name[1]) else match[0]


def _renamed(match: re.Match[bytes]) -> bytes:
    names = [b"n" + hashlib.sha256(name).hexdigest()[:8].encode() for name in match[2][1:-1].split()]
    return match[1] + b'"' + b" ".join(names) + b'"'


VARIANTS: dict[str, Callable[[bytes], bytes]] = {
    "whole": lambda html: html,
    "names": without_names,
    "json-ld": without_json_ld,
    "scripts": without_scripts,
    "shown": without_declarations,
}


def changed(pages: Iterator[Input], change: Callable[[bytes], bytes]) -> Iterator[Input]:
    """The pages, each changed."""
    return (replace(page, html=change(page.html)) for page in pages)


def main() -> int:
    """Measure each variant and print the figures side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with corpus/ and tools/")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    corpus = args.shared / "corpus"
    if not corpus.is_dir():
        print(f"{corpus}: the measuring corpus is not here; nothing measured")
        return 0
    measured = {name: _measure(args.shared.resolve(), change) for name, change in VARIANTS.items()}
    print(json.dumps(measured, indent=2) if args.json else "\n".join(table(measured)))
    return 0


def _measure(shared: Path, change: Callable[[bytes], bytes]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        warc = write_warc(changed(corpus_pages(shared / "corpus"), change), Path(folder) / "pages.warc.gz")
        scores = scores_of(shared, Path(folder), warc)
    fields = [m for m in MEASURES if m.group in scores.get(m.collection, {})]
    return {f"{m.name}, {m.collection}": scores[m.collection][m.group][m.key] for m in fields}


def table(measured: dict[str, dict[str, float]]) -> Iterator[str]:
    """A Markdown table: a line a figure, a column a variant."""
    yield "| field, collection | " + " | ".join(measured) + " |"
    yield "|---" + "|--:" * len(measured) + "|"
    for name in measured["whole"]:
        yield f"| {name} | " + " | ".join(f"{figures[name]:.3f}" for figures in measured.values()) + " |"


if __name__ == "__main__":
    sys.exit(main())
