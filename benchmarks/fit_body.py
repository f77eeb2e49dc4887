"""Fit the body scorer (`weights.toml` and `trees.py` in `etl/transform/body/`) to pages with known text. Needs scikit-learn.

    python -m benchmarks.fit_body CORPUS [--folds]

CORPUS is a folder with `<collection>.warc.gz` and `<collection>.gold.jsonl`, whose lines have `url` and `body`, or `with` and
`without` (texts that must and must not be in the body). With `--folds` nothing is written: the scorer is fitted on four fifths of
the hosts and the bodies of the rest are read with it, five times over, and all of them are scored by `../tools/score.py` beside
the corpus: the figures that publishers never seen can be expected to reach.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecordType

from etl.errors import PageError
from etl.records import Page
from etl.transform.blocks import TextBlock
from etl.transform.body import extract_body
from etl.transform.body.candidates import Candidate, find_container
from etl.transform.body.features import of_hints, of_text
from etl.transform.body.scorer import Model, first_judgement, needs_second_look, put_in_context
from etl.transform.body.story import standfirst_of
from etl.transform.body.surroundings import NAMES, Surroundings
from etl.transform.document import Document, parse
from etl.transform.fields.subtitle import extract_subtitle
from etl.transform.fields.title import extract_title, headline_block
from etl.transform.reading import Story

_FOLDS = 5
_STRENGTH = 0.3
"""Inverse of the L2 penalty. Between 0.1 and 1 the cross-check hardly changes."""
_LEAST_WEIGHT = 0.05
"""Weights nearer to 0 are left out of the table."""
_PARTIAL = 0.3
"""How much a page counts of which only some texts are labelled."""
_TREES = {
    "n_estimators": 80,
    "learning_rate": 0.15,
    "max_depth": 3,
    "min_samples_leaf": 60,
    "subsample": 0.8,
    "max_features": 0.25,
}
"""More or deeper trees, larger leaves or the mean of several fits gain nothing on hosts not seen."""
_WHOLE = {
    "words",
    "emphasis",
    "credited",
    "strange",
    "kin_number",
    "parent_characters",
    "after_headline",
    "after_first",
    "after_last",
    "next_words",
}
"""Numbers of surroundings that are whole."""
_WORD = re.compile(r"\w+")
_OUT = Path(__file__).parent.parent / "etl" / "transform" / "body"


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
    candidates: list[Candidate] = field(default_factory=list)
    surroundings: Surroundings | None = None

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


@dataclass(frozen=True)
class Fitted:
    """What was fitted: the weights of features, and the source of the module of trees."""

    weights: dict[str, float]
    trees: str

    def model(self) -> Model:
        """As the scorer takes it."""
        space: dict[str, Any] = {}
        exec(self.trees, space)  # noqa: S102 - written by this script
        return Model(self.weights, space["score"])


def fit(samples: Sequence[Sample]) -> Fitted:
    """Weights and trees. The trees are fitted on first judgements by weights that have not seen the page's host."""
    for fold in {sample.fold for sample in samples}:
        model = Model(_weights([sample for sample in samples if sample.fold != fold]), lambda *_: 0.0)
        for sample in samples:
            if sample.fold == fold:
                sample.candidates = first_judgement(sample.blocks, model)
                container = find_container(sample.candidates)
                sample.surroundings = put_in_context(sample.candidates, container, sample.headline) if container else None
    return Fitted(_weights(samples), _trees(samples))


def _weights(samples: Sequence[Sample]) -> dict[str, float]:
    """The weights of the features of a block alone, by logistic regression."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, labels, weights = [], [], []
    for sample in samples:
        sample.candidates = sample.candidates or [Candidate(block) for block in sample.blocks]
        for candidate, label, weight in zip(sample.candidates, sample.labels, sample.weights, strict=True):
            if label is not None and candidate.is_open:
                block = candidate.block
                names = [*of_text(block, candidate.words), *of_hints(block.hints, block.inner_hints)]
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


def _trees(samples: Sequence[Sample]) -> str:
    """The trees over the numbers of surroundings, by gradient boosting, as the source of a module."""
    from sklearn.ensemble import GradientBoostingClassifier

    rows, labels, weights = [], [], []
    for sample in samples:
        for index, (candidate, label, weight) in enumerate(zip(sample.candidates, sample.labels, sample.weights, strict=True)):
            if label is not None and sample.surroundings and needs_second_look(candidate):
                rows.append(sample.surroundings.numbers(index))
                labels.append(label)
                weights.append(weight)
    model = GradientBoostingClassifier(**_TREES, random_state=1)
    model.fit(rows, labels, sample_weight=weights)
    odds = sum(w for w, label in zip(weights, labels, strict=True) if label) / sum(weights)
    terms = [f"{math.log(odds / (1 - odds)):.3f}", *(_expression(tree[0].tree_, 0) for tree in model.estimators_)]
    return _MODULE.format(arguments=", ".join(f"{name}: float" for name in NAMES), terms="\n        + ".join(terms))


def _expression(tree: Any, node: int) -> str:
    """A tree from a node on, as an expression: `(0.31 if siblings <= 0.52 else -0.2)`."""
    left, right = tree.children_left[node], tree.children_right[node]
    if left == right:  # a leaf
        return f"{_TREES['learning_rate'] * tree.value[node][0][0]:.3f}"
    name, bound = NAMES[tree.feature[node]], tree.threshold[node]
    limit = str(math.floor(bound)) if name in _WHOLE else f"{bound:.4g}"
    return f"({_expression(tree, left)} if {name} <= {limit} else {_expression(tree, right)})"


_MODULE = '''"""Trees over the numbers of a block's surroundings (`surroundings.py`), written by `benchmarks/fit_body.py`.

Each line is a tree: what it says for or against the block, by the numbers it asks for. The sum is about the logarithm of the odds
that the block is part of the story.
"""


def score({arguments}) -> float:
    """Above 0 the block is part of the story."""
    return (
        {terms}
    )
'''


def folds(samples: Sequence[Sample]) -> Iterator[dict[str, Any]]:
    """The bodies of all pages as scorers that have not seen their hosts read them, as predictions for `score.py`."""
    for fold in range(_FOLDS):
        model = fit([sample for sample in samples if sample.fold != fold]).model()
        yield from ({"url": sample.url, "body": read(sample, model)} for sample in samples if sample.fold == fold)


def read(sample: Sample, model: Model | None = None) -> str:
    """A page's body with its standfirst, which the gold values count in."""
    body = extract_body(sample.document, sample.title, sample.headline, model)
    if body is None:
        return ""
    text = "\n\n".join(body.value.paragraphs)
    story = Story(title=sample.title, headline=sample.headline, body=body.value, language=None)
    standfirst = extract_subtitle(sample.document, story)
    return f"{standfirst.value}\n{text}" if standfirst and standfirst.value not in text else text


def score(corpus: Path, predictions: Iterator[dict[str, Any]]) -> None:
    """Print what the scorer beside the corpus says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in predictions), "utf-8")
        golds = [gold for gold in sorted(corpus.glob("*.gold.jsonl")) if gold.name != "htmldate.gold.jsonl"]  # dates only
        subprocess.run([sys.executable, corpus.parent / "tools" / "score.py", *golds, "--pred", path], check=True)


def write(fitted: Fitted) -> None:
    """The weights as TOML, one line a feature; the trees as a module."""
    lines = [
        "# Weights of the features of etl/transform/body/features.py, written by benchmarks/fit_body.py.",
        "# Their sum is the logarithm of the odds that a block is part of the story, by itself.",
        "",
        "[alone]",
        *(f'"{feature}" = {weight:.2f}' for feature, weight in fitted.weights.items()),
    ]
    (_OUT / "weights.toml").write_text("\n".join(lines) + "\n", "utf-8")
    (_OUT / "trees.py").write_text(fitted.trees, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument(
        "--folds", action="store_true", help="score by host, on hosts not fitted on, instead of writing the scorer"
    )
    args = parser.parse_args()
    samples = list(read_samples(args.corpus))
    if args.folds:
        score(args.corpus, folds(samples))
    else:
        write(fit(samples))


if __name__ == "__main__":
    main()
