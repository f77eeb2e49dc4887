"""When a file of the spool was deleted by `prune`.

Rules of a migration: see `script.py.mako`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Instant = postgresql.TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")
COMMENT = "When `news-etl prune` deleted the file, UTC. NULL where it did not."


def upgrade() -> None:
    op.add_column("source_files", sa.Column("pruned_at", Instant, nullable=True, comment=COMMENT))


def downgrade() -> None:
    with op.batch_alter_table("source_files") as table:
        table.drop_column("pruned_at")
