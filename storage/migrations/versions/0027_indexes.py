"""Who lives in a village and what was promised to it or for a need, found without reading everybody and everything."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision: str | None = "0025"

INDEXES = (("people", "village_id"), ("promises", "village_id"), ("promises", "need_id"))


def upgrade() -> None:
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, column in INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
