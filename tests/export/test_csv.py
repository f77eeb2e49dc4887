"""CSV that no spreadsheet runs, and from which every text can be had again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import table

from etl.export.formats.csv import guarded, open_writer, unguarded
from etl.export.options import Compression
from etl.export.shapes import Field, Kind, Shape

WILD = st.text(st.characters(codec="utf-8"), max_size=20) | st.text("=+-@'\"\t\r\n,;＝＠ a", max_size=6)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("https://example.com";"here")', '\'=HYPERLINK("https://example.com";"here")'),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(1+1)", "'@SUM(1+1)"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("＝1+1", "'＝1+1"),
        ("'Tis the season", "''Tis the season"),
        ("a = b", "a = b"),
        ("“We will wait”", "“We will wait”"),
        ("", ""),
    ],
)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert (guarded(text), unguarded(cell)) == (cell, text)


@given(WILD)
@settings(max_examples=200)
def test_every_text_comes_back_and_none_begins_like_a_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def _shape() -> Shape:
    kinds = {"text": Kind.TEXT, "number": Kind.INTEGER, "share": Kind.NUMBER, "flag": Kind.BOOLEAN, "data": Kind.JSON}
    fields = [Field(name=name, kind=kind, required=False, description="") for name, kind in kinds.items()]
    return Shape(name="wild", description="", fields=fields, source=table("wild"))


def test_null_is_told_from_an_empty_text_and_numbers_stay_numbers(tmp_path: Path) -> None:
    with open_writer(tmp_path / "wild.csv", _shape(), Compression.NONE) as writer:
        writer.write([("", -5, 0.5, True, {"b": 1, "a": "=x"}), (None, None, None, None, None)])
    assert (tmp_path / "wild.csv").read_bytes() == (
        b'text,number,share,flag,data\r\n"",-5,0.5,true,"{""a"": ""=x"", ""b"": 1}"\r\n,,,,\r\n'
    )


@given(st.lists(WILD, min_size=1, max_size=5))
@settings(max_examples=50)
def test_a_standard_reader_reads_what_is_written(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "wild.csv"
    with open_writer(path, _shape(), Compression.NONE) as writer:
        writer.write([(text, number, None, None, None) for number, text in enumerate(texts)])
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline=""), strict=True))
    assert [unguarded(row[0]) for row in rows[1:]] == texts
