"""The share of filled fields per run, source and publisher, and a view of it over time.

Rules of a migration: see `script.py.mako`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REAL = {"sqlite": "REAL", "postgresql": "double precision"}
VIEW = """
    CREATE VIEW coverage_history AS
    SELECT c.load_run_id AS run_id, r.started_at, c.source, c.publisher, c.field, c.articles, c.filled,
           CAST(c.filled AS {real}) / c.articles AS share
    FROM run_coverage c JOIN load_runs r ON r.id = c.load_run_id"""


def upgrade() -> None:
    op.create_table(
        "run_coverage",
        sa.Column(
            "publisher",
            sa.Text(),
            nullable=False,
            comment="As `publishers.domain`. Empty where neither page nor capture tells it.",
        ),
        sa.Column(
            "source",
            sa.Text(),
            nullable=False,
            comment="The configured source's name, as `source_runs.name`. Empty in a run without one (`load`).",
        ),
        sa.Column(
            "field",
            sa.Text(),
            nullable=False,
            comment="`title`, `subtitle`, `section`, `language`, `url`, `published`, `published_time` (more than a day), `updated`, "
            "`authors`, `tags`, `body`, `images`, `related_links`, `access`.",
        ),
        sa.Column("load_run_id", BigId, nullable=False, comment="The run."),
        sa.Column(
            "articles",
            sa.Integer(),
            nullable=False,
            comment="Pages that were read as articles in the run and are their story's newest state: `loaded`, `updated`, and those "
            "`unchanged` whose bytes were new.",
        ),
        sa.Column("filled", sa.Integer(), nullable=False, comment="Those among them that have the field."),
        sa.PrimaryKeyConstraint("publisher", "source", "field", "load_run_id", name=op.f("pk_run_coverage")),
        sa.ForeignKeyConstraint(["load_run_id"], ["load_runs.id"], name=op.f("fk_run_coverage_load_run_id"), ondelete="CASCADE"),
        comment="The ledger of filled fields: one row per field, publisher, configured source and run. What pages give now beside "
        "what they gave before tells a changed layout.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_run_coverage_load_run_id"), "run_coverage", ["load_run_id"], unique=False)
    op.execute(VIEW.format(real=REAL[op.get_bind().dialect.name]))


def downgrade() -> None:
    op.execute("DROP VIEW coverage_history")
    op.drop_table("run_coverage")
