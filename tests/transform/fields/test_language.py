"""The language: declarations in their many spellings, and the text that contradicts them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.fields.language import extract_language
from etl.transform.reading import Found

MakeDocument = Callable[..., Document]

ENGLISH = """The ferry to the outer islands is back in service after a winter in the yard, and the first passengers were on the
quay long before the sun came up. Fishermen, a school class and two reporters had waited for the boat since the early morning. """
GERMAN = """Die Fähre zu den äußeren Inseln fährt wieder, nachdem sie den ganzen Winter in der Werft gelegen hatte, und die ersten
Fahrgäste standen lange vor Sonnenaufgang am Kai. Fischer, eine Schulklasse und zwei Reporter hatten seit dem Morgen gewartet. """
RUSSIAN = """Паром на дальние острова снова ходит после зимы, проведённой в доке, и первые пассажиры стояли на причале задолго до
восхода. Рыбаки, школьный класс и два корреспондента ждали корабль с раннего утра, хотя накануне обещали сильный ветер. """


# Short reports, full of numbers and names: too little for a comparison of n-grams.
CHINESE = "渡轮公司9月30日宣布，新船将从10月1日起开往外岛，票价为25元，船上有200个座位。 "
JAPANESE = "フェリー会社は9月30日、新しい船が10月1日から離島へ向かうと発表した。運賃は25ドルで、座席は200席ある。 "
KOREAN = "여객선 회사는 9월 30일 새 배가 10월 1일부터 외딴 섬으로 간다고 밝혔다. 요금은 25달러, 좌석은 200석이다. "


def page(text: str = "", lang: str = "", head: str = "") -> str:
    return f'<html lang="{lang}"><head>{head}</head><body><p>{text * 4}</p></body></html>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (page(ENGLISH, "en-GB"), Found("en", Origin.HTML, "html lang")),
        (page(GERMAN, "de_AT"), Found("de", Origin.HTML, "html lang")),
        (page(GERMAN, "lang="), Found("de", Origin.HEURISTIC, "text")),
        (page(GERMAN, head=meta("og:locale", "de_DE")), Found("de", Origin.META, "meta og:locale")),
        (page(GERMAN, head=meta("dc.language", "Deutsch")), Found("de", Origin.META, "meta dc.language")),
        (page("", "zh-Hant-TW"), Found("zh", Origin.HTML, "html lang")),
        (page("", "nb-NO"), Found("no", Origin.HTML, "html lang")),
        (page("", "iw"), Found("he", Origin.HTML, "html lang")),
        (page("", "deu"), Found("de", Origin.HTML, "html lang")),
        (page("", "x-default"), None),
        (page("", "main"), None),
        # the text contradicts
        (page(GERMAN, "en-US"), Found("de", Origin.HEURISTIC, "text, against html lang")),
        (page(RUSSIAN, "en"), Found("ru", Origin.HEURISTIC, "text, against html lang")),
        (page(GERMAN, "en", meta("og:locale", "de_DE")), Found("de", Origin.META, "meta og:locale")),
        (page(GERMAN, "lb"), Found("lb", Origin.HTML, "html lang")),  # too close to call
        (page("kx qv zw " * 20, "en"), Found("en", Origin.HTML, "html lang")),  # no language at all
        (page("kx qv zw " * 20), None),
        # too little text to tell
        (page("Fähre"), None),
        (page("Fähre", "en"), Found("en", Origin.HTML, "html lang")),
    ],
)
def test_the_language_is_the_declared_one_unless_the_text_speaks_clearly_against_it(
    make_document: MakeDocument, html: str, expected: Found[str] | None
) -> None:
    assert extract_language(make_document(html)) == expected


def test_json_ld_declares_a_language_too(make_document: MakeDocument) -> None:
    declared = '{"@type": "NewsArticle", "inLanguage": {"@type": "Language", "name": "de-DE"}}'
    script = f'<script type="application/ld+json">{declared}</script>'
    assert extract_language(make_document(page(GERMAN, head=script))) == Found("de", Origin.JSON_LD, "inLanguage")


def test_menus_and_cookie_texts_are_not_the_storys_language(make_document: MakeDocument) -> None:
    html = (
        f'<html><body><div class="cookie-consent"><p>{ENGLISH * 4}</p></div><article><p>{GERMAN * 4}</p></article></body></html>'
    )
    assert extract_language(make_document(html)) == Found("de", Origin.HEURISTIC, "text")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CHINESE, "zh"),
        (JAPANESE, "ja"),
        (KOREAN, "ko"),
        (f"RTX 4090 Ti SUPER GPU {CHINESE}", "zh"),
        ("PS5 XBOX GPU CPU RAM SSD 4K 8K HDR VR USB WLAN BLUETOOTH QLED 渡轮 1080p 2160p 240Hz 10.5 GB 20.3 TB 99 EUR", None),
    ],
)
def test_signs_tell_the_language_of_a_short_east_asian_text(make_document: MakeDocument, text: str, expected: str | None) -> None:
    found = extract_language(make_document(f"<html><body><p>{text * 2}</p></body></html>"))
    assert (found and found.value) == expected


def test_a_declaration_stands_against_the_signs_of_a_short_text(make_document: MakeDocument) -> None:
    html = f'<html lang="ja"><body><p>{CHINESE[:30]}</p></body></html>'
    assert extract_language(make_document(html)) == Found("ja", Origin.HTML, "html lang")
