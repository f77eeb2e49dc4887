"""The ledger of configured sources: how each source of a run ended.

Rules of a migration: see `script.py.mako`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = postgresql.TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")
COUNTS = ("loaded", "updated", "unchanged", "superseded", "rejected")


def upgrade() -> None:
    op.create_table(
        "source_runs",
        sa.Column("id", BigId, nullable=False, comment="Surrogate key."),
        sa.Column("load_run_id", BigId, nullable=False, comment="The run."),
        sa.Column("name", sa.Text(), nullable=False, comment="The source's name in the configuration."),
        sa.Column("kind", sa.Text(), nullable=False, comment="The source's kind in the configuration: `files`."),
        sa.Column("started_at", Instant, nullable=False, comment="UTC."),
        sa.Column("finished_at", Instant, nullable=False, comment="UTC."),
        sa.Column("status", sa.Text(), nullable=False, comment="`succeeded`, `failed` (it could not be read), `interrupted`."),
        sa.Column("pages_seen", sa.Integer(), nullable=False, comment="Pages that the source gave in this run."),
        *(sa.Column(name, sa.Integer(), nullable=False, comment="Pages of the source with this status.") for name in COUNTS),
        sa.Column("error", sa.Text(), nullable=True, comment="Why it failed or was interrupted. NULL otherwise."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_runs")),
        sa.ForeignKeyConstraint(["load_run_id"], ["load_runs.id"], name=op.f("fk_source_runs_load_run_id"), ondelete="CASCADE"),
        sa.CheckConstraint("status IN ('succeeded', 'failed', 'interrupted')", name=op.f("ck_source_runs_status")),
        comment="The ledger of configured sources: one row per source and run of `news-etl run`.",
    )
    op.create_index(op.f("ix_source_runs_load_run_id"), "source_runs", ["load_run_id"], unique=False)


def downgrade() -> None:
    op.drop_table("source_runs")
