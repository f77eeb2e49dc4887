"""What the main process does alone for each page: read, digest, hand over, take back, write. How many workers can it feed?"""

from __future__ import annotations

import pickle
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.inputs import Input, write_warc

_READER, _WRITER = ("read", "digest", "hand over"), ("take back", "known pages", "write")


def alone(pages: Sequence[Input], rounds: int) -> dict[str, Any]:
    """CPU milliseconds a page of reading, of passing pages and outcomes between processes, of writing; and of one worker."""
    spent: defaultdict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        archive = write_warc(pages, Path(folder) / "pages.warc.gz")
        for number in range(rounds):
            _round(archive, f"sqlite:///{folder}/{number}.db", spent)
    ms = {name: 1000 * min(seconds) / len(pages) for name, seconds in spent.items()}
    reader, writer = sum(ms[name] for name in _READER), sum(ms[name] for name in _WRITER)
    relieved = ms.pop("take pages") + ms["hand over"] + writer
    ms |= {"reader in all": reader, "writer in all": writer, "main process": reader + writer}
    ms["main process, with readers"] = relieved
    fed = {name: round(ms["worker"] / ms[name], 1) for name in ms if name != "worker"}
    return {"ms_a_page": {name: round(found, 3) for name, found in ms.items()}, "workers_fed": fed}


def _round(archive: Path, database: str, spent: defaultdict[str, list[float]]) -> None:
    from etl.extract import Limits, find_sources, read
    from etl.load.engine import open_engine
    from etl.load.ledger import Ledger
    from etl.load.schema import ensure_current
    from etl.load.writer import Writer
    from etl.records import Page
    from etl.transform import transform

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        started = time.process_time()
        yield
        spent[name].append(time.process_time() - started)

    (source,) = find_sources([str(archive)])
    with timed("read"):
        found = [entry for entry in read(source, Limits()) if isinstance(entry, Page)]
    with timed("digest"):
        keys = [page.key for page in found]
    with timed("hand over"):
        sent = [pickle.dumps(page) for page in found]
    with timed("take pages"):
        for page in sent:
            pickle.loads(page)
    with timed("worker"):
        answers = [pickle.dumps(transform(pickle.loads(page))) for page in sent]
    with timed("take back"):
        outcomes = [pickle.loads(answer) for answer in answers]
    engine = open_engine(database)
    ensure_current(engine)
    writer = Writer(engine, Ledger(engine).begin(version="b", command="b", host="b", pid=0), "b")
    for start in range(0, len(outcomes), 128):
        with timed("known pages in parts"):
            writer.known(keys[start : start + 128])
        with timed("write in parts"):
            writer.write(outcomes[start : start + 128])
    for name in ("known pages", "write"):
        spent[name].append(sum(spent.pop(f"{name} in parts")))
    engine.dispose()
