"""Signatures of texts: equal for equal words, alike for like texts, none for short ones."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rensa import RMinHash

from etl.shingles import BANDS, Signature, bands, containment, sign, similarity

WORDS = [f"word{number}" for number in range(5_000)]
CHANCE = random.Random(1)
TEXT = " ".join(CHANCE.choices(WORDS, k=400))


def signed(text: str) -> Signature:
    found = sign(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(TEXT, TEXT.upper(), id="capitals"),
        pytest.param(TEXT, TEXT.replace(" ", ", “", 50), id="punctuation"),
        pytest.param(TEXT, TEXT.replace(" ", "\n\n"), id="paragraphs"),
        pytest.param(f"don't {TEXT}", f"don’t {TEXT}", id="apostrophes"),
        pytest.param(f"well-known {TEXT}", f"well–known {TEXT}", id="dashes"),
        pytest.param(f"café {TEXT}", f"cafe\u0301 {TEXT}", id="accents, however they are written"),
        pytest.param(
            "Наступила зима. " + "слово за слово " * 3 + TEXT, "наступила зима " + "слово за слово " * 3 + TEXT, id="script"
        ),
    ],
)
def test_texts_of_the_same_words_have_the_same_signature(one: str, other: str) -> None:
    assert sign(one) == sign(other)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("Read on with our monthly pass.", id="a notice"),
        pytest.param(" ".join(WORDS[:31]), id="a word short"),
        pytest.param("again and " * 500, id="the same words over and over"),
        pytest.param("… – !! " * 100, id="no words"),
        pytest.param("\ud800\ufffd" * 100, id="broken"),
    ],
)
def test_what_is_too_short_to_be_compared_has_none(text: str) -> None:
    assert sign(text) is None


def test_the_shortest_text_that_is_compared_has_thirty_runs_of_words() -> None:
    assert signed(" ".join(WORDS[:32])).shingles == 30


LETTERS = {
    "Chinese": [chr(code) for code in range(0x4E00, 0x5800)],
    "Japanese": [chr(code) for code in (*range(0x3042, 0x3093), *range(0x30A2, 0x30F3))],
    "Thai": [chr(code) for code in range(0x0E01, 0x0E2F)],
    "Russian": [*"абвгдежзиклмнопрстуфхцчшщэюя   "],
    "Hindi": [*"कखगघचछजटडतदनपबमयरलवशसह   ाीि"],
    "Arabic": [*"ابتثجحخدذرزسشصضطظعغفقكلمنهوي   "],
    "Korean": [*(chr(code) for code in range(0xAC00, 0xAD00)), *" " * 60],
}


@pytest.mark.parametrize("script", LETTERS)
def test_a_text_in_any_script_is_like_its_edited_copy_and_unlike_another(script: str) -> None:
    chance = random.Random(script)
    text, other = ("".join(chance.choices(LETTERS[script], k=1200)) for _ in range(2))
    edited = text[:300] + "".join(chance.choices(LETTERS[script], k=40)) + text[340:1000]
    assert similarity(signed(text), signed(edited)) > 0.6
    assert similarity(signed(text), signed(other)) < 0.05


@pytest.mark.parametrize("share", [0.9, 0.6, 0.3, 0.1])
def test_similarity_and_containment_are_estimated(share: float) -> None:
    half = signed(" ".join(TEXT.split()[: int(400 * share)]))
    assert similarity(signed(TEXT), half) == pytest.approx(share, abs=0.12)
    assert containment(signed(TEXT), half) == pytest.approx(1, abs=0.35)


def test_of_a_book_only_the_beginning_is_read() -> None:
    assert sign(TEXT * 50) == sign(TEXT * 20)


@given(st.text(max_size=400))
@settings(max_examples=50, deadline=None)
def test_any_text_can_be_signed(text: str) -> None:
    found = sign(text * 3)
    assert found is None or len(bands(found.places)) == len(set(bands(found.places))) == BANDS


def test_signatures_are_those_in_databases() -> None:
    """Of a changed signature databases would hold the old form: it takes a migration that empties `article_stories`,
    `story_bands` and `article_similarity` and queues all articles."""
    assert RMinHash.ALGORITHM_VERSION == 2
    text = " ".join(f"word{number} of another" for number in range(100))
    assert hashlib.sha256(signed(text).places).hexdigest() == "3429a525a7e28bef4adcda437073735078f2b1f41e3d21cc11c962c1b943085f"
