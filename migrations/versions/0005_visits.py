"""The memory of addresses that were asked for: what makes the next request conditional, and when it is due.

Rules of a migration: see `script.py.mako`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = postgresql.TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("id", BigId, nullable=False, comment="Surrogate key."),
        sa.Column(
            "url",
            sa.Text(),
            nullable=False,
            comment="The address. Unique, by `url_sha256`. With `#item` at its end: an item of a feed.",
        ),
        sa.Column("fetched_at", Instant, nullable=True, comment="The last answer, UTC. NULL where there never was one."),
        sa.Column("due_at", Instant, nullable=False, comment="When to ask again at the latest, UTC."),
        sa.Column("etag", sa.Text(), nullable=True, comment="The answer's ETag, as sent. NULL where it had none."),
        sa.Column(
            "last_modified", sa.Text(), nullable=True, comment="The answer's Last-Modified, as sent. NULL where it had none."
        ),
        sa.Column(
            "marker", sa.Text(), nullable=False, comment="What feed or sitemap said of the page's state: its time of change."
        ),
        sa.Column("quiet", sa.Integer(), nullable=False, comment="How many times the first distance the next visit lies away."),
        sa.Column("failures", sa.Integer(), nullable=False, comment="Requests in vain, in a row."),
        sa.Column("url_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of `url`."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("url_sha256", name=op.f("uq_visits_url_sha256")),
        comment="Each address that was asked for: a later run asks only for what is new, changed or due.",
    )


def downgrade() -> None:
    op.drop_table("visits")
