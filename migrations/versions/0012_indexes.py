"""Indexes for the documented queries, and two views that read less: `stories`, `revision_changes`.

Rules of a migration: see `script.py.mako`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INDEXES = {
    # Articles by publisher and day, with their words: counted without reading the rows, which hold the bodies.
    "ix_articles_publisher_id_published_date": ("articles", ["publisher_id", "published_date", "word_count", "language"], None),
    # Few states have one before them, few pages are rejected.
    "ix_article_revisions_later": ("article_revisions", ["article_id", "revision"], "revision > 1"),
    "ix_pages_rejected": ("pages", ["load_run_id", "reason_code"], "status = 'rejected'"),
}

STORIES = """
    CREATE VIEW stories AS
    SELECT n.story_id, n.articles, n.publishers, a.published_at AS first_published_at, p.domain AS first_publisher, a.title,
           n.last_published_at, a.id AS first_article_id
    FROM (SELECT s.story_id, count(*) AS articles, count(DISTINCT a.publisher_id) AS publishers,
                 max(a.published_at) AS last_published_at
          FROM {told} GROUP BY s.story_id) n
         JOIN articles a ON a.id = (SELECT b.id FROM article_stories s JOIN articles b ON b.id = s.article_id
                                    WHERE s.story_id = n.story_id
                                    ORDER BY CASE WHEN b.published_at IS NULL THEN 1 ELSE 0 END, b.published_at, b.key LIMIT 1)
         LEFT JOIN publishers p ON p.id = a.publisher_id"""
TOLD = {
    "before": """article_stories s JOIN articles a ON a.id = s.article_id
          WHERE s.article_id IN (SELECT m.article_id FROM article_similarity m)""",
    # From the few articles with a pair to their rows.
    "after": """(SELECT DISTINCT article_id FROM article_similarity) m CROSS JOIN article_stories s CROSS JOIN articles a
          WHERE s.article_id = m.article_id AND a.id = m.article_id""",
}
CHANGES = """
    CREATE VIEW revision_changes AS
    SELECT n.article_id, n.revision, n.seen_at, {hours_since} AS hours_since_published,
           o.title AS old_title, n.title AS new_title,
           CASE WHEN o.title <> n.title THEN 1 ELSE 0 END AS title_changed,
           CASE WHEN o.body_sha256 <> n.body_sha256 THEN 1 ELSE 0 END AS body_changed,
           length(n.body) - length(o.body) AS body_growth
    FROM article_revisions n JOIN article_revisions o ON o.article_id = n.article_id AND o.revision =
             (SELECT max(b.revision) FROM article_revisions b
              WHERE b.article_id = n.article_id AND b.revision < n.revision AND NOT b.replaced)
         JOIN articles a ON a.id = n.article_id
    WHERE NOT n.replaced{later}"""
HOURS_SINCE = {
    "sqlite": "round((julianday(n.seen_at) - julianday(a.published_at)) * 24, 2)",
    "postgresql": "round((extract(epoch FROM n.seen_at - a.published_at) / 3600)::numeric, 2)::double precision",
}


def upgrade() -> None:
    for name, (table, columns, where) in INDEXES.items():
        only = sa.text(where) if where else None
        op.create_index(op.f(name), table, columns, sqlite_where=only, postgresql_where=only)
    _make_views(told=TOLD["after"], later=" AND n.revision > 1")


def downgrade() -> None:
    _make_views(told=TOLD["before"], later="")
    for name, (table, _, _) in INDEXES.items():
        op.drop_index(op.f(name), table)


def _make_views(*, told: str, later: str) -> None:
    op.execute("DROP VIEW stories")
    op.execute("DROP VIEW revision_changes")
    op.execute(STORIES.format(told=told))
    op.execute(CHANGES.format(hours_since=HOURS_SINCE[op.get_bind().dialect.name], later=later))
