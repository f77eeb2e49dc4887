"""The version of files on other machines: a storage may tell an ETag and no time.

Rules of a migration: see `script.py.mako`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COMMENT = "The version of a file on another machine, as its storage names it. NULL for other files."


def upgrade() -> None:
    op.add_column("source_files", sa.Column("etag", sa.Text(), nullable=True, comment=COMMENT))


def downgrade() -> None:
    op.drop_column("source_files", "etag")
