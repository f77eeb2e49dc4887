"""How many of each publisher's articles have each field: where the extraction, or a site, leaves gaps."""

from __future__ import annotations

from sqlalchemy import Connection, select

from etl.report.queries.loads import Row, rows
from etl.report.queries.views import COVERED, field_coverage
from etl.report.scope import Scope


def coverage(connection: Connection, scope: Scope) -> list[Row]:
    """Rows of the view `field_coverage`, the publishers with most articles first; all their articles, dated or not."""
    query = select(field_coverage)
    if scope.publishers:
        query = query.where(field_coverage.c.publisher.in_(scope.publishers))
    return rows(connection, query.order_by(field_coverage.c.articles.desc(), field_coverage.c.publisher))


def together(found: list[Row]) -> Row | None:
    """The same over all these publishers. None of none."""
    articles = sum(row["articles"] for row in found)
    if not articles:
        return None
    return {"articles": articles} | {name: sum(row[name] * row["articles"] for row in found) / articles for name in COVERED}
