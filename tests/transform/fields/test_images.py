"""The story's pictures: layouts as sites have them, beside logos, adverts and other stories' thumbnails."""

from __future__ import annotations

import json

import pytest

from etl.records import Block, Image, Origin, RelatedLink
from etl.transform.fields.images import extract_images
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Fields, Layout, Profile
from etl.transform.reading import BodyReading, Found, Story
from tests.transform.fields.pictured import PIER, TEXT, URL, figure, images, page, read


def json_ld(image: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Harbour vote ends in a tie", "image": image}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    "html",
    [
        '<img src="data:image/gif;base64,R0lGOD" data-src="/p/pier-at-dawn-4711.jpg">',
        '<img src="/img/blank.gif" data-original="/p/pier-at-dawn-4711.jpg">',
        '<img src="/img/placeholder-16x9.png" srcset="/p/small-4711.jpg 320w, /p/pier-at-dawn-4711.jpg 1280w">',
        '<img data-srcset="/p/pier-at-dawn-4711.jpg 2x, /p/small-4711.jpg 1x" src="/p/small-4711.jpg">',
        '<picture><source srcset="/p/pier-at-dawn-4711.jpg 1200w"><source srcset="/p/s.jpg 300w"><img src="/p/s.jpg"></picture>',
        '<amp-img src="/p/pier-at-dawn-4711.jpg" width="1200" height="800"></amp-img>',
        '<img src="/p/pier-at-dawn-4711.jpg" width="1440" height="0">',
        '<div data-src="/p/pier-at-dawn-4711.jpg"><div><img src="data:image/svg+xml,x"></div></div>',
        '<img style="max-width:100%; border: 0" src="/p/pier-at-dawn-4711.jpg">',
        '<img style="width:1px;min-width:100%" src="/p/pier-at-dawn-4711.jpg">',
        '<img style="width:100%;height:0" src="/p/pier-at-dawn-4711.jpg">',
        '<img style="width:0;height:0;min-width:100%;min-height:100%" src="/p/pier-at-dawn-4711.jpg">',
        '<img style="width:1px;height:1px" width="800" height="500" src="/p/pier-at-dawn-4711.jpg">',
        '<img src="//www.herald.example/p/pier-at-dawn-4711.jpg" width="1200px" height="800px">',
    ],
)
def test_the_best_address_is_taken_and_placeholders_are_not(html: str) -> None:
    assert [image.url for image in images(page(lead=f"<figure>{html}</figure>"))] == [PIER]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/p/1x1.gif">',
        '<img src="/p/pixel.gif?id=12345">',
        '<img src="/wp-content/themes/harbour/images/waves.png">',
        '<img src="/p/share/weibo.png">',
        '<img src="/p/pier.jpg" width="60" height="60">',
        '<img src="/p/pier.jpg" width="1" height="1">',
        '<img src="/p/70c8fc80" style="position:absolute; width:1px; height:1px">',
        '<img src="/img/logo-herald.png">',
        '<img src="/p/jane-roe.jpg?w=85">',
        '<img src="/img/icons/arrow.png">',
        '<img src="/img/chart.svg">',
        '<img src="/avatars/jane-roe.jpg">',
        '<img src="https://ad.doubleclick.net/ad/4711.jpg">',
        '<img src="/p/ferry-80x80.jpg">',
        '<div class="related-articles"><a href="/x"><img src="/p/ferry.jpg"></a></div>',
        '<div class="byline author"><img src="/p/jane.jpg"></div>',
        '<img src="/p/app%20store%20banner.png">',
        '<img src="/p/apple-touch-icon@2.png">',
        '<img src="/p/quote-top.png">',
        '<img src="/p/300x250-en.png">',
        '<img src="/p/L150xH191/ferry.jpg">',
        # a thumbnail of the page it leads to, a card in an element of its own
        '<div><a href="/sport/ferry-race-200002"><img src="/p/race.jpg"></a></div>',
        '<a href="/"><img src="/p/herald.jpg"></a>',
        '<a href="/people/jane-roe"><img src="/p/jane.jpg"></a>',
        '<article><picture><img src="/p/ferry.jpg"></picture><h3>Ferry runs aground</h3><p>On Friday</p></article>',
        '<article><img src="/p/ferry.jpg"><p><a href="/x/ferry">Ferry runs aground</a> on Friday</p></article>',
        '<article><img src="/p/ferry.jpg"><div class="title">Ferry runs aground</div><p class="caption">The ferry</p></article>',
        '<ul><li><a href="/x/2024/ferry-runs-aground"><img src="/p/ferry.jpg"><h3>Ferry runs aground</h3></a></li></ul>',
        '<div class="ad-container"><img src="/p/boots.jpg"></div>',
        '<ul class="share-buttons"><li><img src="/p/f.jpg"></li></ul>',
        '<form class="newsletter-signup"><img src="/p/mail.jpg"></form>',
    ],
)
def test_what_is_no_picture_of_the_story_is_left_out(html: str) -> None:
    assert images(page(lead=html, inside=html)) == []


@pytest.mark.parametrize(
    "href",
    [
        "/p/pier-big.jpg?x=1",
        "/photos/4711",
        "/wiki/File:Pier",
        f"{URL}/pier-at-dawn",
        "/galleries?story=100001",
        "/pier-at-dawn-4711.php",
        "https://pictures.example/lightbox",
        "#large",
    ],
)
def test_a_link_to_the_pictures_own_page_or_to_another_site_leaves_it_the_storys(href: str) -> None:
    assert [image.url for image in images(page(lead=f'<a href="{href}"><img src="{PIER}"></a>'))] == [PIER]


CREDITED = "<figcaption>The pier at dawn. Photo: Jane Roe</figcaption>"
STORY = "/sport/ferry-race-ends-in-a-tie-200002"


@pytest.mark.parametrize(
    ("href", "caption", "kept"),
    [
        # a credit outweighs the link; no story is linked: front page, section
        *((href, CREDITED, True) for href in (STORY, "/", "/topics/harbour", "/reportage/le-port-apres-la-tempete")),
        *((href, "<figcaption>The pier</figcaption>", True) for href in ("/", "/topics/harbour")),
        (STORY, "<figcaption>The ferry race</figcaption>", False),
        # the caption leads to the same page
        ("/people/jane-roe", '<figcaption>By <a href="/people/jane-roe">Jane Roe</a>, reporter</figcaption>', False),
        (STORY, f'<figcaption><a href="{STORY}">The ferry race.</a> Photo: Jane Roe</figcaption>', False),
        (STORY, "", False),
        ("/", "", False),
        # a picture's own page, in any language
        *(
            (href, "", True)
            for href in ("/kuvat/satama", "/zdjecia/port", "/图片/1", "/%E5%9B%BE%E7%89%87/1", "/foto-galeri/liman")
        ),
    ],
)
def test_a_caption_outweighs_a_link_to_another_page(href: str, caption: str, kept: bool) -> None:
    linked = f'<figure><a href="{href}"><img src="{PIER}"></a>{caption}</figure>'
    assert [image.url for image in images(page(lead=f"<div>{linked}</div>"))] == [PIER] * kept


def test_a_figure_with_a_caption_between_two_paragraphs_is_the_storys() -> None:
    linked = f'<figure><a href="{STORY}"><img src="{PIER}"></a><figcaption>The pier</figcaption></figure>'
    assert [image.url for image in images(page(inside=linked))] == [PIER]
    assert images(page(inside=linked.replace("<figcaption>The pier</figcaption>", ""))) == []
    assert images(page(inside=f'<a href="{STORY}"><figure><img src="{PIER}">{CREDITED}</figure></a>')) == []


@pytest.mark.parametrize(
    ("caption", "kept"),
    [
        (CREDITED, True),
        ("<figcaption>The harbour wall after the storm</figcaption>", True),
        ("<figcaption>Advertisement</figcaption>", False),
        ('<figcaption><a href="https://shop.example/">Visit our new shop</a> today</figcaption>', False),
        ("", False),
    ],
)
@pytest.mark.parametrize("name", ["rose_quote.jpg", "open-modal.jpg", "300x250-en.jpg", "banner-of-the-town.jpg"])
def test_the_name_of_a_file_counts_only_without_a_caption(name: str, caption: str, kept: bool) -> None:
    assert len(images(page(inside=figure(caption, src=f"/p/{name}")))) == kept
    assert images(page(inside=figure(caption, src=f"/banners/{name}"))) == []


def test_a_picture_that_links_elsewhere_is_the_storys_when_metadata_says_so() -> None:
    linked = f'<a href="/sport/ferry-race-200002"><img src="{PIER}"></a>'
    assert [image.url for image in images(page(lead=linked, head=f'<meta property="og:image" content="{PIER}">'))] == [PIER]


def test_pictures_in_an_entry_of_a_live_blog_are_the_storys() -> None:
    entry = f'<article><h3>Noon</h3><p class="own">{TEXT}</p><img src="{PIER}"></article>'
    assert [image.url for image in images(page(inside=entry))] == [PIER]


def test_addresses_that_were_escaped_twice_are_read() -> None:
    found = images(page(lead='<img src="/p/pier.aspx?id=4711&amp;amp;type=JPG">'))
    assert [image.url for image in found] == ["https://www.herald.example/p/pier.aspx?id=4711&type=JPG"]


def test_pictures_after_the_story_are_not_its_own() -> None:
    assert images(page(after='<section><p>More news</p><p>Nothing</p><img src="/p/ferry.jpg"><p>From here</p></section>')) == []


def test_pictures_beside_a_related_link_are_not_the_storys() -> None:
    text = '<p><a href="/x/ferry-runs-aground-1">Ferry aground</a>: days late</p>'
    card = f'<div class="x"><img src="/p/ferry.jpg"><p>Shipping</p>{text}</div>'
    document, story = read(page(inside=card))
    link = RelatedLink(block=Block.IN_BODY, title="Ferry runs aground", url="https://www.herald.example/x/ferry-runs-aground-1")
    assert [extract_images(document, story, related) is None for related in ((), (link,))] == [False, True]


def test_the_same_picture_in_several_sizes_counts_once_and_keeps_what_each_tells() -> None:
    large = figure(src="/p/pier-at-dawn-4711-1200x800.jpg")
    small = figure("<figcaption>The pier. Photo: Jane Roe</figcaption>", src="/cdn/w=640/p/pier-at-dawn-4711.jpg?q=80")
    assert images(page(lead=large, inside=small)) == [
        Image(url="https://www.herald.example/p/pier-at-dawn-4711-1200x800.jpg", caption="The pier.", credit="Jane Roe")
    ]


def test_metadata_completes_what_is_printed() -> None:
    declared = {"@type": "ImageObject", "url": PIER, "caption": "The pier at dawn", "creditText": "Photo: Jane Roe"}
    assert images(page(head=json_ld([declared]), lead=figure())) == [
        Image(url=PIER, caption="The pier at dawn", credit="Jane Roe")
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (json_ld(PIER), PIER),
        (json_ld({"@type": "ImageObject", "contentUrl": PIER}), PIER),
        (f'<meta property="og:image" content="{PIER}">', PIER),
        ('<meta property="og:image" content="/img/logo.png">', None),
        ('<meta property="og:image" content="/img/default-share.jpg">', None),
        ('<meta property="og:image" content="https://cdn.example/blank.jpg">', None),
        ("", None),
    ],
)
def test_a_declared_picture_stands_in_where_none_is_shown(head: str, expected: str | None) -> None:
    assert [image.url for image in images(page(head=head))] == ([expected] if expected else [])


def test_a_story_without_text_on_the_page_still_has_its_declared_picture() -> None:
    document, _ = read(page(head=json_ld(PIER)))
    found = extract_images(document, Story(title="x", headline=None, body=BodyReading(paragraphs=("x",)), language=None))
    assert found == Found((Image(url=PIER),), Origin.META, "declared image")


def test_a_profile_names_the_pictures() -> None:
    document, story = read(
        page(after='<div class="own-gallery"><img src="/p/pier-at-dawn-4711.jpg"></div>', lead=figure(src="/p/x-1.jpg"))
    )
    layout = Layout(name="only", fields=Fields(images=('//div[has-class("own-gallery")]',)))
    settle_profile(document, Profile(domain="herald.example", name="Herald", layouts=(layout,)))
    assert extract_images(document, story) == Found((Image(url=PIER),), Origin.PROFILE, "images")
