"""A story with pictures at its places, and what is read of them."""

from __future__ import annotations

from etl.records import Image, Page
from etl.transform.document import Document, parse
from etl.transform.fields.images import extract_images
from etl.transform.reading import BodyReading, Story

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
