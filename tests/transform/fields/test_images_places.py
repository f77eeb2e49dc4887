"""Where the story's pictures stand: over the headline, in players and dialogs, in boxes called teaser, several under one name."""

from __future__ import annotations

from etl.records import Image, Page
from etl.transform.document import parse
from etl.transform.fields.images import extract_images
from etl.transform.reading import BodyReading, Story

URL = "https://www.herald.example/politics/harbour-vote-100001"
TEXT = "The council of the harbour town met for nine hours on Thursday and parted without a decision on the new pier."
PIER = "https://www.herald.example/p/pier-at-dawn-4711.jpg"
HERO = '<div class="hero"><img src="/p/pier-at-dawn-4711.jpg"></div>'
OG = f'<meta property="og:image" content="{PIER}">'
OTHER = '<meta property="og:image" content="https://www.herald.example/p/ferry-4712.jpg">'


def images(*, head: str = "", outside: str = "", before: str = "", inside: str = "") -> list[Image]:
    """Of a story with something before its element, before its headline and between its paragraphs."""
    html = f"""<html><head>{head}</head><body><main>{outside}<article>{before}<h1>Harbour vote ends in a tie</h1><div>
<p class="own">{TEXT}</p>{inside}<p class="own">Second. {TEXT}</p></div></article></main></body></html>"""
    document = parse(Page(source="page.html", url=URL, content=html.encode(), media_type="text/html", charset="utf-8"))
    own = tuple(block for block in document.blocks if block.element.get("class") == "own")
    headline = next(block for block in document.blocks if block.tag == "h1")
    body = BodyReading(paragraphs=tuple(block.text for block in own), blocks=own)
    found = extract_images(document, Story(title="Harbour vote ends in a tie", headline=headline, body=body, language="en"))
    return list(found.value) if found else []


def urls(**places: str) -> list[str | None]:
    return [image.url for image in images(**places)]


def test_a_picture_over_the_headline_is_the_storys_where_metadata_says_so_or_names_none() -> None:
    labels = "<p>Politics</p><p>Sea</p>"
    assert urls(before=HERO + labels, head=OG) == [PIER]
    assert urls(before=HERO + labels) == [PIER]
    assert urls(before=HERO + labels, head=OTHER) == ["https://www.herald.example/p/ferry-4712.jpg"]  # it stands in
    assert urls(before=f'<a href="/">{HERO}</a>{labels}') == []
    assert urls(before=HERO + labels * 2) == []  # too far above


def test_so_is_the_one_in_an_element_of_its_own_right_before_the_story() -> None:
    assert urls(outside=HERO) == [PIER]
    assert urls(outside=f"<header>{HERO}</header>") == []
    masthead = HERO.replace("<img", '<img width="960" height="200"')
    assert urls(outside=masthead) == []
    assert urls(before=f"{masthead}<p>Transport</p>") == []
    assert urls(outside=f"<div>{HERO}<p>The pier has been closed.</p></div>") == []


def test_a_videos_still_is_no_picture_unless_metadata_calls_it_the_storys() -> None:
    for still in (
        f'<div class="c-video__player">{HERO}</div>',
        f'<figure class="media-player">{HERO}<figcaption>The pier, filmed</figcaption></figure>',
        f"<amp-video>{HERO}</amp-video>",
        f'<div class="articleVideo">{HERO}</div>',
    ):
        assert urls(inside=still) == []
        assert urls(inside=still, head=OG) == [PIER]
    assert urls(inside=f'<div class="video-less">{HERO}</div>') == [PIER]
    assert urls(inside=f'<section class="has-video"><div>{HERO}</div></section>') == [PIER]
    for named in (
        "story no-video",
        "content has-video",
        "without-video",
        "noVideo",
        "photos-videos-wrap",
        "videography",
        "field-image-or-video",
    ):
        assert urls(inside=f'<div class="{named}"><div>{HERO}</div></div>') == [PIER]
    assert urls(inside=f'<div class="video"><p>The pier has been closed.</p>{HERO}<p>It opens in May.</p></div>') == [PIER]


def test_pictures_in_dialogs_are_not_the_storys() -> None:
    assert urls(inside=f"<aside><dialog><p>The year in pictures</p>{HERO}</dialog></aside>") == []


def test_the_declared_picture_is_the_storys_in_a_box_called_teaser_too() -> None:
    box = '<div class="teaser"><div><img src="/p/pier-at-dawn-4711.jpg"><p class="credit">Photo: Jane Roe</p></div></div>'
    assert images(inside=box, head=OG) == [Image(url=PIER, credit="Jane Roe")]
    assert urls(inside=box) == []
    linked = '<div class="teaser"><a href="/sea/ferry-runs-aground-4713"><img src="/p/pier-at-dawn-4711.jpg"></a></div>'
    assert images(inside=linked, head=OG) == [Image(url=PIER)]  # only declared


def test_a_declared_picture_has_the_caption_that_stands_with_it_elsewhere_on_the_page() -> None:
    beside = '<aside><figure><img src="/p/pier-at-dawn-4711.jpg"><figcaption>The pier at dawn (AFP)</figcaption></figure></aside>'
    assert images(outside=beside + "<p>Sea</p>", head=OG) == [Image(url=PIER, caption="The pier at dawn", credit="AFP")]


def test_files_of_one_name_with_captions_of_their_own_are_several_pictures() -> None:
    def figure(path: str, caption: str) -> str:
        return f'<figure><img src="/p/{path}/pier-harbour"><figcaption>{caption}</figcaption></figure>'

    town, ferry = "The town, seen from the new pier.", "The ferry waits at the pier."
    assert [image.caption for image in images(inside=figure("11", town) + figure("12", ferry))] == [town, ferry]
    assert [image.caption for image in images(inside=figure("11", town) + figure("12", town[:20]))] == [town]
    assert [image.caption for image in images(inside=figure("11", town) + figure("11", ferry))] == [town]


def test_a_caption_is_found_however_many_sources_the_picture_has() -> None:
    sources = "".join(f'<source srcset="/p/pier-at-dawn-4711.jpg" media="(max-width: {n}00px)">' for n in range(3, 10))
    picture = f'<div><picture>{sources}<img src="/p/pier-at-dawn-4711.jpg"></picture></div>'
    html = f"<figure>{picture}<figcaption>Dawn (AFP)</figcaption></figure>"
    assert images(inside=html) == [Image(url=PIER, caption="Dawn", credit="AFP")]
