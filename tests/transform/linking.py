"""Pages with blocks of links to other stories, for the tests of related links: one invented story, and its neighbours."""

from __future__ import annotations

from etl.records import Page, RelatedLink
from etl.transform.blocks import TextBlock
from etl.transform.document import Document, parse
from etl.transform.fields.related import extract_related
from etl.transform.reading import BodyReading, Story

URL = "https://www.herald.example/politics/2024/05/02/harbour-vote-ends-in-a-tie-100001"
TEXT = "The council of the harbour town met for nine hours on Thursday and parted without a decision on the new pier."


def page(*, before: str = "", inside: str = "", after: str = "", beside: str = "", url: str = URL) -> str:
    """A story with something before, inside, after and beside it."""
    return f"""<html><body>{before}<main><article><h1>Harbour vote ends in a tie</h1>
<div class="text"><p class="own">{TEXT}</p><p class="own">First. {TEXT}</p>{inside}<p class="own">Second. {TEXT}</p>
<p class="own">Third. {TEXT}</p></div>{after}</article></main><div class="col">{beside}</div></body></html>"""


def read(html: str, url: str = URL) -> tuple[Document, Story]:
    document = parse(Page(source="page.html", url=url, content=html.encode(), media_type="text/html", charset="utf-8"))
    own = tuple(block for block in document.blocks if block.element.get("class") == "own")
    body = BodyReading(paragraphs=tuple(block.text for block in own), blocks=own)
    headline: TextBlock | None = next((block for block in document.blocks if block.tag == "h1"), None)
    return document, Story(title="Harbour vote ends in a tie", headline=headline, body=body, language="en")


def links(html: str, url: str = URL) -> tuple[RelatedLink, ...]:
    found = extract_related(*read(html, url))
    return found.value if found else ()


def short(html: str) -> list[tuple[str, str | None, str]]:
    return [(link.block.value, link.heading, link.title) for link in links(html)]


def card(body: str, *, attributes: str = "") -> str:
    """A list item whose link holds more than the headline."""
    return f'<li><a href="/x/2024/05/02/ferry-runs-aground-1234"{attributes}>{body}</a></li>'


def item(number: int, title: str, *, tag: str = "li") -> str:
    return f'<{tag}><a href="/news/2024/05/0{number}/{title.lower().replace(" ", "-")}-{number}0000{number}">{title}</a></{tag}>'


FERRY, MAYOR, TIDE = (
    "Ferry runs aground off the northern pier",
    "Mayor denies taking part in the vote",
    "Tide tables for May are out",
)
THREE = item(1, FERRY) + item(2, MAYOR) + item(3, TIDE)
