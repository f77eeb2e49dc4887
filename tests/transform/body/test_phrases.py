"""Labels: short texts that are, or begin with, a phrase of one of the word lists."""

from __future__ import annotations

import pytest

from etl.transform.body.phrases import closes_with_credit, label_of, phrases_of

LABELS = [
    ("You may also like", "related"),
    ("YOU MAY ALSO LIKE:", "related"),
    ("You may also like these stories", "related"),
    ("Related", "related"),
    ("Related: the ramp", "related"),
    ("Comments", "comments"),
    ("Lire aussi", "related"),
    ("27 commentaires", "comments"),
    ("Comments (3)", "comments"),
    ("（原标题：渡轮九天后再次起航）", "rights"),
    # a single word counts alone or before a colon only
    ("Related reasons are the wind and the ice", ""),
    ("The comments", ""),
    ("A second ramp", ""),
    ("", ""),
    ("– 12 –", ""),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_a_label_is_known_by_its_first_words(text: str, expected: str) -> None:
    assert label_of(text) == expected


MADE_OF = [
    ("Like us on Facebook", 2),
    ("Facebook", 1),
    ("Follow us on Facebook, said nobody", 0),
    ("Related", 0),
    ("", 0),
]


@pytest.mark.parametrize(("text", "number"), MADE_OF)
def test_a_line_of_nothing_but_calls_to_share_is_counted_out(text: str, number: int) -> None:
    assert phrases_of(text, "share") == number


CREDITS = [
    ("The ferry in the northern harbour. Photo: Jane Roe", True),
    ("The ferry in the northern harbour on Monday (Foto: Nordvik Rederi)", True),
    ("The ferry in the northern harbour IMAGO/Roe", True),
    ("The ferry in the northern harbour © Nordvik Lines", True),
    # a sentence of the story
    ("The first photo shows the ferry in the northern harbour.", False),
    ("Passengers told Reuters that they had waited for nine days.", False),
    # no word of a credit, or only far from the end
    ("The ferry in the northern harbour", False),
    (f"Photo: the ferry {'in the northern harbour ' * 4}", False),
    # as a word of another kind: agencies are known as they are spelled
    ("The ferry passes the red rex", False),
]


@pytest.mark.parametrize(("text", "expected"), CREDITS)
def test_a_caption_is_known_by_the_credit_at_its_end(text: str, expected: bool) -> None:
    assert closes_with_credit(text.strip(), len(text.split())) is expected


def test_a_long_text_is_no_caption() -> None:
    text = f"{'The ferry sails again. ' * 20}Photo: Jane Roe"
    assert not closes_with_credit(text, len(text.split()))
