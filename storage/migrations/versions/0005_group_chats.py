"""The chats of self-help groups, what was asked there, and what was answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Json, Utc

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    op.create_table(
        "group_chats",
        sa.Column("group_id", Id, nullable=False),
        sa.Column("chat_id", Id, nullable=True),
        sa.Column("title", sa.String(128), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("since", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_chats_group_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["people.id"], name=op.f("fk_group_chats_chat_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_group_chats")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_group_chats_chat_id")),
    )
    op.create_table(
        "group_codes",
        sa.Column("id", Id, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("made_by", Id, nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("chat_id", Id, nullable=True),
        sa.Column("title", sa.String(128), nullable=True),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_codes_group_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_group_codes_made_by")),
        sa.ForeignKeyConstraint(["chat_id"], ["people.id"], name=op.f("fk_group_codes_chat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_group_codes_code_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_group_codes_made_by"), "group_codes", ["made_by"])
    op.create_table(
        "group_posts",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("thing", sa.String(64), nullable=False),
        sa.Column("args", Json(), nullable=False),
        sa.Column("asked_by", Id, nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("closes_at", Utc(), nullable=False),
        sa.Column("closed_at", Utc(), nullable=True),
        sa.Column("result", Json(), nullable=True),
        sa.Column("chat_id", Id, nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_posts_group_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_group_posts_asked_by")),
        sa.ForeignKeyConstraint(["chat_id"], ["people.id"], name=op.f("fk_group_posts_chat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_posts")),
        sa.UniqueConstraint("group_id", "thing", name=op.f("uq_group_posts_group_id_thing")),
        sqlite_autoincrement=True,
    )
    _partial("ix_group_posts_open", "group_posts", "closes_at", "closed_at IS NULL")
    op.create_table(
        "group_answers",
        sa.Column("post_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("value", sa.String(16), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("settle_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["group_posts.id"], name=op.f("fk_group_answers_post_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_group_answers_person_id")),
        sa.PrimaryKeyConstraint("post_id", "person_id", name=op.f("pk_group_answers")),
    )
    op.create_index(op.f("ix_group_answers_person_id"), "group_answers", ["person_id"])
    _partial("ix_group_answers_settle_at", "group_answers", "settle_at", "settle_at IS NOT NULL")


def _partial(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for table in ("group_answers", "group_posts", "group_codes", "group_chats"):
        op.drop_table(table)
