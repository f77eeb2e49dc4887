"""The publisher's own clock: how far it stood from UTC when a story was published and changed.

Rules of a migration: see `script.py.mako`. Of stories loaded before, those of publishers whose zone is known get their offset
here, the others when their page is read again.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = {
    "published_utc_offset": "Minutes that the publisher's clock was ahead of UTC at `published_at`: by its time zone, else as the "
    "page gives them. NULL where neither is known: then the printed time was taken as UTC.",
    "updated_utc_offset": "The same at `updated_at`.",
}
"""Each with its comment."""
DIALECT = {
    "sqlite": {
        "local": "datetime(a.{0}_at, coalesce(a.{0}_utc_offset, 0) || ' minutes')",
        "names": "(SELECT group_concat(name, ', ') FROM (SELECT x.name FROM {0} x WHERE x.article_id = a.id ORDER BY x.position))",
    },
    "postgresql": {
        "local": "(a.{0}_at AT TIME ZONE 'UTC') + coalesce(a.{0}_utc_offset, 0) * interval '1 minute'",
        "names": "(SELECT string_agg(x.name, ', ' ORDER BY x.position) FROM {0} x WHERE x.article_id = a.id)",
    },
}
OVERVIEW = """
    CREATE VIEW article_overview AS
    SELECT a.id AS article_id, p.domain AS publisher, a.published_date, a.published_at, a.updated_at{local_times}, a.section,
           a.title, a.subtitle, {authors} AS authors, {tags} AS tags, a.language, a.word_count, a.access,
           (SELECT count(*) FROM related_links l WHERE l.article_id = a.id) AS links,
           (SELECT count(*) FROM images i WHERE i.article_id = a.id) AS images,
           (SELECT count(*) FROM article_revisions v WHERE v.article_id = a.id AND NOT v.replaced) AS revisions,
           a.url, a.key
    FROM articles a LEFT JOIN publishers p ON p.id = a.publisher_id"""


def upgrade() -> None:
    for name, comment in COLUMNS.items():
        op.add_column("articles", sa.Column(name, sa.Integer(), nullable=True, comment=comment))
    _fill()
    _make_view(local_times=True)


def downgrade() -> None:
    _make_view(local_times=False)
    for name in COLUMNS:
        op.drop_column("articles", name)


def _make_view(*, local_times: bool) -> None:
    words = DIALECT[op.get_bind().dialect.name]
    local = [f", {words['local'].format(name)} AS {name}_local" for name in ("published", "updated")]
    op.execute("DROP VIEW article_overview")
    op.execute(
        OVERVIEW.format(
            local_times="".join(local) if local_times else "",
            authors=words["names"].format("article_authors"),
            tags=words["names"].format("article_tags"),
        )
    )


def _fill() -> None:
    connection, after = op.get_bind(), 0
    while rows := connection.execute(STORIES, {"after": after}).all():
        connection.execute(
            sa.text("UPDATE articles SET published_utc_offset = :published, updated_utc_offset = :updated WHERE id = :id"),
            [
                {"id": id_, "published": _offset(published_at, zone), "updated": _offset(updated_at, zone)}
                for id_, published_at, updated_at, zone in rows
            ],
        )
        after = rows[-1].id


STORIES = sa.text(
    """SELECT a.id, a.published_at, a.updated_at, p.time_zone FROM articles a JOIN publishers p ON p.id = a.publisher_id
       WHERE p.time_zone IS NOT NULL AND a.id > :after ORDER BY a.id LIMIT 10000"""
)


def _offset(moment: str | dt.datetime | None, time_zone: str) -> int | None:
    if moment is None:
        return None
    at = dt.datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    try:
        offset = at.astimezone(zoneinfo.ZoneInfo(time_zone)).utcoffset()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OverflowError):
        return None
    return None if offset is None else int(offset.total_seconds() // 60)
