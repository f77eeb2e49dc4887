"""Milliseconds a page by stage, in this process: every stage's functions are timed where the next stage calls them."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.inputs import Input, write_warc


def by_stage(pages: Sequence[Input]) -> dict[str, float]:
    """CPU milliseconds a page: read, decode, parse, blocks, each field, database; and the whole."""
    from etl.extract import Limits, find_sources, read
    from etl.load.engine import open_engine
    from etl.load.ledger import Ledger
    from etl.load.schema import ensure_current
    from etl.load.writer import Writer
    from etl.records import Page
    from etl.transform import assemble, document, transform

    spent: dict[str, float] = defaultdict(float)
    with tempfile.TemporaryDirectory() as folder:
        archive = write_warc(pages, Path(folder) / "pages.warc.gz")
        engine = open_engine(f"sqlite:///{folder}/stages.db")
        ensure_current(engine)
        run = Ledger(engine).begin(version="benchmark", command="benchmark", host="benchmark", pid=0)
        writer = Writer(engine, run, "benchmark")
        (source,) = find_sources([str(archive)])
        found = _timed(spent, "read", lambda: [e for e in read(source, Limits()) if isinstance(e, Page)])()
        transform(found[0])  # what is made once for all pages is no page's cost
        undo = _time_functions(spent, assemble, "extract_") + _time_functions(spent, document, "decode", "_tree", "walk")
        outcomes = _timed(spent, "transform", lambda: [transform(page) for page in found])()
        for module, name, function in undo:
            setattr(module, name, function)
        _timed(spent, "known", lambda: writer.known([page.key for page in found]))()
        _timed(spent, "database", lambda: [writer.write(outcomes[i : i + 128]) for i in range(0, len(outcomes), 128)])()
        engine.dispose()
    spent["whole"] = spent["read"] + spent["transform"] + spent["known"] + spent["database"]
    return {name: round(1000 * seconds / len(pages), 3) for name, seconds in spent.items()}


def _time_functions(spent: dict[str, float], module: Any, *prefixes: str) -> list[tuple[Any, str, Any]]:
    originals = [(module, name, getattr(module, name)) for name in dir(module) if name.startswith(prefixes)]
    for _, name, function in originals:
        if callable(function):
            setattr(module, name, _timed(spent, name.removeprefix("extract_").lstrip("_"), function))
    return originals


def _timed(spent: dict[str, float], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        started = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - started

    return timed
