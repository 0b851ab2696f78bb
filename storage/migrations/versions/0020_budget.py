"""To whom the table of the budget for women and men goes, and who has it; the assemblies of villages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Json, Utc

revision = "0020"
down_revision: str | None = "0046"


def upgrade() -> None:
    op.create_table(
        "budget_receivers",
        sa.Column("id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("body", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("added_at", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        _names("budget_receivers", "municipality_id", "municipalities.id"),
        _names("budget_receivers", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_receivers")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_budget_receivers_token_hash")),
    )
    _index("budget_receivers", "municipality_id", "person_id")
    op.create_table(
        "budget_sendings",
        sa.Column("id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=8), nullable=False),
        sa.Column("files", Json(), nullable=False),
        sa.Column("sent_by", Id, nullable=True),
        sa.Column("sent_at", Utc(), nullable=False),
        _names("budget_sendings", "municipality_id", "municipalities.id"),
        _names("budget_sendings", "sent_by", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_sendings")),
    )
    _index("budget_sendings", "municipality_id", "sent_by")
    op.create_table(
        "budget_deliveries",
        sa.Column("id", Id, nullable=False),
        sa.Column("sending_id", Id, nullable=False),
        sa.Column("receiver_id", Id, nullable=False),
        sa.Column("reminded_at", Utc(), nullable=True),
        sa.Column("received_at", Utc(), nullable=True),
        sa.Column("received_by", sa.String(length=100), nullable=True),
        sa.Column("received_office", sa.String(length=100), nullable=True),
        _names("budget_deliveries", "sending_id", "budget_sendings.id"),
        _names("budget_deliveries", "receiver_id", "budget_receivers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_deliveries")),
        sa.UniqueConstraint("sending_id", "receiver_id", name=op.f("uq_budget_deliveries_sending_id_receiver_id")),
    )
    _index("budget_deliveries", "receiver_id")
    _assemblies()


def _assemblies() -> None:
    op.create_table(
        "assemblies",
        sa.Column("id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("place", sa.String(length=150), nullable=False),
        sa.Column("set_by", Id, nullable=True),
        sa.Column("moved", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("told", sa.SmallInteger(), server_default="0", nullable=False),
        _names("assemblies", "village_id", "villages.id"),
        _names("assemblies", "set_by", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assemblies")),
        sa.UniqueConstraint("village_id", "year", name=op.f("uq_assemblies_village_id_year")),
    )
    _index("assemblies", "set_by")
    op.create_table(
        "assembly_outcomes",
        sa.Column("id", Id, nullable=False),
        sa.Column("assembly_id", Id, nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("need_id", Id, nullable=True),
        sa.Column("place", sa.SmallInteger(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=True),
        sa.Column("told_by", Id, nullable=True),
        sa.Column("told_at", Utc(), nullable=False),
        _names("assembly_outcomes", "assembly_id", "assemblies.id"),
        _names("assembly_outcomes", "need_id", "needs.id"),
        _names("assembly_outcomes", "told_by", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_outcomes")),
    )
    _index("assembly_outcomes", "assembly_id", "told_by")


def _names(table: str, column: str, what: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [what], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table in ("assembly_outcomes", "assemblies", "budget_deliveries", "budget_sendings", "budget_receivers"):
        op.drop_table(table)
