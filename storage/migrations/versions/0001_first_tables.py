"""The first tables; those that only grow are guarded by triggers from the beginning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.append_only import FUNCTION, guards
from storage.tables.meta import Id, Json, Utc

revision = "0001"
down_revision: str | None = None
ONLY_GROW = ("promises", "promise_events", "ledger_heads")


def upgrade() -> None:
    op.create_table(
        "bots",
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("cursor", Id, nullable=True),
        sa.Column("tokens", sa.Float(), nullable=True),
        sa.Column("paced_at", Utc(), nullable=True),
        sa.Column("paused_until", Utc(), nullable=True),
        sa.Column("polled_at", Utc(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_bots")),
    )
    op.create_table(
        "municipalities",
        sa.Column("id", Id, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name_ka", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipalities")),
        sa.UniqueConstraint("code", name=op.f("uq_municipalities_code")),
    )
    op.create_table(
        "sweeps",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("done_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sweeps")),
    )
    op.create_table(
        "communities",
        sa.Column("id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("name_ka", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_communities_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communities")),
        sa.UniqueConstraint("municipality_id", "name_ka", name=op.f("uq_communities_municipality_id_name_ka")),
    )
    op.create_table(
        "ledger_heads",
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("chains", Json(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_ledger_heads_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "day", name=op.f("pk_ledger_heads")),
        info={"only_grows": True},
    )
    op.create_table(
        "groups",
        sa.Column("id", Id, nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_groups_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    op.create_index(op.f("ix_groups_community_id"), "groups", ["community_id"], unique=False)
    op.create_table(
        "villages",
        sa.Column("id", Id, nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.Column("code", sa.String(length=48), nullable=False),
        sa.Column("name_ka", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_villages_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_villages")),
        sa.UniqueConstraint("code", name=op.f("uq_villages_code")),
        sa.UniqueConstraint("community_id", "name_ka", name=op.f("uq_villages_community_id_name_ka")),
    )
    op.create_index(op.f("ix_villages_community_id"), "villages", ["community_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", Id, nullable=False),
        sa.Column("seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("address_id", Id, nullable=True),
        sa.Column("village_id", Id, nullable=True),
        sa.Column("place_note", sa.String(length=200), nullable=True),
        sa.Column("sex", sa.String(length=16), nullable=True),
        sa.Column("age_band", sa.String(length=16), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("welcomed_at", Utc(), nullable=True),
        sa.Column("reminded_at", Utc(), nullable=True),
        sa.Column("erased_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name="fk_people_village_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "promises",
        sa.Column("id", Id, nullable=False),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=True),
        sa.Column("need_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("speaker", sa.String(length=100), nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due", sa.String(length=20), nullable=False),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_promises_community_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_promises_municipality_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_promises_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
        info={"only_grows": True},
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_promises_community_id"), "promises", ["community_id"], unique=False)
    op.create_index(op.f("ix_promises_municipality_id"), "promises", ["municipality_id"], unique=False)
    op.create_table(
        "addresses",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("external", sa.String(length=128), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("left_at", Utc(), nullable=True),
        sa.Column("tokens", sa.Float(), nullable=True),
        sa.Column("paced_at", Utc(), nullable=True),
        sa.Column("paused_until", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_addresses_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        sa.UniqueConstraint("channel", "external", name=op.f("uq_addresses_channel_external")),
    )
    op.create_index(op.f("ix_addresses_person_id"), "addresses", ["person_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("given_at", Utc(), nullable=False),
        sa.Column("withdrawn_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_person_id_purpose", "consents", ["person_id", "purpose"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", Id, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("municipality_id", Id, nullable=True),
        sa.Column("office", sa.String(length=100), nullable=True),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("used_at", Utc(), nullable=True),
        sa.Column("used_by", Id, nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_invitations_created_by")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_invitations_group_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_invitations_municipality_id")
        ),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_invitations_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index("ix_invitations_expires_at", "invitations", ["expires_at"], unique=False)
    op.create_table(
        "media",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("channel", sa.String(length=64), nullable=True),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("sent_refs", Json(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_media_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    op.create_index(op.f("ix_media_person_id"), "media", ["person_id"], unique=False)
    op.create_table(
        "polls",
        sa.Column("id", Id, nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("opened_by", Id, nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("closed_at", Utc(), nullable=True),
        sa.Column("settled_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_polls_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
    )
    op.create_table(
        "promise_asking",
        sa.Column("promise_id", Id, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("group_at", Utc(), nullable=True),
        sa.Column("office_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_promise_asking_promise_id")),
        sa.PrimaryKeyConstraint("promise_id", name=op.f("pk_promise_asking")),
    )
    op.create_index(
        "ix_promise_asking_group_at",
        "promise_asking",
        ["group_at"],
        unique=False,
        sqlite_where=sa.text("group_at IS NOT NULL"),
        postgresql_where=sa.text("group_at IS NOT NULL"),
    )
    op.create_index(
        "ix_promise_asking_office_at",
        "promise_asking",
        ["office_at"],
        unique=False,
        sqlite_where=sa.text("office_at IS NOT NULL"),
        postgresql_where=sa.text("office_at IS NOT NULL"),
    )
    op.create_table(
        "promise_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("promise_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_promise_events_promise_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_events")),
        sa.UniqueConstraint("promise_id", "number", name=op.f("uq_promise_events_promise_id_number")),
        info={"only_grows": True},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "promise_tasks",
        sa.Column("promise_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("snoozed_until", Utc(), nullable=True),
        sa.Column("not_mine_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_promise_tasks_person_id")),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_promise_tasks_promise_id")),
        sa.PrimaryKeyConstraint("promise_id", "person_id", name=op.f("pk_promise_tasks")),
    )
    op.create_index(op.f("ix_promise_tasks_person_id"), "promise_tasks", ["person_id"], unique=False)
    op.create_table(
        "roles",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("municipality_id", Id, nullable=True),
        sa.Column("name", sa.String(length=100), nullable=True),
        sa.Column("office", sa.String(length=100), nullable=True),
        sa.Column("granted_at", Utc(), nullable=False),
        sa.Column("confirmed_at", Utc(), nullable=True),
        sa.Column("confirmed_by", Id, nullable=True),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["people.id"], name=op.f("fk_roles_confirmed_by")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_roles_group_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_roles_municipality_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_roles_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
    )
    op.create_index(op.f("ix_roles_group_id"), "roles", ["group_id"], unique=False)
    op.create_index(op.f("ix_roles_municipality_id"), "roles", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_roles_person_id"), "roles", ["person_id"], unique=False)
    op.create_table(
        "runs",
        sa.Column("person_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=48), nullable=False),
        sa.Column("args", Json(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("priority", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("trail", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("pending", sa.String(length=64), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=True),
        sa.Column("started_at", Utc(), nullable=False),
        sa.Column("touched_at", Utc(), nullable=False),
        sa.Column("warned_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_runs_person_id")),
        sa.PrimaryKeyConstraint("person_id", "number", name=op.f("pk_runs")),
    )
    op.create_index(
        "ix_runs_active",
        "runs",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("state IN ('front', 'waiting')"),
        postgresql_where=sa.text("state IN ('front', 'waiting')"),
    )
    op.create_table(
        "trainings",
        sa.Column("id", Id, nullable=False),
        sa.Column("series_id", Id, nullable=True),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=True),
        sa.Column("municipality_id", Id, nullable=False),
        sa.Column("community_ids", Json(), nullable=True),
        sa.Column("audience", Json(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("announce_at", Utc(), nullable=False),
        sa.Column("announced_at", Utc(), nullable=True),
        sa.Column("moved", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("reminded", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("cancelled_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_trainings_created_by")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_trainings_municipality_id")),
        sa.ForeignKeyConstraint(["series_id"], ["trainings.id"], name=op.f("fk_trainings_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    op.create_index(
        "ix_trainings_ahead",
        "trainings",
        ["starts_at"],
        unique=False,
        sqlite_where=sa.text("cancelled_at IS NULL"),
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_index(op.f("ix_trainings_municipality_id"), "trainings", ["municipality_id"], unique=False)
    op.create_index("ix_trainings_series_id", "trainings", ["series_id"], unique=False)
    op.create_table(
        "work",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("args", Json(), nullable=False),
        sa.Column("status", sa.String(length=8), server_default="new", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("lease_until", Utc(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_work_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
    )
    op.create_index(
        "ix_work_waiting",
        "work",
        ["id"],
        unique=False,
        sqlite_where=sa.text("status IN ('new', 'doing')"),
        postgresql_where=sa.text("status IN ('new', 'doing')"),
    )
    op.create_table(
        "agreed_lists",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.Column("recorded_by", Id, nullable=False),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_agreed_lists_poll_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("fk_agreed_lists_recorded_by")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_agreed_lists_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_lists")),
    )
    op.create_index("ix_agreed_lists_poll_id_village_id", "agreed_lists", ["poll_id", "village_id"], unique=False)
    op.create_table(
        "answers",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("entered_by", Id, nullable=True),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sex", sa.String(length=16), nullable=True),
        sa.Column("age_band", sa.String(length=16), nullable=True),
        sa.Column("consent_version", sa.String(length=16), nullable=True),
        sa.Column("answered_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["people.id"], name=op.f("fk_answers_entered_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_answers_person_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_answers_poll_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_answers_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("poll_id", "person_id", name=op.f("uq_answers_poll_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_answers_person_id"), "answers", ["person_id"], unique=False)
    op.create_index("ix_answers_poll_id_village_id", "answers", ["poll_id", "village_id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("address_id", Id, nullable=True),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", Utc(), nullable=False),
        sa.Column("due_at", Utc(), nullable=True),
        sa.Column("status", sa.String(length=8), server_default="new", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_inbox_address_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_inbox_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "external_id", name=op.f("uq_inbox_channel_external_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_parked",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("status = 'parked'"),
        postgresql_where=sa.text("status = 'parked'"),
    )
    op.create_index("ix_inbox_person_id", "inbox", ["person_id"], unique=False)
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("status = 'new'"),
        postgresql_where=sa.text("status = 'new'"),
    )
    op.create_table(
        "needs",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("suffers", sa.String(length=16), nullable=True),
        sa.Column("media_id", sa.String(length=32), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("photo_state", sa.String(length=8), nullable=False),
        sa.Column("public_words", sa.Text(), nullable=True),
        sa.Column("released_at", Utc(), nullable=True),
        sa.Column("released_by", Id, nullable=True),
        sa.Column("told_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_needs_author_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_needs_media_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_needs_poll_id")),
        sa.ForeignKeyConstraint(["released_by"], ["people.id"], name=op.f("fk_needs_released_by")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_needs_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_needs_author_id"), "needs", ["author_id"], unique=False)
    op.create_index("ix_needs_poll_id_village_id", "needs", ["poll_id", "village_id"], unique=False)
    op.create_index("ix_needs_village_id", "needs", ["village_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("address_id", Id, nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("due_at", Utc(), nullable=True),
        sa.Column("expires_at", Utc(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("parts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("lease_until", Utc(), nullable=True),
        sa.Column("ref", sa.String(length=128), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("sent_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_outbox_address_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("person_id", "seq", name=op.f("uq_outbox_person_id_seq")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_address_id", "outbox", ["address_id", "seq"], unique=False)
    op.create_index(
        "ix_outbox_line",
        "outbox",
        ["address_id", "lane", "seq"],
        unique=False,
        sqlite_where=sa.text("status IN ('pending', 'sending')"),
        postgresql_where=sa.text("status IN ('pending', 'sending')"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["kind", "lane", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('pending', 'sending')"),
        postgresql_where=sa.text("status IN ('pending', 'sending')"),
    )
    op.create_table(
        "poll_villages",
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_villages_poll_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_poll_villages_village_id")),
        sa.PrimaryKeyConstraint("poll_id", "village_id", name=op.f("pk_poll_villages")),
    )
    op.create_index(op.f("ix_poll_villages_village_id"), "poll_villages", ["village_id"], unique=False)
    op.create_table(
        "promise_witnesses",
        sa.Column("event_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("media_id", sa.String(length=32), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["promise_events.id"], name=op.f("fk_promise_witnesses_event_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_promise_witnesses_media_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_promise_witnesses_person_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_promise_witnesses")),
    )
    op.create_index(op.f("ix_promise_witnesses_person_id"), "promise_witnesses", ["person_id"], unique=False)
    op.create_table(
        "published_counts",
        sa.Column("id", Id, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("village_id", Id, nullable=False),
        sa.Column("cell", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_published_counts_poll_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_published_counts_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_counts")),
        sa.UniqueConstraint(
            "poll_id", "village_id", "cell", "day", name=op.f("uq_published_counts_poll_id_village_id_cell_day")
        ),
    )
    op.create_table(
        "training_invites",
        sa.Column("training_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.Column("answered_at", Utc(), nullable=True),
        sa.Column("shown_after", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_training_invites_person_id")),
        sa.ForeignKeyConstraint(["training_id"], ["trainings.id"], name=op.f("fk_training_invites_training_id")),
        sa.PrimaryKeyConstraint("training_id", "person_id", name=op.f("pk_training_invites")),
    )
    op.create_index(op.f("ix_training_invites_person_id"), "training_invites", ["person_id"], unique=False)
    op.create_table(
        "agreed_items",
        sa.Column("list_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("need_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["agreed_lists.id"], name=op.f("fk_agreed_items_list_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_agreed_items_need_id")),
        sa.PrimaryKeyConstraint("list_id", "place", name=op.f("pk_agreed_items")),
    )
    op.create_index(op.f("ix_agreed_items_need_id"), "agreed_items", ["need_id"], unique=False)
    op.create_table(
        "supports",
        sa.Column("id", Id, nullable=False),
        sa.Column("need_id", Id, nullable=False),
        sa.Column("answer_id", Id, nullable=False),
        sa.Column("suffers", sa.String(length=16), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_supports_answer_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_supports_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supports")),
        sa.UniqueConstraint("need_id", "answer_id", name=op.f("uq_supports_need_id_answer_id")),
    )
    op.create_index(op.f("ix_supports_answer_id"), "supports", ["answer_id"], unique=False)
    dialect = op.get_bind().dialect.name
    for table in ONLY_GROW:
        for statement in guards(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_supports_answer_id"), table_name="supports")
    op.drop_table("supports")
    op.drop_index(op.f("ix_agreed_items_need_id"), table_name="agreed_items")
    op.drop_table("agreed_items")
    op.drop_index(op.f("ix_training_invites_person_id"), table_name="training_invites")
    op.drop_table("training_invites")
    op.drop_table("published_counts")
    op.drop_index(op.f("ix_promise_witnesses_person_id"), table_name="promise_witnesses")
    op.drop_table("promise_witnesses")
    op.drop_index(op.f("ix_poll_villages_village_id"), table_name="poll_villages")
    op.drop_table("poll_villages")
    op.drop_index(
        "ix_outbox_waiting",
        table_name="outbox",
        sqlite_where=sa.text("status IN ('pending', 'sending')"),
        postgresql_where=sa.text("status IN ('pending', 'sending')"),
    )
    op.drop_index(
        "ix_outbox_line",
        table_name="outbox",
        sqlite_where=sa.text("status IN ('pending', 'sending')"),
        postgresql_where=sa.text("status IN ('pending', 'sending')"),
    )
    op.drop_index("ix_outbox_address_id", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("ix_needs_village_id", table_name="needs")
    op.drop_index("ix_needs_poll_id_village_id", table_name="needs")
    op.drop_index(op.f("ix_needs_author_id"), table_name="needs")
    op.drop_table("needs")
    op.drop_index(
        "ix_inbox_waiting",
        table_name="inbox",
        sqlite_where=sa.text("status = 'new'"),
        postgresql_where=sa.text("status = 'new'"),
    )
    op.drop_index("ix_inbox_person_id", table_name="inbox")
    op.drop_index(
        "ix_inbox_parked",
        table_name="inbox",
        sqlite_where=sa.text("status = 'parked'"),
        postgresql_where=sa.text("status = 'parked'"),
    )
    op.drop_table("inbox")
    op.drop_index("ix_answers_poll_id_village_id", table_name="answers")
    op.drop_index(op.f("ix_answers_person_id"), table_name="answers")
    op.drop_table("answers")
    op.drop_index("ix_agreed_lists_poll_id_village_id", table_name="agreed_lists")
    op.drop_table("agreed_lists")
    op.drop_index(
        "ix_work_waiting",
        table_name="work",
        sqlite_where=sa.text("status IN ('new', 'doing')"),
        postgresql_where=sa.text("status IN ('new', 'doing')"),
    )
    op.drop_table("work")
    op.drop_index("ix_trainings_series_id", table_name="trainings")
    op.drop_index(op.f("ix_trainings_municipality_id"), table_name="trainings")
    op.drop_index(
        "ix_trainings_ahead",
        table_name="trainings",
        sqlite_where=sa.text("cancelled_at IS NULL"),
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.drop_table("trainings")
    op.drop_index(
        "ix_runs_active",
        table_name="runs",
        sqlite_where=sa.text("state IN ('front', 'waiting')"),
        postgresql_where=sa.text("state IN ('front', 'waiting')"),
    )
    op.drop_table("runs")
    op.drop_index(op.f("ix_roles_person_id"), table_name="roles")
    op.drop_index(op.f("ix_roles_municipality_id"), table_name="roles")
    op.drop_index(op.f("ix_roles_group_id"), table_name="roles")
    op.drop_table("roles")
    op.drop_index(op.f("ix_promise_tasks_person_id"), table_name="promise_tasks")
    op.drop_table("promise_tasks")
    op.drop_table("promise_events")
    op.drop_index(
        "ix_promise_asking_office_at",
        table_name="promise_asking",
        sqlite_where=sa.text("office_at IS NOT NULL"),
        postgresql_where=sa.text("office_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_promise_asking_group_at",
        table_name="promise_asking",
        sqlite_where=sa.text("group_at IS NOT NULL"),
        postgresql_where=sa.text("group_at IS NOT NULL"),
    )
    op.drop_table("promise_asking")
    op.drop_table("polls")
    op.drop_index(op.f("ix_media_person_id"), table_name="media")
    op.drop_table("media")
    op.drop_index("ix_invitations_expires_at", table_name="invitations")
    op.drop_table("invitations")
    op.drop_index("ix_consents_person_id_purpose", table_name="consents")
    op.drop_table("consents")
    op.drop_index(op.f("ix_addresses_person_id"), table_name="addresses")
    op.drop_table("addresses")
    op.drop_index(op.f("ix_promises_municipality_id"), table_name="promises")
    op.drop_index(op.f("ix_promises_community_id"), table_name="promises")
    op.drop_table("promises")
    op.drop_table("people")
    op.drop_index(op.f("ix_villages_community_id"), table_name="villages")
    op.drop_table("villages")
    op.drop_index(op.f("ix_groups_community_id"), table_name="groups")
    op.drop_table("groups")
    op.drop_table("ledger_heads")
    op.drop_table("communities")
    op.drop_table("sweeps")
    op.drop_table("municipalities")
    op.drop_table("bots")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}()")
