"""Rounds from door to door, slips, shared phones, recordings and who listens to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Utc

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    op.add_column("answers", sa.Column("shared_by", Id, nullable=True))
    op.create_index("ix_answers_shared_by", "answers", ["shared_by"])
    op.add_column("needs", sa.Column("answer_id", Id, nullable=True))
    op.create_index("ix_needs_answer_id", "needs", ["answer_id"])
    op.add_column("addresses", sa.Column("hidden_to", sa.Integer(), nullable=True))
    _rounds()
    _slips()
    _voices()


def _rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("begun_at", Utc(), nullable=False),
        sa.Column("paused_at", Utc(), nullable=True),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["people.id"], name=op.f("fk_rounds_member_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_rounds_poll_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_rounds_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
    )
    op.create_index("ix_rounds_member_id", "rounds", ["member_id"])
    op.create_table(
        "visits",
        sa.Column("round_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("answer_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_visits_round_id")),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_visits")),
    )
    op.create_index("ix_visits_answer_id", "visits", ["answer_id"])


def _slips() -> None:
    op.create_table(
        "slips",
        sa.Column("id", Id, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("answer_id", Id, nullable=True),
        sa.Column("issued_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slips")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_slips_code_hash")),
    )
    op.create_index("ix_slips_answer_id", "slips", ["answer_id"])
    op.create_table(
        "follows",
        sa.Column("answer_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("since", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_follows_answer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_follows_person_id")),
        sa.PrimaryKeyConstraint("answer_id", "person_id", name=op.f("pk_follows")),
    )
    op.create_index("ix_follows_person_id", "follows", ["person_id"])


def _voices() -> None:
    op.create_table(
        "listeners",
        sa.Column("role_id", Id, nullable=False),
        sa.Column("named_by", Id, nullable=False),
        sa.Column("named_at", Utc(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=True),
        sa.Column("agreed_at", Utc(), nullable=True),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_listeners_role_id")),
        sa.ForeignKeyConstraint(["named_by"], ["people.id"], name=op.f("fk_listeners_named_by")),
        sa.PrimaryKeyConstraint("role_id", name=op.f("pk_listeners")),
    )
    op.create_table(
        "voices",
        sa.Column("id", Id, nullable=False),
        sa.Column("media_id", sa.String(length=32), nullable=False),
        sa.Column("listener_id", Id, nullable=True),
        sa.Column("speaker_id", Id, nullable=True),
        sa.Column("answer_id", Id, nullable=False),
        sa.Column("need_id", Id, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("said_at", Utc(), nullable=False),
        sa.Column("typed_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_voices_media_id")),
        sa.ForeignKeyConstraint(["listener_id"], ["people.id"], name=op.f("fk_voices_listener_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["people.id"], name=op.f("fk_voices_speaker_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_voices_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voices")),
    )
    for column in ("media_id", "listener_id", "speaker_id", "answer_id"):
        op.create_index(f"ix_voices_{column}", "voices", [column])
    unsettled = sa.text("state IN ('waiting', 'typed')")
    op.create_index("ix_voices_open", "voices", ["said_at"], sqlite_where=unsettled, postgresql_where=unsettled)


def downgrade() -> None:
    for table in ("voices", "listeners", "follows", "slips", "visits", "rounds"):
        op.drop_table(table)
    with op.batch_alter_table("addresses") as addresses:
        addresses.drop_column("hidden_to")
    for table, column in (("needs", "answer_id"), ("answers", "shared_by")):
        op.drop_index(f"ix_{table}_{column}", table)
        with op.batch_alter_table(table) as altered:
            altered.drop_column(column)
