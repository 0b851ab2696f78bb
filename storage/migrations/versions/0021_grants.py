"""Grants: calls, applications, and what came of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.append_only import guards
from storage.tables.meta import Id, Json, Utc

revision = "0021"
down_revision: str | None = "0018"

GROW = ("grant_rules", "grant_events")


def upgrade() -> None:
    op.create_table(
        "grant_calls",
        sa.Column("id", Id, nullable=False),
        sa.Column("funder", sa.String(length=150), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("kinds", Json(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("opened_by", Id, nullable=True),
        sa.Column("opened_at", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_grant_calls_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_calls")),
    )
    op.create_index("ix_grant_calls_opened_by", "grant_calls", ["opened_by"])
    op.create_table(
        "grant_applications",
        sa.Column("id", Id, nullable=False),
        sa.Column("call_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["grant_calls.id"], name=op.f("fk_grant_applications_call_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_grant_applications_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_applications")),
    )
    op.create_index("ix_grant_applications_call_id", "grant_applications", ["call_id"])
    op.create_index("ix_grant_applications_group_id", "grant_applications", ["group_id"])
    op.create_table(
        "grant_areas",
        sa.Column("call_id", Id, nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["grant_calls.id"], name=op.f("fk_grant_areas_call_id")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_grant_areas_community_id")),
        sa.PrimaryKeyConstraint("call_id", "community_id", name=op.f("pk_grant_areas")),
    )
    op.create_index("ix_grant_areas_community_id", "grant_areas", ["community_id"])
    op.create_table(
        "grant_links",
        sa.Column("id", Id, nullable=False),
        sa.Column("call_id", Id, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("made_by", Id, nullable=True),
        sa.Column("made_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("revoked_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["grant_calls.id"], name=op.f("fk_grant_links_call_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_grant_links_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_grant_links_token_hash")),
    )
    op.create_index("ix_grant_links_call_id", "grant_links", ["call_id"])
    op.create_index("ix_grant_links_made_by", "grant_links", ["made_by"])
    op.create_table(
        "grant_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("application_id", Id, nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("party", sa.String(length=10), nullable=False),
        sa.Column("link_id", Id, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["grant_applications.id"], name=op.f("fk_grant_events_application_id")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["grant_links.id"], name=op.f("fk_grant_events_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_grant_events_application_id", "grant_events", ["application_id"])
    op.create_table(
        "grant_needs",
        sa.Column("application_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("need_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["grant_applications.id"], name=op.f("fk_grant_needs_application_id")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_grant_needs_need_id")),
        sa.PrimaryKeyConstraint("application_id", "place", name=op.f("pk_grant_needs")),
    )
    op.create_index("ix_grant_needs_need_id", "grant_needs", ["need_id"])
    op.create_table(
        "grant_rules",
        sa.Column("id", Id, nullable=False),
        sa.Column("call_id", Id, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("link_id", Id, nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["grant_calls.id"], name=op.f("fk_grant_rules_call_id")),
        sa.ForeignKeyConstraint(["link_id"], ["grant_links.id"], name=op.f("fk_grant_rules_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_rules")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_grant_rules_call_id", "grant_rules", ["call_id"])
    op.create_table(
        "grant_tellers",
        sa.Column("event_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("media_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["grant_events.id"], name=op.f("fk_grant_tellers_event_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_grant_tellers_media_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_grant_tellers_person_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_grant_tellers")),
    )
    op.create_index("ix_grant_tellers_person_id", "grant_tellers", ["person_id"])

    dialect = op.get_bind().dialect.name
    for table in GROW:
        for statement in guards(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("grant_tellers")
    op.drop_table("grant_rules")
    op.drop_table("grant_needs")
    op.drop_table("grant_events")
    op.drop_table("grant_links")
    op.drop_table("grant_areas")
    op.drop_table("grant_applications")
    op.drop_table("grant_calls")
