"""How group, trustee and deputy come to one list: who sits there, what was done, and what is nobody else's business.

What was done only grows. Who did it stands in a table of its own, so that /forget can take it away: in the trail
itself are offices, which speak in public, and never a resident.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.append_only import only_grows
from storage.tables.meta import Id, Json, Utc, metadata

dialogues = Table(
    "dialogues",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False, index=True),
    Column("group_id", Id, ForeignKey("groups.id"), nullable=False, index=True),
    Column("opened_by", Id, ForeignKey("people.id"), nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("over_at", Utc),  # the list is closed and every need has its road: the clock has no more to do with it
    UniqueConstraint("poll_id", "village_id"),
)

# Who sits there for the trustee and for the deputy; the newest row counts.
dialogue_seats = Table(
    "dialogue_seats",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dialogue_id", Id, ForeignKey("dialogues.id"), nullable=False, index=True),
    Column("party", String(8), nullable=False),  # domain.dialogue.Party
    Column("role_id", Id, ForeignKey("roles.id"), index=True),  # empty: the post is vacant
    Column("seated_at", Utc, nullable=False),
)

dialogue_events = only_grows(
    Table(
        "dialogue_events",
        metadata,
        Column("id", Id, primary_key=True),
        Column("dialogue_id", Id, ForeignKey("dialogues.id"), nullable=False, index=True),
        Column("verb", String(12), nullable=False),  # domain.dialogue.Verb
        Column("party", String(8)),  # empty: it came about by itself
        Column("name", String(250)),  # how an official, or who answered for them, is named in public
        Column("body", Json, nullable=False),
        Column("at", Utc, nullable=False),
        sqlite_autoincrement=True,
    )
)

dialogue_actors = Table(
    "dialogue_actors",
    metadata,
    Column("event_id", Id, ForeignKey("dialogue_events.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
)

# A member's yes or no to one version: nobody is shown it, nor how many there are.
dialogue_votes = Table(
    "dialogue_votes",
    metadata,
    Column("dialogue_id", Id, ForeignKey("dialogues.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("yes", Boolean, nullable=False),
    PrimaryKeyConstraint("dialogue_id", "version", "person_id"),
)

# What an office asks the group before the list is public; only the two ever see it.
dialogue_questions = Table(
    "dialogue_questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dialogue_id", Id, ForeignKey("dialogues.id"), nullable=False, index=True),
    Column("party", String(8), nullable=False),
    Column("asked_by", Id, ForeignKey("people.id"), index=True),
    Column("words", Text, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("answered_by", Id, ForeignKey("people.id"), index=True),
    Column("answer", Text),
)

# Who answers in an office's name: invited by whoever holds it, from the link to the end of it.
colleagues = Table(
    "colleagues",
    metadata,
    Column("id", Id, primary_key=True),
    Column("role_id", Id, ForeignKey("roles.id"), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("name", String(100)),
    Column("accepted_at", Utc),
    Column("ended_at", Utc),
)
