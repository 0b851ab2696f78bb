"""Choosings: needs to choose among, what people picked, what came of it, and how bad the group finds each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Json, Utc

revision = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    op.create_table(
        "choosings",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("money", sa.Integer(), nullable=True),
        sa.Column("opened_by", Id, nullable=True),
        sa.Column("opened_at", Utc(), nullable=False),
        sa.Column("closed_at", Utc(), nullable=True),
        sa.Column("reminded_at", Utc(), nullable=True),
        sa.Column("settled_at", Utc(), nullable=True),
        sa.Column("result", Json(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_choosings_opened_by")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_choosings_poll_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_choosings_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choosings")),
    )
    op.create_index("ix_choosings_village_id", "choosings", ["village_id"])

    op.create_table(
        "ballots",
        sa.Column("id", Id, nullable=False),
        sa.Column("choosing_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("entered_by", Id, nullable=True),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("code_id", Id, nullable=True),
        sa.Column("picks", Json(), nullable=False),
        sa.Column("sex", sa.String(length=16), nullable=True),
        sa.Column("age_band", sa.String(length=16), nullable=True),
        sa.Column("rests", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("chosen_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["choosing_id"], ["choosings.id"], name=op.f("fk_ballots_choosing_id")),
        sa.ForeignKeyConstraint(["code_id"], ["household_codes.id"], name=op.f("fk_ballots_code_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["people.id"], name=op.f("fk_ballots_entered_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ballots_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.UniqueConstraint("choosing_id", "person_id", name=op.f("uq_ballots_choosing_id_person_id")),
    )
    op.create_index("ix_ballots_entered_by", "ballots", ["entered_by"])
    op.create_index("ix_ballots_person_id", "ballots", ["person_id"])

    op.create_table(
        "choosing_needs",
        sa.Column("choosing_id", Id, nullable=False),
        sa.Column("need_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("voice_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["choosing_id"], ["choosings.id"], name=op.f("fk_choosing_needs_choosing_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_choosing_needs_need_id")),
        sa.ForeignKeyConstraint(["voice_id"], ["media.id"], name=op.f("fk_choosing_needs_voice_id")),
        sa.PrimaryKeyConstraint("choosing_id", "need_id", name=op.f("pk_choosing_needs")),
    )
    op.create_table(
        "choosing_pictures",
        sa.Column("choosing_id", Id, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("media_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["choosing_id"], ["choosings.id"], name=op.f("fk_choosing_pictures_choosing_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_choosing_pictures_media_id")),
        sa.PrimaryKeyConstraint("choosing_id", "language", name=op.f("pk_choosing_pictures")),
    )
    op.create_table(
        "severities",
        sa.Column("need_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("said_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_severities_need_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_severities_person_id")),
        sa.PrimaryKeyConstraint("need_id", "person_id", name=op.f("pk_severities")),
    )
    op.create_index("ix_severities_person_id", "severities", ["person_id"])


def downgrade() -> None:
    op.drop_table("severities")
    op.drop_table("choosing_pictures")
    op.drop_table("choosing_needs")
    op.drop_table("ballots")
    op.drop_table("choosings")
