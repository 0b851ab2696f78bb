"""Minutes of meetings, and papers that can be verified."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.append_only import guards
from storage.tables.locked import locks, unlocks
from storage.tables.meta import Id, Json, Utc

revision = "0023"
down_revision: str | None = "0022"

GROW = (
    "sealed_papers",
    "minutes_versions",
    "minutes_amendments",
    "minutes_verdicts",
    "minutes_addenda",
    "minutes_registrations",
    "minutes_promises",
)
CLOSE = ("minutes_versions", "minutes_amendments", "minutes_verdicts", "meeting_entries", "meeting_communities")


def upgrade() -> None:
    _papers()
    _versions()
    _amendments()
    _delivery()
    dialect = op.get_bind().dialect.name
    for table in GROW:
        for statement in guards(dialect, table):
            op.execute(statement)
    for table in CLOSE:
        for statement in locks(dialect, table, "meeting_id"):
            op.execute(statement)
    for statement in locks(dialect, "meetings", "id", ("municipality_id", "year", "number")):
        op.execute(statement)


def _papers() -> None:
    op.create_table(
        "sealed_papers",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("title", Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("files", Json(), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.Column("replaces", sa.String(length=16), nullable=True),
        _names("sealed_papers", "replaces", "sealed_papers.code"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_sealed_papers")),
        sa.UniqueConstraint("replaces", name=op.f("uq_sealed_papers_replaces")),
    )
    op.create_index("ix_sealed_papers_about", "sealed_papers", ["about"])


def _versions() -> None:
    op.create_table(
        "minutes_versions",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        _names("minutes_versions", "meeting_id", "meetings.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_versions")),
        sa.UniqueConstraint("meeting_id", "version", name=op.f("uq_minutes_versions_meeting_id_version")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "minutes_addenda",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        _names("minutes_addenda", "meeting_id", "meetings.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_addenda")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_minutes_addenda_meeting_id_number")),
        sqlite_autoincrement=True,
    )


def _amendments() -> None:
    op.create_table(
        "minutes_amendments",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        _names("minutes_amendments", "meeting_id", "meetings.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_amendments")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_minutes_amendments_meeting_id", "minutes_amendments", ["meeting_id"])
    op.create_table(
        "minutes_authors",
        sa.Column("amendment_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        _names("minutes_authors", "amendment_id", "minutes_amendments.id"),
        _names("minutes_authors", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("amendment_id", name=op.f("pk_minutes_authors")),
    )
    op.create_index("ix_minutes_authors_person_id", "minutes_authors", ["person_id"])
    op.create_table(
        "minutes_verdicts",
        sa.Column("amendment_id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("seat", sa.String(length=10), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", Utc(), nullable=False),
        _names("minutes_verdicts", "amendment_id", "minutes_amendments.id"),
        _names("minutes_verdicts", "meeting_id", "meetings.id"),
        sa.PrimaryKeyConstraint("amendment_id", "seat", name=op.f("pk_minutes_verdicts")),
    )


def _delivery() -> None:
    op.create_table(
        "minutes_receivers",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("sent_at", Utc(), nullable=False),
        sa.Column("reminded_at", Utc(), nullable=True),
        sa.Column("received_at", Utc(), nullable=True),
        sa.Column("received_by", sa.String(length=100), nullable=True),
        sa.Column("received_office", sa.String(length=100), nullable=True),
        _names("minutes_receivers", "meeting_id", "meetings.id"),
        _names("minutes_receivers", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_receivers")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_minutes_receivers_token_hash")),
    )
    op.create_index("ix_minutes_receivers_meeting_id", "minutes_receivers", ["meeting_id"])
    op.create_index("ix_minutes_receivers_person_id", "minutes_receivers", ["person_id"])
    op.create_index(
        "ix_minutes_receivers_waiting",
        "minutes_receivers",
        ["sent_at"],
        sqlite_where=sa.text("received_at IS NULL"),
        postgresql_where=sa.text("received_at IS NULL"),
    )
    op.create_table(
        "minutes_registrations",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("media_id", sa.String(length=32), nullable=True),
        sa.Column("at", Utc(), nullable=False),
        _names("minutes_registrations", "meeting_id", "meetings.id"),
        _names("minutes_registrations", "media_id", "media.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_registrations")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_minutes_registrations_meeting_id", "minutes_registrations", ["meeting_id"])
    op.create_table(
        "minutes_promises",
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("promise_id", Id, nullable=False),
        _names("minutes_promises", "meeting_id", "meetings.id"),
        _names("minutes_promises", "promise_id", "promises.id"),
        sa.PrimaryKeyConstraint("meeting_id", "entry", name=op.f("pk_minutes_promises")),
    )
    op.create_table(
        "minutes_forms",
        sa.Column("id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("media_id", sa.String(length=32), nullable=True),
        sa.Column("set_by", Id, nullable=True),
        sa.Column("at", Utc(), nullable=False),
        _names("minutes_forms", "municipality_id", "municipalities.id"),
        _names("minutes_forms", "media_id", "media.id"),
        _names("minutes_forms", "set_by", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_forms")),
    )
    op.create_index("ix_minutes_forms_municipality_id", "minutes_forms", ["municipality_id"])
    op.create_index("ix_minutes_forms_set_by", "minutes_forms", ["set_by"])


def _names(table: str, column: str, what: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [what], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in (*CLOSE, "meetings"):
        for statement in unlocks(dialect, table):
            op.execute(statement)
    for table in (
        "minutes_forms",
        "minutes_promises",
        "minutes_registrations",
        "minutes_receivers",
        "minutes_verdicts",
        "minutes_authors",
        "minutes_amendments",
        "minutes_addenda",
        "minutes_versions",
        "sealed_papers",
    ):
        op.drop_table(table)
