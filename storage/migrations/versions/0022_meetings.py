"""Round tables: meetings, who sits at them, and everything that is entered there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.append_only import guards
from storage.tables.meta import Id, Json, Utc

revision = "0022"
down_revision: str | None = "0021"


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("code_until", Utc(), nullable=True),
        sa.Column("secretary_id", Id, nullable=True),
        sa.Column("made_at", Utc(), nullable=False),
        _names("meetings", "municipality_id", "municipalities"),
        _names("meetings", "secretary_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("code", name=op.f("uq_meetings_code")),
        sa.UniqueConstraint("municipality_id", "year", "number", name=op.f("uq_meetings_municipality_id_year_number")),
    )
    op.create_index("ix_meetings_secretary_id", "meetings", ["secretary_id"])
    op.create_table(
        "meeting_communities",
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _names("meeting_communities", "meeting_id", "meetings"),
        _names("meeting_communities", "community_id", "communities"),
        sa.PrimaryKeyConstraint("meeting_id", "community_id", name=op.f("pk_meeting_communities")),
    )
    op.create_index("ix_meeting_communities_community_id", "meeting_communities", ["community_id"])
    _entries()
    op.create_table(
        "meeting_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("guest", sa.String(length=40), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        _names("meeting_links", "meeting_id", "meetings"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_meeting_links")),
    )
    op.create_index("ix_meeting_links_meeting_id", "meeting_links", ["meeting_id"])


def _entries() -> None:
    op.create_table(
        "meeting_entries",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("received_at", Utc(), nullable=False),
        _names("meeting_entries", "meeting_id", "meetings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_entries")),
        sa.UniqueConstraint("meeting_id", "entry_id", name=op.f("uq_meeting_entries_meeting_id_entry_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "meeting_actors",
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        _names("meeting_actors", "entry_id", "meeting_entries"),
        _names("meeting_actors", "person_id", "people"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_meeting_actors")),
    )
    op.create_index("ix_meeting_actors_person_id", "meeting_actors", ["person_id"])
    for statement in guards(op.get_bind().dialect.name, "meeting_entries"):
        op.execute(statement)


def _names(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    for table in (
        "meeting_links",
        "meeting_actors",
        "meeting_entries",
        "meeting_communities",
        "meetings",
    ):
        op.drop_table(table)
