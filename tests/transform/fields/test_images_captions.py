"""Caption and credit of a picture: where layouts print them, and what is none of either."""

from __future__ import annotations

import pytest

from etl.records import Image
from tests.transform.fields.pictured import PIER, TEXT, figure, images, page


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
