"""The report as a page: what it tells, on both databases; what it must never let through."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree
from sqlalchemy import Engine, update

from etl.errors import UsageError
from etl.load.accounts import load_runs
from etl.load.engine import open_engine, writing
from etl.report.words import digest
from tests.databases import PostgresServer
from tests.report.conftest import written
from tests.report.newsroom import SCRIPT, fill

STYLE = Path(__file__).parents[2] / "etl" / "report" / "templates" / "style.css"
UTC = ZoneInfo("UTC")


@pytest.fixture(scope="module")
def tree(newsroom_page: Path) -> etree._Element:
    return _parsed(newsroom_page.read_text("utf-8"))


def _parsed(page: str) -> etree._Element:
    return etree.fromstring(page, etree.HTMLParser())


def _texts(tree: etree._Element, path: str) -> list[str]:
    return [" ".join(" ".join(found.itertext()).split()) for found in tree.xpath(path)]


def test_both_databases_give_the_same_page(newsroom: Engine, postgres: PostgresServer) -> None:
    other = open_engine(postgres.current())
    fill(other)
    assert written(newsroom) == written(other)
    other.dispose()


def test_the_same_database_gives_the_same_page_whatever_the_day(newsroom: Engine) -> None:
    until = dt.date(2024, 5, 9)
    pages = {written(newsroom, until=until, today=dt.date(year, 1, 1)) for year in (2024, 2031)}
    assert len(pages) == 1


def test_the_strip_tells_the_last_run_and_the_period(tree: etree._Element) -> None:
    assert _texts(tree, "//dl[@class='tiles']/div") == [
        "Last run succeeded Fri 10 May 2024, 02:17 · took 3 min",
        "New articles 13 0 more updated",
        "Rejected pages 5 28 % of 18 seen",
        "Published 278 in 28 days",
        "Publishers 3 6 authors",
        "New headlines 38 on 38 revised stories",
    ]


def test_what_needs_attention_stands_on_top(tree: etree._Element) -> None:
    assert _texts(tree, "//div[@class='attention']//li") == [
        "1 source could not be read: ledger feed.",
        "1 file is cut or corrupt; what is whole was read.",
        "tagblatt.example: tags on 0% of 20 articles, usually on 95%; has the layout changed?",
    ]


def test_what_failed_is_told_with_the_reason(tree: etree._Element) -> None:
    assert _texts(tree, "//details[@class='reason']/summary") == ["4 not-an-article", "1 no-title"]
    assert _texts(tree, "//details[@class='reason'][2]//li") == [f"javascript:alert(2) No title: {SCRIPT}"]
    assert _texts(tree, "//ul[@class='files']/li") == ["/archive/one.warc.gz the archive ends inside a record"]


def test_tags_on_the_rise_are_those_of_the_last_days(tree: etree._Element) -> None:
    assert _texts(tree, "//h3[@id='chart-rising']/..//tbody/tr/th") == ["Insurance", "Storm", SCRIPT]


def test_tags_that_stand_together_are_told_as_pairs(tree: etree._Element) -> None:
    assert "Insurance Storm" in [text.rpartition(" ")[0] for text in _texts(tree, "//h3[@id='chart-network']/..//tbody/tr")]


def test_stories_are_ranked_by_publishers_by_links_and_by_the_sites_own_lists(tree: etree._Element) -> None:
    carried = _texts(tree, "//h3[.='Carried by several publishers']/following-sibling::ol[1]/li")
    linked = _texts(tree, "//h3[.='Most linked']/following-sibling::ol[1]/li")
    read = _texts(tree, "//h3[.='Most read']/following-sibling::ol/li")
    assert carried == [
        "Storm desk, 9 May: what story 2 of gazette says 3 articles since Thu 9 May 2024, 08:00 · gazette.example, ledger."
        "example, tagblatt.example"
    ]
    assert linked[0] == "Storm desk, 7 May: what story 1 of gazette says gazette.example · Tue 7 May 2024 · from 6 articles"
    assert read[0] == f"{SCRIPT} gazette.example · on 134 of 134 pages with a list · best place 2"
    assert (len(linked), len(read)) == (10, 12)


def test_a_revised_headline_stands_beside_the_old_one(tree: etree._Element) -> None:
    assert _texts(tree, "//ol[@class='revisions']/li[1]") == [
        "Before: Storm desk, 8 May: what story 2 of gazette says → After: Storm desk, 8 May: what story 2 of gazette said after "
        "a correction gazette.example · seen Wed 8 May 2024, 13:00 · 5 h after publication"
    ]
    assert (_texts(tree, "//ol[@class='revisions']/li[1]//del"), _texts(tree, "//ol[@class='revisions']/li[1]//ins")) == (
        ["says"],
        ["said after a correction"],
    )


def test_coverage_is_told_by_publisher(tree: etree._Element) -> None:
    rows = [row.split() for row in _texts(tree, "//table[contains(@class, 'coverage')]/tbody/tr")]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("Together", "278", "70"),
        ("gazette.example", "134", "79"),
        ("ledger.example", "78", "64"),
        ("tagblatt.example", "66", "58"),
    ]


def test_each_chart_has_a_title_a_description_and_its_table(tree: etree._Element) -> None:
    charts = [
        (
            figure.findtext("h3"),
            len(figure.xpath(".//div[@role='img']/@aria-label")[0]) > 80,
            len(figure.xpath(".//tbody/tr")) > 2,
        )
        for figure in tree.xpath("//figure")
    ]
    titles = ["Pages in the last runs", "Articles a day", "Tags on the rise", "Tags that appear together"]
    assert charts == [(title, True, True) for title in titles]


def test_headings_are_in_order(tree: etree._Element) -> None:
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert (levels[0], levels.count(1), max(later - earlier for earlier, later in pairwise(levels))) == (
        1,
        1,
        1,
    )


def test_no_text_of_a_page_becomes_markup(newsroom_page: Path, tree: etree._Element) -> None:
    text = newsroom_page.read_text("utf-8")
    assert (text.count("<script"), text.count("</style>"), tree.xpath("//@onload | //@onerror | //@style")) == (0, 1, [])
    assert [address for address in tree.xpath("//a/@href") if not re.match("#|https?://", address)] == []


def test_the_policy_forbids_all_but_the_pages_own_style(tree: etree._Element) -> None:
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = tree.xpath("//style/text()")
    assert policy == f"default-src 'none'; style-src '{digest(style)}'; img-src data:; base-uri 'none'; form-action 'none'"


def test_nothing_of_the_page_lies_elsewhere(tree: etree._Element) -> None:
    assert tree.xpath("//@src | //link/@href | //image | //use | //@*[contains(name(), ':href')]") == ["data:,"]
    assert re.findall(r"url\(|@import", STYLE.read_text("utf-8")) == []


def test_the_page_is_small(newsroom_page: Path) -> None:
    assert newsroom_page.stat().st_size < 400_000


def test_one_publisher_can_be_told_alone(newsroom: Engine) -> None:
    tree = _parsed(written(newsroom, publishers=["Ledger.Example"]))
    assert _texts(tree, "//p[@class='kicker']") == ["ledger.example"]
    assert [row.split()[0] for row in _texts(tree, "//table[contains(@class, 'coverage')]/tbody/tr")] == [
        "Together",
        "ledger.example",
    ]
    assert not tree.xpath("//ol[contains(@class, 'ranked') or @class='revisions']//small[contains(., 'gazette.example')]")


def test_times_are_told_in_the_readers_zone(newsroom: Engine) -> None:
    tree = _parsed(written(newsroom, zone=ZoneInfo("America/New_York")))
    assert _texts(tree, "//dl[@class='tiles']/div[1]") == ["Last run succeeded Thu 9 May 2024, 22:17 · took 3 min"]


def test_a_publisher_that_is_not_there_is_an_error_with_those_that_are(newsroom: Engine) -> None:
    with pytest.raises(UsageError, match=r"publisher nowhere\.example is in the database; there are 3: gazette\.example, ledger"):
        written(newsroom, publishers=["nowhere.example"])


def test_days_in_the_wrong_order_are_an_error(newsroom: Engine) -> None:
    with pytest.raises(UsageError, match="--since 2024-05-10 is after 2024-05-09"):
        written(newsroom, since=dt.date(2024, 5, 10), until=dt.date(2024, 5, 9))


def test_days_without_an_article_give_a_page_that_says_so(newsroom: Engine) -> None:
    tree = _parsed(written(newsroom, since=dt.date(1999, 1, 1), until=dt.date(1999, 12, 31)))
    assert _texts(tree, "//section[@id='output' or @id='topics' or @id='revised']//p[@class='calm']") == [
        "No article was published on these days.",
        "Since Sat 2 Oct 1999 no tag appears clearly more often than before.",
        "No two tags stand together on more than one article of these days.",
        "No headline was seen to change on these days.",
    ]


def test_an_empty_database_gives_a_kind_page(database: Engine) -> None:
    tree = _parsed(written(database))
    assert _texts(tree, "//main/p") == [
        "Nothing has been loaded into this database yet.",
        "Load a folder of saved pages or archives, then write the report again:",
    ]


@pytest.mark.parametrize(
    ("status", "error", "today", "told"),
    [
        ("failed", "the disk is full", "2024-05-10", "The last run failed: the disk is full"),
        ("interrupted", None, "2024-05-10", "The last run was interrupted: no error was noted"),
        ("succeeded", None, "2024-05-14", "Nothing has been loaded since Fri 10 May 2024: the page is as old as that."),
        ("running", None, "2024-05-10", "A run has been going on since Fri 10 May 2024, 02:14."),
    ],
)
def test_a_run_that_went_wrong_is_told_first(newsroom: Engine, status: str, error: str | None, today: str, told: str) -> None:
    with writing(newsroom) as connection:
        connection.execute(update(load_runs).where(load_runs.c.id == 10).values(status=status, error=error))
    tree = _parsed(written(newsroom, today=dt.date.fromisoformat(today)))
    assert told in _texts(tree, "//div[@class='attention']//li")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_stand_out_from_the_paper(scheme: str) -> None:
    light, _, dark = STYLE.read_text("utf-8").partition("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if scheme == "light" else dark))
    contrasts = {name: _contrast(colours[name], colours["paper"]) for name in ("c0", "c1", "c2", "c3", "c4", "c5", "c6")}
    assert {name: round(contrast, 1) for name, contrast in contrasts.items() if contrast < 3} == {}


def _contrast(one: str, other: str) -> float:
    """As the Web Content Accessibility Guidelines reckon it; 3 is what they ask of a mark in a chart."""
    bright, dull = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dull + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
