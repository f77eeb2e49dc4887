"""The words: read line by line as the standard library reads them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from etl.transform import words

FILES = sorted(file.name for file in files(words).iterdir() if file.name.endswith(".toml"))


@pytest.mark.parametrize("name", FILES)
def test_the_quick_reading_gives_the_same_words_in_the_same_order(name: str) -> None:
    text = (files(words) / name).read_text("utf-8")
    quick, whole = words.read_lines(text), words.read_toml(text)
    assert quick is not None, "a list of several lines, or with a comment behind it: right, but slow to read at each start"
    assert [(list_name, list(lists.items())) for list_name, lists in quick.items()] == [
        (list_name, list(lists.items())) for list_name, lists in whole.items()
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[a]\nen = [\n  "x",\n]',
        '[a]\nen = ["x"] # a comment',
        '[a]\nen = ["x"] # ["y"]',
        '[a]\nen = ["x",]',
        "[a]\nen = ['x']",
        '[a]\nen = ["\\u0041"]',
        '[a]\nen = ["x"]\nen = ["y"]',
        "[a]\n[b]\n[a]",
        'en = ["x"]',
    ],
)
def test_anything_else_is_left_to_the_reader_of_toml(text: str) -> None:
    assert words.read_lines(text) is None


def test_a_table_of_any_form_is_read() -> None:
    assert words.read_toml('[a]\nen = [\n  "x", # a comment\n  "y",\n]') == {"a": {"en": ("x", "y")}}
