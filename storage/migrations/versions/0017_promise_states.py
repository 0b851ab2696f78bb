"""What becomes of promises: how each stands, who holds an office, election weeks, what a group decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.meta import Id, Json, Utc

revision = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    op.add_column("promise_witnesses", sa.Column("place", sa.String(length=200), nullable=True))
    _promise_states()
    op.create_table(
        "posts",
        sa.Column("id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("set_by", Id, nullable=False),
        sa.Column("set_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_posts_municipality_id")),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_posts_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index("ix_posts_municipality_id_office", "posts", ["municipality_id", "office"])
    op.create_table(
        "election_weeks",
        sa.Column("id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("set_by", Id, nullable=False),
        sa.Column("set_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_election_weeks_municipality_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_election_weeks_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_weeks")),
    )
    op.create_index("ix_election_weeks_municipality_id", "election_weeks", ["municipality_id"])
    _groups_decide()


def _promise_states() -> None:
    op.create_table(
        "promise_states",
        sa.Column("promise_id", Id, autoincrement=False, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=True),
        sa.Column("need_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("provisional_until", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("turns_on", sa.Date(), nullable=True),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_promise_states_promise_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_promise_states_municipality_id")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_promise_states_community_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_promise_states_village_id")),
        sa.PrimaryKeyConstraint("promise_id", name=op.f("pk_promise_states")),
    )
    for columns in (
        ["municipality_id", "status"],
        ["municipality_id", "kind"],
        ["municipality_id", "office"],
        ["community_id"],
        ["village_id"],
        ["turns_on"],
        ["updated_at"],
    ):
        op.create_index(f"ix_promise_states_{'_'.join(columns)}", "promise_states", columns)


def _groups_decide() -> None:
    op.create_table(
        "group_rules",
        sa.Column("group_id", Id, autoincrement=False, nullable=False),
        sa.Column("local_weight", sa.SmallInteger(), nullable=False),
        sa.Column("path", Json(), nullable=False),
        sa.Column("set_by", Id, nullable=False),
        sa.Column("set_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_rules_group_id")),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_group_rules_set_by")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_group_rules")),
    )
    op.create_table(
        "escalations",
        sa.Column("promise_id", Id, nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_escalations_promise_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_escalations_asked_by")),
        sa.PrimaryKeyConstraint("promise_id", "step", name=op.f("pk_escalations")),
    )
    op.create_index("ix_escalations_asked_by", "escalations", ["asked_by"])


def downgrade() -> None:
    for table in ("escalations", "group_rules", "election_weeks", "posts", "promise_states"):
        op.drop_table(table)
    with op.batch_alter_table("promise_witnesses") as witnesses:
        witnesses.drop_column("place")
