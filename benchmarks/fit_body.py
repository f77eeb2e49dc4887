"""Fit the weights of the body scorer (`etl/transform/body/weights.toml`) to pages with known text. Needs scikit-learn.

    python benchmarks/fit_body.py CORPUS [--check]

CORPUS is a folder with `<collection>.warc.gz` and `<collection>.gold.jsonl`, whose lines have `url` and `body`, or `with` and
`without` (texts that must and must not be in the body). Pages of one host never stand on both sides of a cross-check: with
`--check` the weights are fitted on four fifths of the hosts and judged on the rest, five times over, and nothing is written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecordType

from etl.errors import PageError
from etl.records import Page
from etl.transform.blocks import TextBlock
from etl.transform.body.candidates import Candidate, find_container
from etl.transform.body.scorer import first_judgement, put_in_context
from etl.transform.body.story import standfirst_of
from etl.transform.document import Document, parse
from etl.transform.fields.title import extract_title, headline_block

_FOLDS = 5
_STRENGTH = 0.3
"""Inverse of the L2 penalty. Between 0.1 and 1 the cross-check hardly changes."""
_LEAST_WEIGHT = 0.05
"""Weights nearer to 0 are left out of the table."""
_PARTIAL = 0.3
"""How much a page counts of which only some texts are labelled."""
_WORD = re.compile(r"\w+")
_OUT = Path(__file__).parent.parent / "etl" / "transform" / "body" / "weights.toml"


@dataclass
class Sample:
    """One page: its blocks, and what is known of them."""

    url: str
    fold: int
    gold: dict[str, Any]
    document: Document
    blocks: list[TextBlock]
    labels: list[bool | None]
    title: str
    headline: TextBlock | None
    candidates: Sequence[Candidate] = ()

    @property
    def weights(self) -> list[float]:
        """How much each block counts: by the root of its length, every page alike."""
        known = sum(label is not None for label in self.labels) or 1
        page = 1.0 if "body" in self.gold else _PARTIAL
        return [100 * page * math.sqrt(candidate.words) / known for candidate in self.candidates]


def read_samples(folder: Path) -> Iterator[Sample]:
    """The labelled pages of a corpus."""
    for path in sorted(folder.glob("*.gold.jsonl")):
        golds = {_url_key(gold["url"]): gold for gold in map(json.loads, path.open("r", encoding="utf-8"))}
        archive = path.with_name(path.name.replace(".gold.jsonl", ".warc.gz"))
        with archive.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
                url: str = record.headers.get("WARC-Target-URI") or ""
                gold = golds.get(_url_key(url), {})
                if "body" in gold or "with" in gold:
                    page = Page(
                        source=path.name,
                        url=url,
                        content=record.reader.read(),
                        media_type="text/html",
                        charset=record.http_charset,
                    )
                    sample = _sample(page, gold)
                    if sample:
                        yield sample


def _sample(page: Page, gold: dict[str, Any]) -> Sample | None:
    try:
        document = parse(page)
    except PageError:
        return None
    title = extract_title(document)
    host = (urlsplit(page.url or "").hostname or "").removeprefix("www.")
    blocks = document.blocks
    labels = _labels_of_body(blocks, gold["body"]) if "body" in gold else _labels_of_texts(blocks, gold["with"], gold["without"])
    return Sample(
        url=page.url or "",
        fold=hashlib.md5(host.encode(), usedforsecurity=False).digest()[0] % _FOLDS,
        gold=gold,
        document=document,
        blocks=blocks,
        labels=labels,
        title=title.value if title else "",
        headline=headline_block(document, title.value) if title else None,
    )


def _labels_of_body(blocks: Sequence[TextBlock], body: str) -> list[bool | None]:
    """True for blocks that are in the body, by most of their sequences of four words; short ones by a line of their own."""
    lines = {" ".join(_WORD.findall(line)) for line in body.split("\n")}
    words = _WORD.findall(body)
    sequences = {tuple(words[i : i + 4]) for i in range(len(words))}
    everything = f" {' '.join(words)} "
    labels: list[bool | None] = []
    for block in blocks:
        words = _WORD.findall(block.text)
        spoken = " ".join(words)
        if len(words) < 4:
            labels.append(True if spoken in lines else None if not words or f" {spoken} " in everything else False)
        else:
            hits = sum(tuple(words[i : i + 4]) in sequences for i in range(len(words) - 3))
            labels.append(hits > 0.6 * (len(words) - 3))
    for index in standfirst_of([index for index, label in enumerate(labels) if label], blocks):
        labels[index] = None  # another field's matter
    return labels


def _labels_of_texts(blocks: Sequence[TextBlock], wanted: Sequence[str], unwanted: Sequence[str]) -> list[bool | None]:
    labels: list[bool | None] = []
    for block in blocks:
        text = " ".join(block.text.split())
        if any(_squeezed(piece) in text for piece in wanted):
            labels.append(True if any(len(piece) >= 12 and _squeezed(piece) in text for piece in wanted) else None)
        else:
            labels.append(False if any(_squeezed(piece) in text for piece in unwanted) else None)
    return labels


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _url_key(url: str) -> str:
    parts = urlsplit(url.strip())
    return unquote(f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}")


def fit(samples: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """Both tables of weights. The second is fitted on first judgements by weights that have not seen the page's host."""
    for fold in {sample.fold for sample in samples}:
        table = _regression([s for s in samples if s.fold != fold], [_alone(s) for s in samples if s.fold != fold])
        for sample in samples:
            if sample.fold == fold:
                sample.candidates = first_judgement(sample.blocks, table)
    context = _regression(samples, [in_context(sample) for sample in samples])
    return {"alone": _regression(samples, [_alone(sample) for sample in samples]), "context": context}


def _alone(sample: Sample) -> list[list[str]]:
    sample.candidates = sample.candidates or first_judgement(sample.blocks, {"always": 0.0})
    return [candidate.alone() if candidate.is_open else [] for candidate in sample.candidates]


def in_context(sample: Sample) -> list[list[str]]:
    """The features in context of each block of a page whose blocks have a first judgement."""
    container = find_container(sample.candidates)
    if container is None:
        return []
    context = put_in_context(sample.candidates, container, sample.headline)
    return [context.features(index) if candidate.is_open else [] for index, candidate in enumerate(sample.candidates)]


def _regression(samples: Sequence[Sample], features: Sequence[list[list[str]]]) -> dict[str, float]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, labels, weights = [], [], []
    for sample, page in zip(samples, features, strict=True):
        for names, label, weight in zip(page, sample.labels, sample.weights, strict=False):
            if label is not None and names:
                rows.append(dict.fromkeys(names, 1.0))
                labels.append(label)
                weights.append(weight)
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=_STRENGTH, max_iter=3_000)
    model.fit(vectorizer.fit_transform(rows), labels, sample_weight=weights)
    table = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    return {"always": float(model.intercept_[0])} | {
        name: round(weight, 2) for name, weight in sorted(table.items()) if abs(weight) >= _LEAST_WEIGHT
    }


def cross_check(samples: Sequence[Sample]) -> None:
    """Print how often blocks are judged rightly by weights that have not seen their host, weighted as in fitting."""
    right: dict[str, float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    for fold in range(_FOLDS):
        table = fit([sample for sample in samples if sample.fold != fold])
        for sample in (s for s in samples if s.fold == fold):
            sample.candidates = first_judgement(sample.blocks, table["alone"])
            for names, label, weight in zip(in_context(sample), sample.labels, sample.weights, strict=False):
                if label is not None:
                    score = table["context"]["always"] + sum(table["context"].get(name, 0.0) for name in names)
                    total[sample.gold["collection"]] += weight
                    right[sample.gold["collection"]] += weight * ((score > 0) == label)
    for name, weight in total.items():
        print(f"{name:12} {right[name] / weight:.4f}")


def write(table: dict[str, dict[str, float]], path: Path) -> None:
    """The tables as TOML, one line a feature."""
    lines = [
        "# Weights of the features of etl/transform/body/features.py and context.py, written by benchmarks/fit_body.py.",
        "# The sum of a block's weights is the logarithm of the odds that the block is part of the story.",
    ]
    for name, weights in table.items():
        lines += ["", f"[{name}]", *(f'"{feature}" = {weight:.2f}' for feature, weight in weights.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--check", action="store_true", help="cross-check by host instead of writing the weights")
    args = parser.parse_args()
    samples = list(read_samples(args.corpus))
    if args.check:
        cross_check(samples)
    else:
        write(fit(samples), _OUT)


if __name__ == "__main__":
    main()
