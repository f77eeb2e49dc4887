"""Words over blocks of links, in many languages, beside headings that say nothing."""

from __future__ import annotations

import pytest

from etl.records import Block
from etl.transform.fields.related.headings import judge, label_before, split_label, stands_beside

KINDS = [
    ("Most Read", Block.MOST_READ),
    ("Trending", Block.MOST_READ),
    ("Nejčtenější články", Block.MOST_READ),
    ("Die meistgelesenen Artikel", Block.MOST_READ),
    ("Самое читаемое", Block.MOST_READ),
    ("많이 본 뉴스", Block.MOST_READ),
    ("الأكثر قراءة", Block.MOST_READ),
    ("Most read in Opinion", Block.MOST_READ),
    ("Popular this week", Block.MOST_READ),
    ("What other people are reading", Block.MOST_READ),
    ("Am beliebtesten", Block.MOST_READ),
    ("热新闻", Block.MOST_READ),
    ("Habari zilizosomwa zaidi", Block.MOST_READ),
    ("Opinion", Block.OPINION),
    ("Latest opinion", Block.OPINION),
    ("Editors' Picks", Block.RECOMMENDED),
    ("Editor’s Picks", Block.RECOMMENDED),
    ("Vi anbefaler", Block.RECOMMENDED),
    ("Polecamy", Block.RECOMMENDED),
    ("Dir könnte auch gefallen:", Block.RECOMMENDED),
    ("Het beste van Plus", Block.RECOMMENDED),
    ("This week", Block.LATEST),
    ("猜你喜欢", Block.RECOMMENDED),
    ("Latest news", Block.LATEST),
    ("Son dakika", Block.LATEST),
    ("Τελευταία νέα", Block.LATEST),
    ("最新ニュース", Block.LATEST),
    ("Related", Block.RELATED),
    ("More on this story", Block.RELATED),
    ("Más artículos de Ana Pérez", Block.RELATED),
    ("Lees ook", Block.RELATED),
    ("Verwante artikels", Block.RELATED),
    ("Kapcsolódó cikkek", Block.RELATED),
    ("संबंधित खबरें", Block.RELATED),
    ("ข่าวที่เกี่ยวข้อง", Block.RELATED),
    ("Sponsored content", None),
    ("Anzeige", None),
    ("Contenido ofrecido por Example", None),
    ("Contenido relacionado", Block.RELATED),
    ("Партнерские новости", None),
]


@pytest.mark.parametrize(("heading", "kind"), KINDS)
def test_a_heading_is_understood(heading: str, kind: Block | None) -> None:
    verdict = judge(heading)
    assert verdict is not None
    assert verdict.kind is kind


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "Harbour",
        "The town that nobody wanted",
        "The jobs that nobody wanted",
        "Alle anzeigen",
        "Hier und heute",
        "12:40",
        "x" * 200,
        "港の歴史",
    ],
)
def test_other_headings_say_nothing(heading: str) -> None:
    assert judge(heading) is None


@pytest.mark.parametrize(
    "text", ["Read more:", "READ MORE |", "Lesen Sie auch ", "À lire aussi", "Lea también:", "See also –", "あわせて読みたい："]
)
def test_a_label_before_a_link_is_known(text: str) -> None:
    assert label_before(text) == text.strip(" |–")


@pytest.mark.parametrize(
    "text", ["", "He read more books than", "In the latest of a series of talks with the", "The related", "Sponsored:", "Today,"]
)
def test_words_of_a_sentence_are_no_label(text: str) -> None:
    assert label_before(text) is None


@pytest.mark.parametrize(
    ("printed", "label", "title"),
    [
        ("READ MORE: Harbour vote ends in a tie", "READ MORE", "Harbour vote ends in a tie"),
        ("RELATED: Harbour vote ends in a tie", "RELATED", "Harbour vote ends in a tie"),
        ("Lesen Sie auch | Harbour vote ends in a tie", "Lesen Sie auch", "Harbour vote ends in a tie"),
        ("WATCH | The mayor speaks", None, "WATCH | The mayor speaks"),
        ("Opinion: The vote was a farce", None, "Opinion: The vote was a farce"),
        ("Harbour: more on the vote", None, "Harbour: more on the vote"),
        ("Read more:", None, "Read more:"),
    ],
)
def test_a_label_at_the_start_of_a_headline_comes_off(printed: str, label: str | None, title: str) -> None:
    assert split_label(printed) == (label, title)


@pytest.mark.parametrize(
    ("heading", "beside"), [("More from Harbour", True), ("More stories", True), ("Moreover", False), ("Read more", False)]
)
def test_more_from_somewhere_stands_beside_the_story(heading: str, beside: bool) -> None:
    assert stands_beside(heading) is beside
