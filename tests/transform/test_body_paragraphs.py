"""Line breaks inside a block of text: paragraphs or verses."""

from __future__ import annotations

import pytest

from etl.transform.body.paragraphs import paragraphs_of

ONE = "The harbour of Sandvik opened again on Monday, nine days late."
TWO = "Ships had waited in the roads since Thursday, said the pilot."


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (ONE, [ONE]),
        (f"{ONE}\n\n{TWO}", [ONE, TWO]),
        (f"{ONE}\n\n\n\n{TWO}\n\n", [ONE, TWO]),
        (f"{ONE}\n{TWO}", [ONE, TWO]),
        (f"{ONE}\nHe left.", [ONE, "He left."]),
        ("Harbour office,\nQuay Street 1,\nSandvik", ["Harbour office, Quay Street 1, Sandvik"]),
        ("The wind went down.\nThe sea was brown.", ["The wind went down. The sea was brown."]),
        (f"{ONE[:-1]}\n{TWO}", [f"{ONE[:-1]} {TWO}"]),
        ("", []),
    ],
)
def test_a_break_parts_paragraphs_where_an_empty_line_or_whole_sentences_stand(text: str, paragraphs: list[str]) -> None:
    assert paragraphs_of(text) == paragraphs
