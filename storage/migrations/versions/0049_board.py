"""What the public board reads: the number in which a promise is counted, the words by which it is found, the photos
that were looked at, and who follows a place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.board import Word
from storage.tables.meta import Id, Utc

revision = "0049"
down_revision: str | None = "0048"


def upgrade() -> None:
    op.execute("DELETE FROM promise_states")  # the sweep reckons them again from the ledger, with the new column
    with op.batch_alter_table("promise_states") as table:
        table.add_column(sa.Column("lot", sa.String(length=12), nullable=False))
        table.add_column(sa.Column("changed_at", Utc(), nullable=False))
        table.create_index("ix_promise_states_changed_at", ["changed_at"])
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
    _photos()
    _follows()


def _photos() -> None:
    op.create_table(
        "promise_photos",
        sa.Column("event_id", Id, autoincrement=False, nullable=False),
        sa.Column("life", sa.String(length=8), nullable=False),
        sa.Column("looked_by", Id, nullable=True),
        sa.Column("looked_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["promise_events.id"], name=op.f("fk_promise_photos_event_id")),
        sa.ForeignKeyConstraint(["looked_by"], ["people.id"], name=op.f("fk_promise_photos_looked_by")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_promise_photos")),
    )
    op.create_index("ix_promise_photos_looked_by", "promise_photos", ["looked_by"])


def _follows() -> None:
    op.create_table(
        "place_follows",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=True),
        sa.Column("village_id", Id, nullable=True),
        sa.Column("told_until", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_place_follows_person_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_place_follows_municipality_id")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_place_follows_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_follows")),
        sa.UniqueConstraint("person_id", "municipality_id", name=op.f("uq_place_follows_person_id_municipality_id")),
        sa.UniqueConstraint("person_id", "village_id", name=op.f("uq_place_follows_person_id_village_id")),
    )
    op.create_index("ix_place_follows_told_until", "place_follows", ["told_until"])


def downgrade() -> None:
    op.drop_table("place_follows")
    op.drop_table("promise_photos")
    op.drop_table("searched_words")
    with op.batch_alter_table("promise_states") as table:
        table.drop_index("ix_promise_states_municipality_id_promise_id")
        table.drop_index("ix_promise_states_municipality_id_counted")
        table.drop_index("ix_promise_states_changed_at")
        table.drop_column("changed_at")
        table.drop_column("lot")
