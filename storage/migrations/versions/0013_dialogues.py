"""How group, trustee and deputy come to one list, who answers in an office's name; and who speaks for a community."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.append_only import guards
from storage.tables.meta import Id, Json, Utc

revision = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    op.create_table(
        "colleagues",
        sa.Column("id", Id, nullable=False),
        sa.Column("role_id", Id, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("name", sa.String(length=100), nullable=True),
        sa.Column("accepted_at", Utc(), nullable=True),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_colleagues_person_id")),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_colleagues_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleagues")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_colleagues_token_hash")),
    )
    op.create_index("ix_colleagues_person_id", "colleagues", ["person_id"])
    op.create_index("ix_colleagues_role_id", "colleagues", ["role_id"])

    op.create_table(
        "dialogues",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("opened_by", Id, nullable=False),
        sa.Column("opened_at", Utc(), nullable=False),
        sa.Column("over_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_dialogues_group_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_dialogues_opened_by")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_dialogues_poll_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_dialogues_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogues")),
        sa.UniqueConstraint("poll_id", "village_id", name=op.f("uq_dialogues_poll_id_village_id")),
    )
    op.create_index("ix_dialogues_group_id", "dialogues", ["group_id"])
    op.create_index("ix_dialogues_village_id", "dialogues", ["village_id"])

    op.create_table(
        "dialogue_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("dialogue_id", Id, nullable=False),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("party", sa.String(length=8), nullable=True),
        sa.Column("name", sa.String(length=250), nullable=True),
        sa.Column("body", Json(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_dialogue_events_dialogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dialogue_events_dialogue_id", "dialogue_events", ["dialogue_id"])

    op.create_table(
        "dialogue_questions",
        sa.Column("id", Id, nullable=False),
        sa.Column("dialogue_id", Id, nullable=False),
        sa.Column("party", sa.String(length=8), nullable=False),
        sa.Column("asked_by", Id, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_dialogue_questions_answered_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_dialogue_questions_asked_by")),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_dialogue_questions_dialogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_questions")),
    )
    op.create_index("ix_dialogue_questions_answered_by", "dialogue_questions", ["answered_by"])
    op.create_index("ix_dialogue_questions_asked_by", "dialogue_questions", ["asked_by"])
    op.create_index("ix_dialogue_questions_dialogue_id", "dialogue_questions", ["dialogue_id"])

    op.create_table(
        "dialogue_seats",
        sa.Column("id", Id, nullable=False),
        sa.Column("dialogue_id", Id, nullable=False),
        sa.Column("party", sa.String(length=8), nullable=False),
        sa.Column("role_id", Id, nullable=True),
        sa.Column("seated_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_dialogue_seats_dialogue_id")),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_dialogue_seats_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_seats")),
    )
    op.create_index("ix_dialogue_seats_dialogue_id", "dialogue_seats", ["dialogue_id"])
    op.create_index("ix_dialogue_seats_role_id", "dialogue_seats", ["role_id"])

    op.create_table(
        "dialogue_votes",
        sa.Column("dialogue_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_dialogue_votes_dialogue_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dialogue_votes_person_id")),
        sa.PrimaryKeyConstraint("dialogue_id", "version", "person_id", name=op.f("pk_dialogue_votes")),
    )
    op.create_index("ix_dialogue_votes_person_id", "dialogue_votes", ["person_id"])

    op.create_table(
        "dialogue_actors",
        sa.Column("event_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["dialogue_events.id"], name=op.f("fk_dialogue_actors_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dialogue_actors_person_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_dialogue_actors")),
    )
    op.create_index("ix_dialogue_actors_person_id", "dialogue_actors", ["person_id"])

    op.create_table(
        "mandates",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("seats", sa.SmallInteger(), nullable=False),
        sa.Column("opened_by", Id, nullable=False),
        sa.Column("opened_at", Utc(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=True),
        sa.Column("closed_at", Utc(), nullable=True),
        sa.Column("turnout", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_mandates_group_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_mandates_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
    )
    op.create_index("ix_mandates_group_id", "mandates", ["group_id"])
    op.create_index(
        "ix_mandates_open",
        "mandates",
        ["group_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )

    op.create_table(
        "steps",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("office", sa.String(length=16), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("successor_id", Id, nullable=True),
        sa.Column("handed_over_at", Utc(), nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_steps_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_steps_person_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["people.id"], name=op.f("fk_steps_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    op.create_index("ix_steps_group_id", "steps", ["group_id"])
    op.create_index("ix_steps_person_id", "steps", ["person_id"])
    op.create_index("ix_steps_successor_id", "steps", ["successor_id"])

    op.create_table(
        "candidates",
        sa.Column("id", Id, nullable=False),
        sa.Column("mandate_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("name", sa.String(length=100), nullable=True),
        sa.Column("woman", sa.Boolean(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("elected", sa.Boolean(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_candidates_mandate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_candidates_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
    )
    op.create_index("ix_candidates_mandate_id", "candidates", ["mandate_id"])
    op.create_index("ix_candidates_person_id", "candidates", ["person_id"])

    op.create_table(
        "deeds",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("media_id", sa.String(length=32), nullable=True),
        sa.Column("told_by", Id, nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_deeds_group_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_deeds_media_id")),
        sa.ForeignKeyConstraint(["told_by"], ["people.id"], name=op.f("fk_deeds_told_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
    )
    op.create_index("ix_deeds_group_id", "deeds", ["group_id"])
    op.create_index("ix_deeds_told_by", "deeds", ["told_by"])

    op.create_table(
        "mandate_ballots",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("mandate_id", Id, nullable=False),
        sa.Column("chosen", Json(), nullable=False),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_mandate_ballots_mandate_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_mandate_ballots")),
    )
    op.create_index("ix_mandate_ballots_mandate_id", "mandate_ballots", ["mandate_id"])

    op.create_table(
        "mandate_voters",
        sa.Column("mandate_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_mandate_voters_mandate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mandate_voters_person_id")),
        sa.PrimaryKeyConstraint("mandate_id", "person_id", name=op.f("pk_mandate_voters")),
    )
    op.create_index("ix_mandate_voters_person_id", "mandate_voters", ["person_id"])
    for statement in guards(op.get_bind().dialect.name, "dialogue_events"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("mandate_voters")
    op.drop_table("mandate_ballots")
    op.drop_table("deeds")
    op.drop_table("candidates")
    op.drop_table("steps")
    op.drop_table("mandates")
    op.drop_table("dialogue_actors")
    op.drop_table("dialogue_votes")
    op.drop_table("dialogue_seats")
    op.drop_table("dialogue_questions")
    op.drop_table("dialogue_events")
    op.drop_table("dialogues")
    op.drop_table("colleagues")
