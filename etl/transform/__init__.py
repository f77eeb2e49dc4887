"""The second stage: a captured page becomes an article record, or a rejection with its reason.

Pure: no file, network, database, environment or clock. The same page and profiles always give the same outcome.
"""

from __future__ import annotations

import logging

from etl.errors import PageError
from etl.records import Article, Page, Reason, Rejected
from etl.transform.profiles import Profiles

__all__ = ["EXTRACTION_VERSION", "transform"]

EXTRACTION_VERSION = 7
"""Raised by hand with every change that can change an outcome: pages loaded by an older version are read again."""

_log = logging.getLogger(__name__)


def transform(page: Page, profiles: Profiles | None = None) -> Article | Rejected:
    """Read one page. Never raises on a page's account: what is no article comes back as `Rejected` with its reason."""
    # Here, because the process that only hands pages to workers needs none of it, and it takes longest to import.
    from etl.transform.assemble import read_html
    from etl.transform.captures import read_capture

    profiles = profiles or Profiles()
    try:
        if page.media_type == "text/plain":
            return read_capture(page, profiles)
        return read_html(page, profiles)
    except PageError as error:
        return Rejected(page=page.key, reason=error.reason, message=error.message)
    except Exception as error:
        _log.exception("fault while reading %s %s", page.source, page.record or "")
        return Rejected(
            page=page.key,
            reason=Reason.PARSE_ERROR,
            message=f"A fault of news-etl on this page ({type(error).__name__}: {error}); the log has the traceback.",
        )
