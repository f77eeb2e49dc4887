"""Full-text index on SQLite: its parts are merged less often, which is a sixth of what it costs to load an article.

FTS5 writes a part for every transaction and merges parts of like size. It asks more parts when searching instead: at most 16 of
each size, of which there are few. PostgreSQL's index has a list of its own for what is new.
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _merge(after=16, at_once=32)


def downgrade() -> None:
    _merge(after=4, at_once=16)  # FTS5's own values


def _merge(*, after: int, at_once: int) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, number in (("automerge", after), ("crisismerge", at_once)):
            op.get_bind().exec_driver_sql("INSERT INTO article_search (article_search, rank) VALUES (?, ?)", (name, number))
