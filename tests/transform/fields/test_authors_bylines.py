"""One by-line into authors: the grammar."""

from __future__ import annotations

import pytest

from etl.transform.fields.authors import parse_byline

PERSONS = [
    # (by-line, names)
    ("By MARVIN ZIEGELE/SPECIAL TO THE JERUSALEM POST", ["Marvin Ziegele"]),
    ("BY JOHN DOE, JANE ROE AND RICHARD MILES", ["John Doe", "Jane Roe", "Richard Miles"]),
    ("Von Anna Müller und Jörg Weiß", ["Anna Müller", "Jörg Weiß"]),
    ("Par Marie Dupont et Jean-Luc Martin", ["Marie Dupont", "Jean-Luc Martin"]),
]


@pytest.mark.parametrize(("text", "names"), PERSONS)
def test_a_byline_names_its_authors_in_order(text: str, names: list[str]) -> None:
    assert [author.name for author in parse_byline(text)] == names
