"""What the public board reads: in which number a promise is counted, and the words by which it is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.board import Word
from storage.tables.meta import Id

revision = "0024"
down_revision: str | None = "0046"


def upgrade() -> None:
    op.execute("DELETE FROM promise_states")  # the sweep reckons them again from the ledger, with the new column
    with op.batch_alter_table("promise_states") as table:
        table.add_column(sa.Column("lot", sa.String(length=12), nullable=False))
        table.create_index("ix_promise_states_municipality_id_counted", ["municipality_id", "counted", "lot"])
        table.create_index("ix_promise_states_municipality_id_promise_id", ["municipality_id", "promise_id"])
    op.create_table(
        "searched_words",
        sa.Column("word", Word, nullable=False),
        sa.Column("promise_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_searched_words_promise_id")),
        sa.PrimaryKeyConstraint("word", "promise_id", name=op.f("pk_searched_words")),
    )
    op.create_index("ix_searched_words_promise_id", "searched_words", ["promise_id"])


def downgrade() -> None:
    op.drop_table("searched_words")
    with op.batch_alter_table("promise_states") as table:
        table.drop_index("ix_promise_states_municipality_id_promise_id")
        table.drop_index("ix_promise_states_municipality_id_counted")
        table.drop_column("lot")
