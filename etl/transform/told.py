"""What is said of a text capture by whoever kept it: it fills the fields that the text itself lacks.

The rules stand with the fields (`told_authors`, `told_tags`, …), where HTML pages use them too.
"""

from __future__ import annotations

from lxml import etree

from etl.records import Page
from etl.transform.decoding import decode
from etl.transform.document import Document
from etl.transform.fields.access import told_access
from etl.transform.fields.authors import told_authors
from etl.transform.fields.dates.deciding import differs
from etl.transform.fields.dates.page import told
from etl.transform.fields.dates.printed import Habits
from etl.transform.fields.section import told_section
from etl.transform.fields.subtitle import told_subtitle
from etl.transform.fields.tags import told_tags
from etl.transform.profiles import Profile
from etl.transform.reading import BodyReading, FoundFields, Story


def fill(
    found: FoundFields, page: Page, url: str | None, profile: Profile | None, habits: Habits, paragraphs: tuple[str, ...]
) -> None:
    """Fill the fields of a capture in place. Its title and text are known."""
    document = Document(etree.fromstring("<html/>"), decode(b"", None), url=url, fetched_at=page.fetched_at, hints=page.hints)
    document.profile = profile
    title = found["title"]
    story = Story(
        title=title.value if title else "", headline=None, body=BodyReading(paragraphs=paragraphs), language=habits.languages[0]
    )
    published, updated = told(document, habits)
    first = found.get("published") or published
    if updated and first and not differs(updated.value, first.value):
        updated = None
    told_fields: FoundFields = {
        "subtitle": told_subtitle(document, story),
        "section": told_section(document, story),
        "authors": told_authors(document, story),
        "tags": told_tags(document),
        "published": published,
        "updated": updated,
        "access": told_access(document),
    }
    found.update({name: value for name, value in told_fields.items() if value and not found.get(name)})
