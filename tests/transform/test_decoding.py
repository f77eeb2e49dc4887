"""From bytes to text: what is believed of mark, header, meta and the bytes themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.decoding import Decoded, decode

RUSSIAN = (
    "<p>Паром вышел из северной гавани в шесть часов утра, на борту было сорок пассажиров. "
    "Капитан сообщил, что ветер к полудню стих и дорога домой заняла меньше времени, чем обычно.</p>"
)
JAPANESE = (
    "<p>連絡船は午前六時に北の港を出て、乗客四十人を島まで運びました。船長によると、昼には風がおさまり、"
    "帰りはいつもより早く着いたということです。これからも毎日の運航をつづける予定です。</p>"
)


@pytest.mark.parametrize(
    ("content", "charset", "text", "encoding", "source"),
    [
        # the mark wins over everything
        (b"\xef\xbb\xbf<p>caf\xc3\xa9", "windows-1251", "<p>café", "utf-8", "bom"),
        ("\ufeff<p>café".encode("utf-16-le"), "utf-8", "<p>café", "utf-16-le", "bom"),
        ("\ufeff<p>café".encode("utf-16-be"), None, "<p>café", "utf-16-be", "bom"),
        # the header wins over the meta
        ("<meta charset=koi8-r><p>ветер".encode("cp1251"), "windows-1251", "<meta charset=koi8-r><p>ветер", "cp1251", "header"),
        # a header that means nothing leaves it to the meta
        ("<meta charset=koi8-r><p>ветер".encode("koi8-r"), "none", "<meta charset=koi8-r><p>ветер", "koi8-r", "meta"),
        # valid UTF-8 that is declared otherwise is UTF-8; what is no UTF-8 is what it is declared to be
        ("<p>café".encode(), "iso-8859-1", "<p>café", "utf-8", "utf-8"),
        ("<p>café".encode("cp1252"), "iso-8859-1", "<p>café", "cp1252", "header"),
        ("<p>café".encode(), "utf-8", "<p>café", "utf-8", "header"),
        # nothing declared
        ("<p>café".encode(), None, "<p>café", "utf-8", "utf-8"),
        # UTF-16 without a mark, told by its zero bytes
        ("<html><p>Ferry".encode("utf-16-le"), None, "<html><p>Ferry", "utf-16-le", "detected"),
        ("<html><p>Ferry".encode("utf-16-be"), "utf-8", "<html><p>Ferry", "utf-16-be", "detected"),
        # no database takes a NUL
        (b"<p>caf\x00\xc3\xa9", "utf-8", "<p>café", "utf-8", "header"),
    ],
)
def test_the_encoding_is_chosen_as_browsers_choose_it(
    content: bytes, charset: str | None, text: str, encoding: str, source: str
) -> None:
    assert decode(content, charset) == Decoded(text.encode(), encoding, source, 0)


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "ASCII", " ISO-8859-1 ", "windows-1252"])
def test_labels_mean_what_the_encoding_standard_says(label: str) -> None:
    assert decode(b"\x93Ferry\x94 \x80 5", label).text == "“Ferry” € 5"


@pytest.mark.parametrize(
    "meta",
    [
        "<meta charset=windows-1251>",
        "<META CHARSET='windows-1251'>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        f"<!-- {'saved ' * 500} --><meta charset='cp1251'>",
    ],
)
def test_a_meta_tag_declares_the_encoding(meta: str) -> None:
    found = decode(f"{meta}<p>ветер".encode("cp1251"))
    assert (found.text, found.source) == (f"{meta}<p>ветер", "meta")


def test_a_meta_tag_that_could_be_read_is_not_in_utf16() -> None:
    found = decode(b"<meta charset=utf-16><p>Ferry")
    assert (found.text, found.encoding) == ("<meta charset=utf-16><p>Ferry", "utf-8")


@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "shift_jis"), (JAPANESE, "euc-jp")]
)
def test_undeclared_encodings_are_detected(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.source, found.replaced) == (text, "detected", 0)


def test_a_legacy_text_that_is_called_utf8_is_detected() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "utf-8").text == RUSSIAN


def test_damage_is_counted_and_a_little_of_it_is_borne() -> None:
    found = decode("<p>café café café".encode() + b" \xff\xfe end", "utf-8")
    assert (found.text, found.encoding, found.replaced, found.is_readable) == (
        "<p>café café café \ufffd\ufffd end",
        "utf-8",
        2,
        True,
    )


@pytest.mark.parametrize(("replaced", "readable"), [(20, True), (21, False)])
def test_much_damage_is_no_text(replaced: int, readable: bool) -> None:
    assert Decoded(b"x" * 100, "utf-8", "utf-8", replaced).is_readable is readable


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "windows-1252", "shift_jis", "utf-16", "gb18030", "nonsense", ""])
)
def test_no_bytes_are_too_wild(content: bytes, charset: str | None) -> None:
    found = decode(content, charset)
    assert "\x00" not in found.text
