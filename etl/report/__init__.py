"""The morning page: what was loaded and what failed, what was published, what is on the rise, as one HTML file that asks no
network.

Above `load`, whose tables and views it reads; it writes nothing, and reads no clock: the same database and scope give the same
page, byte for byte. Its libraries are the extra `report`, imported by `render` alone.
"""

from __future__ import annotations

from sqlalchemy import Connection

from etl.errors import UsageError
from etl.report.scope import Scope as Scope
from etl.report.scope import settle as settle

EXTRA = "the report needs the extra `report`: pip install 'news-etl[report]'"


def report(connection: Connection, scope: Scope) -> str:
    """The page, HTML. Raises UsageError where the extra is not installed."""
    try:
        import altair  # noqa: F401
        import jinja2  # noqa: F401
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise UsageError(EXTRA) from error
    from etl.report.page import render

    return render(connection, scope)
