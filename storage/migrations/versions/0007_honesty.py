"""What keeps counts honest: household codes, flags, answers asked again, and how published answers came."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Utc

revision = "0007"
down_revision: str | None = "0006"

TABLES = (
    "published_ways",
    "answer_changes",
    "web_devices",
    "asked_again",
    "flag_decisions",
    "flagged_answers",
    "flags",
    "answer_codes",
    "household_codes",
)


def upgrade() -> None:
    _codes()
    op.add_column("answers", sa.Column("looked_at", Utc(), nullable=True))
    _flags()
    _asked_again()
    _traces()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    # Not as a batch: SQLite would make the table anew, and what refers to its rows would forbid it.
    op.drop_column("answers", "looked_at")


def _where(table: str) -> list[Any]:
    return [
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f(f"fk_{table}_poll_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f(f"fk_{table}_village_id")),
    ]


def _person(table: str, column: str) -> list[Any]:
    return [
        sa.Column(column, Id, nullable=True),
        sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}")),
    ]


def _child(table: str, column: str, parent: str) -> list[Any]:
    name = op.f(f"fk_{table}_{column}")
    return [
        sa.Column(column, Id, nullable=False),
        sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE"),
    ]


def _id(table: str) -> list[Any]:
    return [sa.Column("id", Id, nullable=False), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]


def _codes() -> None:
    name = "household_codes"
    op.create_table(
        name,
        *_id(name),
        *_where(name),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        *_person(name, "made_by"),
        sa.Column("made_at", Utc(), nullable=False),
        *_person(name, "used_by"),
        sa.Column("used_at", Utc(), nullable=True),
        *_person(name, "voided_by"),
        sa.Column("voided_at", Utc(), nullable=True),
        sa.Column("void_reason", sa.String(300), nullable=True),
        sa.UniqueConstraint("code_hash", name=op.f("uq_household_codes_code_hash")),
        sa.UniqueConstraint(
            "poll_id", "village_id", "number", name=op.f("uq_household_codes_poll_id_village_id_number")
        ),
    )
    op.create_index("ix_household_codes_used_by", name, ["used_by"])
    op.create_table(
        "answer_codes",
        *_child("answer_codes", "answer_id", "answers"),
        sa.Column("code_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["household_codes.id"], name=op.f("fk_answer_codes_code_id")),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_answer_codes")),
    )
    op.create_index("ix_answer_codes_code_id", "answer_codes", ["code_id"])


def _flags() -> None:
    op.create_table(
        "flags",
        *_id("flags"),
        *_where("flags"),
        sa.Column("rule", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("raised_at", Utc(), nullable=False),
        sa.Column("decision", sa.String(8), nullable=True),
        sa.Column("decided_at", Utc(), nullable=True),
    )
    op.create_index("ix_flags_poll_id_village_id", "flags", ["poll_id", "village_id"])
    op.create_table(
        "flagged_answers",
        *_child("flagged_answers", "flag_id", "flags"),
        *_child("flagged_answers", "answer_id", "answers"),
        sa.PrimaryKeyConstraint("flag_id", "answer_id", name=op.f("pk_flagged_answers")),
    )
    op.create_index("ix_flagged_answers_answer_id", "flagged_answers", ["answer_id"])
    op.create_table(
        "flag_decisions",
        *_id("flag_decisions"),
        *_child("flag_decisions", "flag_id", "flags"),
        sa.Column("decision", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(300), nullable=True),
        *_person("flag_decisions", "decided_by"),
        sa.Column("decided_at", Utc(), nullable=False),
    )
    op.create_index("ix_flag_decisions_flag_id", "flag_decisions", ["flag_id"])


def _asked_again() -> None:
    name = "asked_again"
    op.create_table(
        name,
        *_id(name),
        *_child(name, "answer_id", "answers"),
        *_where(name),
        *_person(name, "entered_by"),
        sa.Column("house", sa.Integer(), nullable=False),
        sa.Column("house_at", Utc(), nullable=False),
        sa.Column("drawn_at", Utc(), nullable=False),
        *_person(name, "taken_by"),
        sa.Column("taken_at", Utc(), nullable=True),
        sa.Column("result", sa.String(8), nullable=True),
        sa.Column("result_at", Utc(), nullable=True),
        sa.UniqueConstraint("answer_id", name=op.f("uq_asked_again_answer_id")),
    )
    op.create_index("ix_asked_again_poll_id_village_id", name, ["poll_id", "village_id"])


def _traces() -> None:
    op.create_table(
        "web_devices",
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("external", sa.String(128), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("device", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("channel", "external", "day", name=op.f("pk_web_devices")),
    )
    op.create_index("ix_web_devices_day", "web_devices", ["day"])
    op.create_table(
        "answer_changes",
        *_id("answer_changes"),
        sa.Column("person_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_answer_changes_person_id")),
        sa.Column("at", Utc(), nullable=False),
    )
    op.create_index("ix_answer_changes_person_id_at", "answer_changes", ["person_id", "at"])
    op.create_table(
        "published_ways",
        *_id("published_ways"),
        *_where("published_ways"),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.UniqueConstraint(
            "poll_id", "village_id", "way", "day", name=op.f("uq_published_ways_poll_id_village_id_way_day")
        ),
    )
