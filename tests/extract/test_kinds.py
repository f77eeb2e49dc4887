"""The table of readers, and the fence around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.extract import kinds
from etl.extract.blobs import Blob, Context, Item
from etl.records import Reason, Rejected, SourceKind
from tests.extract.building import html, items, story, written


def test_every_kind_of_source_has_its_reader() -> None:
    assert {kind.kind for kind in kinds.KINDS} == set(SourceKind) - {SourceKind.UNKNOWN}


def test_fault_of_a_reader_costs_its_source_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(blob: Blob, _context: Context) -> Iterator[Item]:
        yield blob.capture().passed_over("first")
        raise ZeroDivisionError

    monkeypatch.setitem(kinds._READERS, SourceKind.HTML, faulty)
    _, second = items(written(tmp_path / "a.html", html()))
    assert isinstance(second, Rejected)
    assert (second.reason, second.source_damaged) == (Reason.PARSE_ERROR, True)
    assert "ZeroDivisionError" in second.message
    assert "Traceback" in caplog.text


def test_file_of_a_kind_is_known_by_content_under_any_name(tmp_path: Path) -> None:
    assert kinds.kind_of(lambda: written(tmp_path / "a.html", story(1)).open("rb"), "a.html") is SourceKind.WARC
    assert kinds.kind_of(lambda: written(tmp_path / "a.json", html()).open("rb"), "a.json") is SourceKind.UNKNOWN
