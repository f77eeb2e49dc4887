"""An index of articles by day that holds what is counted by day.

Rules of a migration: see `script.py.mako`.
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "ix_articles_published_date_publisher_id"


def upgrade() -> None:
    op.create_index(op.f(NAME), "articles", ["published_date", "publisher_id", "word_count"])


def downgrade() -> None:
    op.drop_index(op.f(NAME), "articles")
