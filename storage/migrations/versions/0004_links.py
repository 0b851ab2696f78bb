"""Phones of one person: codes, joinings, and what each of them moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Json, Utc

revision = "0004"
down_revision: str | None = "0003"

IN_FORCE = sa.text("parted_at IS NULL")


def upgrade() -> None:
    op.add_column("addresses", sa.Column("renumbered", Json(), nullable=True))
    op.create_table(
        "link_codes",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("used_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_link_codes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_codes_code_hash")),
    )
    op.create_index(op.f("ix_link_codes_person_id"), "link_codes", ["person_id"])
    op.create_table(
        "links",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("joined_id", Id, nullable=False),
        sa.Column("joined_at", Utc(), nullable=False),
        sa.Column("parted_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_links_person_id")),
        sa.ForeignKeyConstraint(["joined_id"], ["people.id"], name=op.f("fk_links_joined_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_person_id"), "links", ["person_id"])
    op.create_index(
        "ix_links_joined_id", "links", ["joined_id"], unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE
    )
    op.create_table(
        "link_moves",
        sa.Column("link_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("row", Json(), nullable=False),
        sa.Column("before", Json(), nullable=True),
        sa.Column("after", Json(), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_link_moves_link_id")),
        sa.PrimaryKeyConstraint("link_id", "number", name=op.f("pk_link_moves")),
    )


def downgrade() -> None:
    for table in ("link_moves", "links", "link_codes"):
        op.drop_table(table)
    with op.batch_alter_table("addresses") as addresses:
        addresses.drop_column("renumbered")
