"""Grant calls, who decides of them, what groups applied for, and what came of it."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, PrimaryKeyConstraint, String, Table, Text

from storage.tables.append_only import only_grows
from storage.tables.meta import Id, Json, Utc, metadata

grant_calls = Table(
    "grant_calls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("funder", String(150), nullable=False),
    Column("name", String(150), nullable=False),
    Column("amount", Integer, nullable=False),  # lari, of the whole call
    Column("criteria", Text, nullable=False),
    Column("kinds", Json, nullable=False),  # of needs; none: all
    Column("deadline", Date, nullable=False),
    Column("opened_by", Id, ForeignKey("people.id"), index=True),  # empty once forgotten
    Column("opened_at", Utc, nullable=False),
    Column("ended_at", Utc),
)

grant_areas = Table(
    "grant_areas",
    metadata,
    Column("call_id", Id, ForeignKey("grant_calls.id"), nullable=False),
    Column("community_id", Id, ForeignKey("communities.id"), nullable=False, index=True),
    PrimaryKeyConstraint("call_id", "community_id"),
)

# The personal link of one member of the committee; only its hash is kept.
grant_links = Table(
    "grant_links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, ForeignKey("grant_calls.id"), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("made_by", Id, ForeignKey("people.id"), index=True),  # empty once forgotten
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

# How many points of a hundred a surveyed need brings; the newest stands. No link: the coordinator set it.
grant_rules = only_grows(
    Table(
        "grant_rules",
        metadata,
        Column("id", Id, primary_key=True),
        Column("call_id", Id, ForeignKey("grant_calls.id"), nullable=False, index=True),
        Column("points", Integer, nullable=False),
        Column("link_id", Id, ForeignKey("grant_links.id")),
        Column("at", Utc, nullable=False),
        sqlite_autoincrement=True,
    )
)

grant_applications = Table(
    "grant_applications",
    metadata,
    Column("id", Id, primary_key=True),
    Column("call_id", Id, ForeignKey("grant_calls.id"), nullable=False, index=True),
    Column("group_id", Id, ForeignKey("groups.id"), nullable=False, index=True),
    Column("made_at", Utc, nullable=False),
)

grant_needs = Table(
    "grant_needs",
    metadata,
    Column("application_id", Id, ForeignKey("grant_applications.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("need_id", Id, ForeignKey("needs.id"), nullable=False, index=True),
    PrimaryKeyConstraint("application_id", "place"),
)

grant_events = only_grows(
    Table(
        "grant_events",
        metadata,
        Column("id", Id, primary_key=True),
        Column("application_id", Id, ForeignKey("grant_applications.id"), nullable=False, index=True),
        Column("stage", String(10), nullable=False),  # domain.grants.Stage
        Column("party", String(10), nullable=False),  # domain.grants.Party
        Column("link_id", Id, ForeignKey("grant_links.id")),  # whose link it was, for the committee's
        Column("day", Date, nullable=False),
        Column("amount", Integer),  # lari
        Column("reason", String(500), nullable=False),
        Column("at", Utc, nullable=False),
        sqlite_autoincrement=True,
    )
)

# Who of the group told it, with their document: beside it, since this can be erased.
grant_tellers = Table(
    "grant_tellers",
    metadata,
    Column("event_id", Id, ForeignKey("grant_events.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("media_id", String(32), ForeignKey("media.id")),
)
