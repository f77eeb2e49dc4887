"""Text captures of publishers without a profile: the parts of a page told from its lines alone."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.publishers import load_profiles
from etl.records import Article, Block, Image, Page, Reason, Rejected
from etl.transform import transform
from etl.transform.profiles import CaptureBlock, Captures, Profile, Profiles

FIRST = "The harbour of Sandvik opened again on Monday, nine days after the storm that tore two cranes from their rails."
SECOND = "Ships had waited in the roads since Thursday, and the first of them came in at six in the morning on the tide."
THIRD = "The mayor thanked the divers and said that the quay would need another month of work before it is safe."
GERMAN = (
    "Der Hafen ist am Montag wieder geöffnet worden, neun Tage nach dem Sturm, der zwei Kräne von den Schienen gerissen hatte."
)
FRENCH = "Le port a rouvert lundi, neuf jours après la tempête qui avait arraché deux grues de leurs rails et coulé un bateau."
STORY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n"


def outcome(text: str, url: str | None = None, profiles: Profiles | None = None) -> Article | Rejected:
    page = Page(
        source="capture.txt",
        url=url,
        content=text.encode(),
        media_type="text/plain",
        charset="utf-8",
        fetched_at=dt.datetime(2024, 5, 8, 12, tzinfo=dt.UTC),
    )
    return transform(page, profiles or load_profiles())


def read(text: str, url: str | None = None, profiles: Profiles | None = None) -> Article:
    article = outcome(text, url, profiles)
    assert isinstance(article, Article), article
    return article


HEADERS = {
    "by-line and labelled dates": (
        "Sections\nNews Sport Weather\n\nHarbour reopens after the storm\n\nThe quay will need another month of work.\n\n"
        "By JANE ROE/SPECIAL TO THE GAZETTE\nPublished: MAY 6, 2024 12:39\nUpdated: MAY 6, 2024 12:40\n\n",
        (
            "Harbour reopens after the storm",
            "The quay will need another month of work.",
            ["Jane Roe"],
            "MAY 6, 2024 12:39",
            "MAY 6, 2024 12:40",
        ),
    ),
    "two dates on one line": (
        "Advertisement\n\nHarbour reopens after the storm\n\nBy Jane Roe\n"
        "Published: May. 6, 2024 at 5:18 PM EDT|Updated: May. 7, 2024 at 8 AM EDT\n",
        ("Harbour reopens after the storm", None, ["Jane Roe"], "May. 6, 2024 at 5:18 PM EDT", "May. 7, 2024 at 8 AM EDT"),
    ),
    "date on two lines with joining word": (
        "Watch Now\nHarbour reopens after the storm\n\n"
        "Posted at 6:15 PM, May 06, 2024\nand last updated 2024-05-06 19:34:30-04\n\n",
        ("Harbour reopens after the storm", None, [], "6:15 PM, May 06, 2024", "2024-05-06 19:34:30-04"),
    ),
    "label on the line before its date": (
        "Harbour reopens after the storm\n\nPublished\n6 May 2024\n\nBy Jane Roe\nGazette News\n\n",
        ("Harbour reopens after the storm", None, ["Jane Roe"], "6 May 2024", None),
    ),
    "name without a label": (
        "Harbour reopens after the storm\n\nJane Roe\n\n6 May 2024 9:30 PM IST\n\n",
        ("Harbour reopens after the storm", None, ["Jane Roe"], "6 May 2024 9:30 PM IST", None),
    ),
    "name and agency": (
        "US Markets\n\nHarbour reopens after the storm\n\nJane Roe Reuters\nCredit: REUTERS/JOHN DOE\n\n",
        ("Harbour reopens after the storm", None, ["Jane Roe"], None, None),
    ),
    "name, site and date side by side": (
        "Harbour reopens after the storm\nJane Roe / GAZETTE.EXAMPLE / May 6, 2024, 17:07\nShare\n+\nText Size\n",
        ("Harbour reopens after the storm", None, ["Jane Roe"], "May 6, 2024, 17:07", None),
    ),
    "German, date over the headline": (
        "Archivierter Artikel vom 06.05.2024, 16:58 Uhr\nPlus\nSandvik\n\nHafen nach dem Sturm wieder offen\n\n",
        ("Hafen nach dem Sturm wieder offen", None, [], "06.05.2024, 16:58 Uhr", None),
    ),
    "German, label alone on its line": (
        "Hafen nach dem Sturm wieder offen\n\nDer Kai braucht noch einen Monat Arbeit, sagt die Stadt.\n\n"
        "6. Mai 2024, 17:47\n\nvon\nAnna Müller\n\n",
        (
            "Hafen nach dem Sturm wieder offen",
            "Der Kai braucht noch einen Monat Arbeit, sagt die Stadt.",
            ["Anna Müller"],
            "6. Mai 2024, 17:47",
            None,
        ),
    ),
    "French": (
        "Accueil\nLe port rouvre après la tempête\n\nPar Anne Dupont\nPublié le 6 mai 2024 à 10h15\n\n",
        ("Le port rouvre après la tempête", None, ["Anne Dupont"], "6 mai 2024 à 10h15", None),
    ),
    "the page's title first, as archives write it": (
        "Harbour reopens after the storm - The Gazette\nHome\nNews\nSport\nWeather\n"
        "Harbour reopens after the storm\n6 May 2024\n",
        ("Harbour reopens after the storm", None, [], "6 May 2024", None),
    ),
    "caption printed twice under the headline": (
        "Harbour reopens after the storm\n\nA crane lies on the quay.\nA crane lies on the quay.(gazette)\n"
        "By Jane Roe\nMay 6, 2024\n",
        ("Harbour reopens after the storm", None, ["Jane Roe"], "May 6, 2024", None),
    ),
    "names that are none": (
        "Harbour reopens after the storm\n\nharbour crane\nSandvik Fire Department\nharbour crane\n"
        "Posted at 3:35 PM, May 06, 2024\n",
        ("Harbour reopens after the storm", None, [], "3:35 PM, May 06, 2024", None),
    ),
    "a date in the headline is not the story's": (
        "Sandvik weekly round up: April 29 to May 5, 2024\n\nJane Roe\n\n6 May 2024 4:00 PM GMT\n\n",
        ("Sandvik weekly round up: April 29 to May 5, 2024", None, ["Jane Roe"], "6 May 2024 4:00 PM GMT", None),
    ),
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_the_header_of_a_story_is_read(header: tuple[str, tuple[str, str | None, list[str], str | None, str | None]]) -> None:
    printed, expected = header
    story = f"{GERMAN}\n" * 3 if "Hafen" in printed else f"{FRENCH}\n" * 3 if "port" in printed else STORY
    article = read(printed + story, "https://gazette.example/a/1")
    assert (
        article.title,
        article.subtitle,
        [author.name for author in article.authors],
        article.published.text if article.published else None,
        article.updated.text if article.updated else None,
    ) == expected
    assert article.body.split("\n\n")[0] == story.split("\n")[0]


@pytest.mark.parametrize(
    ("opening", "kept"),
    [("It was a cold morning.", True), ("“Finally,” said the mayor.", True), ("A crane on the quay", False), ("Share.", False)],
)
def test_a_text_may_open_with_a_short_sentence(opening: str, kept: bool) -> None:
    article = read(f"Harbour reopens after the storm\nBy Jane Roe\nMay 6, 2024\n{opening}\n{STORY}")
    assert article.body.startswith(opening if kept else FIRST)


def test_a_story_that_speaks_of_a_site_is_not_that_sites() -> None:
    sentence = "The Gazette of Sandvik reported on Sunday that the pilot boat had been found on the sea floor."
    article = read(
        f"Harbour reopens after the storm\nBy Jane Roe\nMay 6, 2024\n{STORY}\n{sentence}", profiles=Profiles([PROFILE])
    )
    assert article.publisher is None


def test_a_menu_of_two_rows_stands_over_the_headline() -> None:
    menu = "The Gazette of Sandvik News Sport Weather\nTown Harbour Culture Real Estate Law Food Premium Health Science"
    text = f"{menu}\nHarbour reopens after the storm\nBy JANE ROE\nMAY 6, 2024 12:39\n{STORY}"
    assert read(text, profiles=Profiles([PROFILE])).title == "Harbour reopens after the storm"


def test_date_and_author_may_stand_under_the_story() -> None:
    foot = "veröffentlicht am 06.05.2024 um 13:29 Uhr\n\nAnna Müller\n\nAutor\n\nAnzeige\nAnzeige\n"
    article = read(f"Harbour reopens after the storm\n\n{STORY}\n{foot}", "https://gazette.example/a/1")
    assert article.published is not None
    assert (article.published.text, [author.name for author in article.authors]) == ("06.05.2024 um 13:29 Uhr", ["Anna Müller"])


@pytest.mark.parametrize("ending", ["(dpa)", "Quelle: dpa"])
def test_an_agency_may_be_named_at_the_end(ending: str) -> None:
    text = f"Hafen nach dem Sturm wieder offen\n\n{FIRST}\n\n{SECOND} {THIRD}{' ' if ending[0] == '(' else chr(10)}{ending}\n"
    assert [(author.name, author.kind.value) for author in read(text).authors] == [("dpa", "organization")]


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://gazette.example/news/harbour-reopens-after-storm", "Harbour reopens after the storm"),
        ("https://gazette.example/news/mayor-thanks-divers-for-work", "Mayor thanks the divers for their work"),
        ("https://gazette.example/news/12345", "Harbour reopens after the storm"),  # a standfirst follows the headline
    ],
)
def test_the_words_of_the_address_find_the_headline(url: str, title: str) -> None:
    assert (
        read(f"Harbour reopens after the storm\nMayor thanks the divers for their work\nBy Jane Roe\n{STORY}", url).title == title
    )


DAYS = [
    # printed, address, day, origin
    ("6 May 2024", "https://gazette.example/2024/04/30/a", "2024-05-06", "text"),
    ("", "https://gazette.example/2024/05/06/harbour", "2024-05-06", "url"),
    ("", "https://gazette.example/harbour-20240506101530", "2024-05-06", "url"),
    ("05/06/2024", "https://gazette.example/2024/05/06/harbour", "2024-05-06", "text"),
    ("05/06/2024", "https://gazette.example/2024/06/05/harbour", "2024-06-05", "text"),
    ("", "https://gazette.example/harbour", None, None),
    ("05/06/2024", "https://gazette.example/harbour", None, None),  # May or June?
]


@pytest.mark.parametrize(("printed", "url", "day", "origin"), DAYS)
def test_the_day_is_the_printed_one_else_that_of_the_address(printed: str, url: str, day: str | None, origin: str | None) -> None:
    page_time = dt.datetime(2024, 7, 1, tzinfo=dt.UTC)
    text = f"Harbour reopens after the storm\n{printed}\nBy Jane Roe\n{STORY}"
    article = transform(
        Page(source="a.txt", url=url, content=text.encode(), media_type="text/plain", fetched_at=page_time), load_profiles()
    )
    assert isinstance(article, Article)
    assert (article.published.day.isoformat() if article.published else None, article.origins.get("published")) == (day, origin)


@pytest.mark.parametrize(
    ("printed", "text", "precision"),
    [("", "2024-05-02", "day"), ("6 May 2024 10:15", "6 May 2024 10:15", "minute"), ("Updated: 6 May 2024", None, None)],
)
def test_the_day_of_capture_stands_in_only_where_no_date_is_printed(
    printed: str, text: str | None, precision: str | None
) -> None:
    published = read(f" date 2024-05-02 News Sport\nHarbour reopens after the storm\n{printed}\nBy Jane Roe\n{STORY}").published
    assert (published and published.text, published and published.precision.value) == (text, precision)


@pytest.mark.parametrize(
    ("capture_line", "updated"),
    [("", "2024-05-08"), (" date 2024-05-08 ", "2024-05-08"), (" date 2024-04-01 ", None)],
)
def test_relative_dates_count_from_the_capture_and_not_from_a_younger_file(capture_line: str, updated: str | None) -> None:
    dates = "Published: April 1, 2024 5:18 PM|Updated: 1 hour ago"
    article = read(
        f"{capture_line}Advertisement\nHarbour reopens after the storm\nBy Jane Roe\n{dates}\n{STORY}",
        "https://gazette.example/a/1",
    )
    assert (article.updated.day.isoformat() if article.updated else None) == updated


def test_pictures_are_their_captions_and_no_paragraphs() -> None:
    text = (
        "Harbour reopens after the storm\nBy Jane Roe\nMay 6, 2024\n"
        "A freighter enters the harbour of Sandvik, May 6, 2024 (photo credit: REUTERS/JOHN DOE)\n"
        "A freighter enters the harbour of Sandvik, May 6, 2024\n(photo credit: REUTERS/JOHN DOE)\n"
        f"{FIRST}\n\n"
        "Divers at work. (credit: ANN POE) Divers at work. (credit: ANN POE)\n\n"
        f"{SECOND}\n\nA crane on the quay\n\nFoto: Imago\n\n{THIRD}\n"
    )
    article = read(text)
    assert article.images == (
        Image(caption="A freighter enters the harbour of Sandvik, May 6, 2024", credit="REUTERS/JOHN DOE"),
        Image(caption="Divers at work.", credit="ANN POE"),
        Image(caption="A crane on the quay", credit="Imago"),
    )
    assert article.body == STORY.strip()


TAGS = [
    ("Tags Russia ukraine NATO", ("Russia", "ukraine", "NATO")),
    ("Tags: Russia, New Zealand, NATO", ("Russia", "New Zealand", "NATO")),
    ("Tags: Russia | New Zealand", ("Russia", "New Zealand")),
    ("Topics\nRussia\nNew Zealand", ("Russia", "New Zealand")),
    ("Schlagworte: Hafen, Sturm", ("Hafen", "Sturm")),
    ("タグ：港、嵐", ("港", "嵐")),
    ("Tags storm Sandvik Harbour quay", ("storm", "Sandvik", "Harbour", "quay")),
    ("Tags storm Jane Roe quay", ("storm", "Jane Roe", "quay")),  # the story names her
    ("Topics of the day were the harbour and the storm.", ()),
    ("Tagged luggage was found on the quay.", ()),
]


@pytest.mark.parametrize(("printed", "tags"), TAGS)
def test_tags_stand_behind_their_label(printed: str, tags: tuple[str, ...]) -> None:
    story = f"{STORY}Jane Roe is harbour master of the town since 2020, she says."
    assert read(f"Harbour reopens after the storm\nBy John Doe\nMay 6, 2024\n{story}\n\n{printed}\n\nSubscribe\n").tags == tags


def test_blocks_of_links_are_read_by_their_headings() -> None:
    text = (
        f"Harbour reopens after the storm\nBy Jane Roe\nMay 6, 2024\n"
        f"{FIRST}\n\nRead also: Pilot boat found on the sea floor\n\n{SECOND}\n\n{THIRD}\n\n"
        "Most Read\n1\n\nStorm of the century hits Sandvik\n\nA wave over the mole\n2\n\n"
        "Divers find the pilot boat\n\nA diver\n\n"
        "Related articles\nWhy cranes fall over\nShare\nThe town and its reserve\nBy Jane Roe\n\n"
        "About us\nContact us\nLatest news\nTerms of use and other small print\nCopyright © 2024 Gazette. All rights reserved.\n"
    )
    article = read(text)
    assert [(link.block, link.heading, link.title, link.caption) for link in article.related_links] == [
        (Block.IN_BODY, "Read also", "Pilot boat found on the sea floor", None),
        (Block.MOST_READ, "Most Read", "Storm of the century hits Sandvik", "A wave over the mole"),
        (Block.MOST_READ, "Most Read", "Divers find the pilot boat", "A diver"),
        (Block.RELATED, "Related articles", "Why cranes fall over", None),
        (Block.RELATED, "Related articles", "The town and its reserve", None),
    ]
    assert article.body == STORY.strip()


PROFILE = Profile(
    domain="gazette.example",
    name="The Gazette",
    time_zone="Europe/Oslo",
    language="en",
    captures=Captures(
        markers=("The Gazette of Sandvik",),
        section_prefix="Gazette",
        tag_phrases=("Winter Storms",),
        drop=("Become a member",),
        footer=("The Gazette's readers",),
        related=(CaptureBlock(block=Block.OPINION, heading="Voices", parts=("caption", "title", "byline")),),
    ),
)


def test_a_profile_gives_what_the_text_cannot_show() -> None:
    text = (
        " date 2024-05-06 The Gazette of Sandvik News Sport\nGazette Local News\n\n"
        "Harbour reopens after the storm\n\nBy JANE ROE\n"
        f"Published: MAY 6, 2024 12:39\n{FIRST}\n"
        f"Become a member of the Gazette today and read all of it for a year.\n{SECOND}\n{THIRD}\n\n"
        "Tags storm Winter Storms harbour\n\n"
        "Voices\nJohn Doe\n\nIs the quay safe?\n\n By JOHN DOE\nAnn Poe\n\nPay the divers\n\n By ANN POE\n"
        "The Gazette's readers\nLatest news\nOne more headline of the site\n"
    )
    article = read(text, profiles=Profiles([PROFILE]))
    assert article.published is not None
    assert article.publisher is not None
    assert (
        article.publisher.domain,
        article.section,
        article.published.at.isoformat(),
        article.published.zone_source.value,
        article.tags,
        [(link.title, link.byline, link.caption) for link in article.related_links],
        article.key,
    ) == (
        "gazette.example",
        "Local News",
        "2024-05-06T10:39:00+00:00",
        "publisher",
        ("storm", "Winter Storms", "harbour"),
        [("Is the quay safe?", "John Doe", "John Doe"), ("Pay the divers", "Ann Poe", "Ann Poe")],
        "gazette.example/2024-05-06/harbour-reopens-after-the-storm",
    )
    assert article.body == STORY.strip()


@pytest.mark.parametrize(
    ("head", "foot", "url", "domain"),
    [
        ("https://gazette.example/2024/harbour-reopens", "", "https://gazette.example/2024/harbour-reopens", "gazette.example"),
        ("URL: https://gazette.example/harbour-reopens", "", "https://gazette.example/harbour-reopens", "gazette.example"),
        ("", "https://gazette.example/harbour-reopens 1/3", "https://gazette.example/harbour-reopens", "gazette.example"),
        ("https://gazette.example/", "", None, "gazette.example"),  # the site, not the story
        ("", "© 2024 gazette.example. All rights reserved.", None, "gazette.example"),
        ("The Gazette | www.gazette.co.uk", "", None, "gazette.co.uk"),
        ("", "Copyright © 2024 Gazette Inc. All rights reserved.", None, None),
        ("The U.S. edition", "jane.roe@gazette.example", None, None),
    ],
)
def test_address_and_publisher_are_what_the_capture_prints(head: str, foot: str, url: str | None, domain: str | None) -> None:
    article = read(f"{head}\nHarbour reopens after the storm\nBy Jane Roe\nMay 6, 2024\n{STORY}\n{foot}")
    assert (article.url, article.publisher.domain if article.publisher else None) == (url, domain)


def test_the_address_of_the_source_loses_its_tracking() -> None:
    article = read(f"Harbour reopens after the storm\nBy Jane Roe\n{STORY}", "https://gazette.example/a/1?utm_source=feed")
    assert (article.url, article.key) == ("https://gazette.example/a/1", "gazette.example/a/1")


@pytest.mark.parametrize(
    ("head", "foot", "name"),
    [
        ("", "Copyright 2024 Harbour Gazette. All rights reserved.", "Harbour Gazette"),
        ("", "© 2019–2024 The Harbour Gazette | Imprint", "The Harbour Gazette"),
        ("Harbour reopens after the storm - Harbour Gazette", "", "Harbour Gazette"),
        ("", "Copyright 2024 Gazette Media Group", None),  # the owner, not the site
        ("", "The Harbour Gazette was founded in 1887.", None),
    ],
)
def test_the_publishers_name_is_the_one_printed_where_sites_print_theirs(head: str, foot: str, name: str | None) -> None:
    article = read(
        f"{head}\nHarbour reopens after the storm\nBy Jane Roe\n{STORY}\n{foot}", "https://harbour-gazette.example/a/1"
    )
    assert article.publisher is not None
    assert (article.publisher.name, article.title) == (name, "Harbour reopens after the storm")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n\u200b\n", Reason.EMPTY),
        ("User-agent: *\nDisallow: /private/\nSitemap: https://gazette.example/sitemap.xml\n", Reason.NOT_AN_ARTICLE),
        ("News\nSport\nWeather\nContact\n", Reason.NOT_AN_ARTICLE),
        ('{"title": "Harbour", "items": [1, 2, 3], "next": null, "more": {"a": "b"}}', Reason.NOT_AN_ARTICLE),
        ("id,name,price\n1,crane,100\n2,quay,200\n", Reason.NOT_AN_ARTICLE),
        ("404 Not Found\n", Reason.NOT_AN_ARTICLE),
        (FIRST, Reason.NO_TITLE),
    ],
)
def test_what_is_no_story_is_rejected_with_the_reason(text: str, reason: Reason) -> None:
    rejected = outcome(text)
    assert isinstance(rejected, Rejected)
    assert rejected.reason is reason


PIECES = st.sampled_from(
    (
        *(FIRST, SECOND, THIRD, "Harbour reopens", "By Jane Roe", "Published: MAY 6, 2024 12:39", "6.5.2024", "港が再開した。"),
        *("Tags Russia NATO", "1", "Most Read", "Hot Opinion", "(photo credit: AP)", "© 2024 gazette.example", "Comments"),
        *("Share", "|", "  * Menu", "Image caption,", ""),
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=25))
def test_any_lines_give_an_article_or_a_reason(lines: list[str]) -> None:
    result = outcome("\n".join(lines))
    if isinstance(result, Rejected):
        assert result.reason in {Reason.EMPTY, Reason.NOT_AN_ARTICLE, Reason.NO_TITLE, Reason.UNDECODABLE}
    else:
        assert result.title
        assert result.body


HOSTILE = {
    "figures": "1 " * 50_000,
    "labels": "By " * 50_000,
    "brackets": "(" * 50_000,
    "one line of tags": "Tags " + "Word " * 50_000,
    "blocks": "Most Read\nSome other headline\n" * 5_000,
    "full columns": ("x" * 79 + "\n") * 5_000,
    "dates": "Published: May 7, 2024 10:15\n" * 5_000,
    "the headline again": "Headline of the day\n" * 5_000,
    "addresses": "<http://" * 10_000,
    "one paragraph": "word " * 100_000,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_no_longer_than_its_length_asks_for(hostile: str) -> None:
    started = time.process_time()
    outcome(f"Headline of the day\n{hostile}\n{STORY}", "https://gazette.example/headline-of-the-day")
    assert time.process_time() - started < 5
