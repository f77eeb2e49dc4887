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
