"""The story's pictures: layouts as sites have them, beside logos, adverts and other stories' thumbnails."""

from __future__ import annotations

import json

import pytest

from etl.records import Block, Image, Origin, Page, RelatedLink
from etl.transform.document import Document, parse
from etl.transform.fields.images import extract_images
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Fields, Layout, Profile
from etl.transform.reading import BodyReading, Found, Story

URL = "https://www.herald.example/politics/harbour-vote-100001"
TEXT = "The council of the harbour town met for nine hours on Thursday and parted without a decision on the new pier."
PIER = "https://www.herald.example/p/pier-at-dawn-4711.jpg"


def page(*, head: str = "", before: str = "", lead: str = "", inside: str = "", after: str = "") -> str:
    """A story with something before the headline, under it, between the paragraphs and after them."""
    return f"""<html><head>{head}</head><body><header><img src="/p/masthead.jpg" alt="The Herald of the Harbour Town"></header>
<main><article>{before}<h1>Harbour vote ends in a tie</h1>{lead}<div class="text"><p class="own">{TEXT}</p>{inside}
<p class="own">Second. {TEXT}</p></div>{after}</article></main></body></html>"""


def read(html: str) -> tuple[Document, Story]:
    document = parse(Page(source="page.html", url=URL, content=html.encode(), media_type="text/html", charset="utf-8"))
    own = tuple(block for block in document.blocks if block.element.get("class") == "own")
    headline = next((block for block in document.blocks if block.tag == "h1"), None)
    body = BodyReading(paragraphs=tuple(block.text for block in own), blocks=own)
    return document, Story(title="Harbour vote ends in a tie", headline=headline, body=body, language="en")


def images(html: str) -> list[Image]:
    found = extract_images(*read(html))
    return list(found.value) if found else []


def figure(caption: str = "", src: str = "/p/pier-at-dawn-4711.jpg", alt: str = "") -> str:
    return f'<figure><img src="{src}" alt="{alt}">{caption}</figure>'


def json_ld(image: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Harbour vote ends in a tie", "image": image}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("html", "caption", "credit"),
    [
        (figure(), None, None),
        (figure("<figcaption>The pier at dawn. Photo: Jane Roe/AFP</figcaption>"), "The pier at dawn.", "Jane Roe/AFP"),
        (
            figure('<figcaption>The pier at dawn <span class="credit">(<i>Image:</i> Jane Roe)</span></figcaption>'),
            "The pier at dawn",
            "Jane Roe",
        ),
        (
            figure("<figcaption><p>The pier at dawn</p><p>AFP via Getty Images</p></figcaption>"),
            "The pier at dawn",
            "AFP via Getty Images",
        ),
        (
            figure('<figcaption>The pier at dawn<button>Share</button><span class="sr-only">Open</span></figcaption>'),
            "The pier at dawn",
            None,
        ),
        (
            f'<div>{figure()}<div class="image-caption">The pier at dawn</div><div class="bildautor">Foto: M. Muster</div></div>',
            "The pier at dawn",
            "M. Muster",
        ),
        (
            f'<div class="wp-caption"><a href="/big.jpg">{figure()}</a><p class="wp-caption-text">The pier</p></div>',
            "The pier",
            None,
        ),
        (figure("<figcaption>Photo:<span class='credit'>Foto: <b>Jane Roe</b></span></figcaption>"), None, "Jane Roe"),
        # what stands alone with the picture, whatever it calls itself
        (f"<div>{figure()}<p>The pier at dawn. Photo: Jane Roe/AFP</p></div>", "The pier at dawn.", "Jane Roe/AFP"),
        (f"<div>{figure(alt='A wooden pier with gulls on it')}<p>The pier at dawn</p></div>", "The pier at dawn", None),
        (f'<div>{figure()}<p>Jane Roe</p><p class="caption">The pier at dawn</p></div>', "The pier at dawn", None),
        (
            f"<div>{figure()}<p>The town has had a pier since 1902.</p><p>It was built of wood.</p><p>And rotted.</p></div>",
            None,
            None,
        ),
        (f'<div>{figure()}<p class="own">{TEXT}</p></div>', None, None),
        # a system that makes an `article` of every picture
        (
            f'<article><div><img src="{PIER}"></div><div class="field-caption">The pier. Photo: Jane Roe</div></article>',
            "The pier.",
            "Jane Roe",
        ),
        (
            f'<article class="embed">{figure("<figcaption>The pier. Photo: Jane Roe</figcaption>")}</article>',
            "The pier.",
            "Jane Roe",
        ),
        (
            f'<article><img src="{PIER}"><p class="caption"><a href="/x">Old pier of the town</a></p></article>',
            "Old pier of the town",
            None,
        ),
        # what stands for the picture is a caption only as a sentence of its own
        (figure(alt="Fishermen wait for the ferry (photo credit: REUTERS)"), "Fishermen wait for the ferry", "REUTERS"),
        (figure(alt="Fishermen wait for &amp;quot;Irma&amp;quot;"), 'Fishermen wait for "Irma"', None),
        (figure(alt="Photo: a young woman in the water"), None, None),
        # the same picture again, for those without scripts
        (figure('<img src="/img/placeholder.png"><figcaption>The pier. Photo: Jane Roe</figcaption>'), "The pier.", "Jane Roe"),
        # a credit in two pieces; a wrapper that is called after its sources
        (
            figure(
                '<figcaption><i class="caption">The pier</i> <i class="credit">Photo by Jane Roe</i> / <i>AFP</i></figcaption>'
            ),
            "The pier",
            "Jane Roe/AFP",
        ),
        (
            figure('<div class="image_source-box"><figcaption>The pier</figcaption><div class="credit">Jane Roe/AFP</div></div>'),
            "The pier",
            "Jane Roe/AFP",
        ),
        # a label apart from its credit
        (figure("<figcaption><p>The pier</p><p>Foto:</p><p>WITTERS</p></figcaption>"), "The pier", "WITTERS"),
        (figure("<figcaption><p>The pier</p>Foto: <p>Getty Images/EyeEm</p></figcaption>"), "The pier", "Getty Images/EyeEm"),
        # neither words, nor a picture's author
        (figure("<figcaption>.</figcaption>"), None, None),
        (figure("<figcaption>: The pier</figcaption>"), "The pier", None),
        (figure("<figcaption>1944</figcaption>"), "1944", None),
        (figure("<figcaption>12</figcaption>"), None, None),
        (figure('<figcaption>The pier<i class="credit">Jane Roe, 2024-05-02</i></figcaption>'), "The pier", "Jane Roe"),
        (figure('<figcaption>The pier<i class="credit">Jane Roe (2024-05-02)</i></figcaption>'), "The pier", "Jane Roe"),
        (f'<div>{figure()}<div class="author">By admin - 2024-05-02</div></div>', None, None),
        # the last word of a name tells whose it is; a label in an element of its own is none
        (
            figure(
                '<figcaption><i class="figcaption--text">The pier</i> <i class="figcaption--author">Roe News</i></figcaption>'
            ),
            "The pier",
            "Roe News",
        ),
        (figure('<b class="newsCaption">The pier <b class="caption">(Image: GETTY )</b></b>'), "The pier", "GETTY"),
        (
            figure('<figcaption>The pier <i class="copyright">Copyright</i> <i class="credit">Jane Roe/AFP</i></figcaption>'),
            "The pier",
            "Jane Roe/AFP",
        ),
        (
            figure('<figcaption>The pier (AP Photo/Jane Roe) <i class="credit">AP Photo</i></figcaption>'),
            "The pier",
            "AP Photo/Jane Roe",
        ),
        # a credit of its own: in the figure beside the caption, or beside a line that nothing calls a caption
        (figure("<figcaption>The pier at dawn</figcaption><div>Jane Roe/AP</div>"), "The pier at dawn", "Jane Roe/AP"),
        (figure("<div>Enlarge</div><figcaption>The pier at dawn</figcaption>"), "The pier at dawn", None),
        (
            f'<div><img src="{PIER}"><p class="line">The pier</p><p class="image--author">Foto: Jane Roe</p></div>',
            "The pier",
            "Jane Roe",
        ),
        (f'<div><img src="{PIER}"><p>© <a href="https://roe.example/">Jane Roe/AFP</a></p></div>', None, "Jane Roe/AFP"),
        # a gallery's counter, the link to the rest, the beginning again
        (figure("<figcaption>3 of 4: The pier at dawn</figcaption>"), "The pier at dawn", None),
        (figure("<figcaption>(1/5) The pier at dawn</figcaption>"), "The pier at dawn", None),
        (figure("<figcaption>2 von 3: Der alte Hafen</figcaption>"), "Der alte Hafen", None),
        *(
            (figure(f"<figcaption>{text}</figcaption>"), text, None)
            for text in (
                "5 of 5 points",
                "9/11 memorial service in New York",
                "9/11: a day that nobody forgets",
                "1 of 3 UK households has a boat",
                "24/7 care at the clinic",
                "2 of 10 ferries were late on Monday",
                "2 von 3 Schiffen kamen zu spät",
            )
        ),
        (figure("<figcaption>Photo: The pier at dawn © Jane Roe</figcaption>"), "The pier at dawn", "Jane Roe"),
        (figure("<figcaption>Photo: Photo: Jane Roe © Example</figcaption>"), None, "Jane Roe © Example"),
        (figure('<figcaption>The pier (AFP) <a href="/p/4711">more &gt;</a></figcaption>'), "The pier", "AFP"),
        (
            figure('<figcaption>The pier, seen from <a href="/x">the ferry</a></figcaption>'),
            "The pier, seen from the ferry",
            None,
        ),
        (
            figure("<figcaption><p>The pier at dawn, on Monday.</p><p>The pier at<a>… more</a></p></figcaption>"),
            "The pier at dawn, on Monday.",
            None,
        ),
        (figure(alt="pier"), None, None),
        (figure(alt="Harbour vote ends in a tie"), None, None),
        (figure(alt="pier-at-dawn-4711.jpg"), None, None),
    ],
)
@pytest.mark.parametrize("place", ["lead", "inside"])
def test_caption_and_credit_are_read_from_around_the_picture(
    place: str, html: str, caption: str | None, credit: str | None
) -> None:
    found = images(page(lead=html) if place == "lead" else page(inside=html))
    assert found == [Image(url=PIER, caption=caption, credit=credit)]


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
