"""Questionnaires, where they are answered, and the answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Json, Utc

revision = "0010"
down_revision: str | None = "0008"


def upgrade() -> None:
    op.create_table(
        "forms",
        sa.Column("id", Id, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("municipality_id", Id, nullable=True),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_forms_created_by")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_forms_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forms")),
    )
    op.create_index("ix_forms_key", "forms", ["key"])
    op.create_index("ix_forms_municipality_id", "forms", ["municipality_id"])
    op.create_table(
        "form_calls",
        sa.Column("id", Id, nullable=False),
        sa.Column("form_id", Id, nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("opened_by", Id, nullable=True),
        sa.Column("opened_at", Utc(), nullable=False),
        sa.Column("closed_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_form_calls_community_id")),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_form_calls_form_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_form_calls_group_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_form_calls_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_calls")),
    )
    op.create_index("ix_form_calls_community_id", "form_calls", ["community_id"])
    op.create_index("ix_form_calls_form_id", "form_calls", ["form_id"])
    op.create_index("ix_form_calls_group_id", "form_calls", ["group_id"])
    op.create_table(
        "form_versions",
        sa.Column("id", Id, nullable=False),
        sa.Column("form_id", Id, nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("source_name", sa.String(length=120), nullable=False),
        sa.Column("xform", sa.Text(), nullable=False),
        sa.Column("questions", sa.SmallInteger(), nullable=False),
        sa.Column("languages", Json(), nullable=False),
        sa.Column("made_by", Id, nullable=True),
        sa.Column("made_at", Utc(), nullable=False),
        sa.Column("published_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_form_versions_form_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_form_versions_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_versions")),
        sa.UniqueConstraint("form_id", "number", name=op.f("uq_form_versions_form_id_number")),
    )
    op.create_table(
        "fills",
        sa.Column("id", Id, nullable=False),
        sa.Column("version_id", Id, nullable=False),
        sa.Column("call_id", Id, nullable=True),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("entered_by", Id, nullable=True),
        sa.Column("village_id", Id, nullable=True),
        sa.Column("state", sa.String(length=8), server_default="open", nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("sex", sa.String(length=16), nullable=True),
        sa.Column("percent", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("consent_version", sa.String(length=16), nullable=True),
        sa.Column("started_at", Utc(), nullable=False),
        sa.Column("touched_at", Utc(), nullable=False),
        sa.Column("done_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["form_calls.id"], name=op.f("fk_fills_call_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["people.id"], name=op.f("fk_fills_entered_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_fills_person_id")),
        sa.ForeignKeyConstraint(["version_id"], ["form_versions.id"], name=op.f("fk_fills_version_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_fills_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fills")),
    )
    op.create_index("ix_fills_call_id", "fills", ["call_id", "state"])
    op.create_index("ix_fills_entered_by", "fills", ["entered_by"])
    op.create_index("ix_fills_person_id", "fills", ["person_id"])
    op.create_index("ix_fills_version_id", "fills", ["version_id"])
    op.create_table(
        "form_files",
        sa.Column("version_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["form_versions.id"], name=op.f("fk_form_files_version_id")),
        sa.PrimaryKeyConstraint("version_id", "name", name=op.f("pk_form_files")),
    )
    op.create_table(
        "fill_answers",
        sa.Column("fill_id", Id, nullable=False),
        sa.Column("ref", sa.String(length=400), nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["fill_id"], ["fills.id"], name=op.f("fk_fill_answers_fill_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_fill_answers_person_id")),
        sa.PrimaryKeyConstraint("fill_id", "ref", name=op.f("pk_fill_answers")),
    )
    op.create_index("ix_fill_answers_person_id", "fill_answers", ["person_id"])
    op.create_table(
        "fill_sections",
        sa.Column("fill_id", Id, nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("taken_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["fill_id"], ["fills.id"], name=op.f("fk_fill_sections_fill_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_fill_sections_person_id")),
        sa.PrimaryKeyConstraint("fill_id", "path", name=op.f("pk_fill_sections")),
    )
    op.create_index("ix_fill_sections_person_id", "fill_sections", ["person_id"])


def downgrade() -> None:
    for table in ("fill_sections", "fill_answers", "fills", "form_files", "form_calls", "form_versions", "forms"):
        op.drop_table(table)
