"""${message}.

Rules of a migration: it does one thing, named in its first line; it goes both ways; it imports nothing from `etl` (the code will
have moved on when it runs); it works on SQLite (through `op.batch_alter_table`) and on PostgreSQL; it is tested with rows in the
tables it changes. A new required column is added with a default, filled, then tightened. A column is dropped only one release
after nothing reads it any more. Its file is `<number>_<words>.py`, its revision the number: the highest number is the head. `python -m tests.snapshot` then renews the schema of
a new SQLite file.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
