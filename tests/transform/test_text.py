"""Text as stored, compared, counted and made a key of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.text import clean, clean_meta, count_words, fold, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        ("  two\n words\u00a0here\t", "two words here"),
        ("Cafe\u0301", "Café"),  # composed
        ("Don\u00adau\u200bdampf\ufeffschiff", "Donaudampfschiff"),
        ("a\x00b\x07c\ud800d", "abcd"),
        ("¥1 &amp; tax", "¥1 &amp; tax"),  # what the page shows is not decoded again
    ],
)
def test_text_is_stored_composed_in_one_line_without_invisible_characters(text: str | None, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ports &amp;amp; trade", "Ports & trade"),
        ("It&#8217;s <b>open</b>", "It’s open"),
        ("2 < 3 and 4 > 3", "2 < 3 and 4 > 3"),
        ("A &lt;b&gt; tag", "A tag"),
        ("AT&T", "AT&T"),
        ("", ""),
    ],
)
def test_entities_and_tags_left_in_metadata_are_undone(text: str, expected: str) -> None:
    assert clean_meta(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élan – “Vital”!", "elan vital"),
        ("Straße", "strasse"),
        ("İstanbul'da", "istanbul da"),
        ("Er\u00adin\u00adnerung", "erinnerung"),
        ("ﬁnal １２", "final 12"),
        ("हिन्दी", "हिन्दी"),  # the marks of these scripts are letters
        ("ガス – カス", "ガス カス"),
        ("北京 – 上海", "北京 上海"),
        ("snake_case", "snake case"),
    ],
)
def test_case_marks_and_punctuation_do_not_count_when_comparing(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_a_slug_keeps_letters_of_every_script() -> None:
    assert [slug(text) for text in ("Ukraine wants NATO …", "Ещё раз", "北京时间")] == [
        "ukraine-wants-nato",
        "еще-раз",
        "北京时间",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("One two, three-four.", 4),
        ("It's 3.5 million", 3),
        ("日本語", 3),
        ("สวัสดี", 4),
        ("кот и пёс", 3),
        ("— … !", 0),
    ],
)
def test_words_are_counted_in_scripts_without_spaces_too(text: str, expected: int) -> None:
    assert count_words(text) == expected


@pytest.mark.parametrize("form", ["{0}", "a{0}", "{0}b", "a{0}b", "a.{0}b", "a{0}{0}b"])
def test_words_of_a_page_are_counted_alike_whether_another_script_is_on_it_or_not(form: str) -> None:
    texts = [form.format(chr(code)) for code in range(0x2100)]
    assert [text for text in texts if count_words(text) != count_words(f"{text}\n日") - 1] == []


@given(st.text(max_size=80))
@settings(max_examples=150)
def test_folding_and_cleaning_are_done_once_and_for_all(text: str) -> None:
    assert (fold(fold(text)), clean(clean(text))) == (fold(text), clean(text))
