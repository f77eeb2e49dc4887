"""Text captures of pages."""

from __future__ import annotations

from etl.errors import PageError
from etl.records import Article, Page, Reason
from etl.transform.profiles import Profiles


def read_capture(page: Page, profiles: Profiles) -> Article:
    """An article from a plain-text capture."""
    raise PageError(Reason.NOT_AN_ARTICLE, "Text captures are not read yet.")
