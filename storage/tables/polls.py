"""Polls, the answers people gave, the needs they told and who stands behind them, and what was shown of it."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.meta import Id, Utc, metadata

polls = Table(
    "polls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("opens", Date, nullable=False),
    Column("closes", Date, nullable=False),
    Column("opened_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("closed_at", Utc),  # by a coordinator, before the last day
    Column("settled_at", Utc),  # unfinished answers are kept as partial, and people were thanked
)

poll_villages = Table(
    "poll_villages",
    metadata,
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False, index=True),
    PrimaryKeyConstraint("poll_id", "village_id"),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),  # empty for a neighbour, and once forgotten
    Column("entered_by", Id, ForeignKey("people.id")),
    Column("shared_by", Id, index=True),  # whose phone it was said on, by somebody without an account
    Column("origin", String(16), nullable=False),  # domain.polls.Origin
    Column("state", String(8), nullable=False),  # complete partial
    Column("sex", String(16)),
    Column("age_band", String(16)),
    Column("consent_version", String(16)),  # a neighbour's own yes, at the door
    Column("answered_at", Utc, nullable=False),
    Column("looked_at", Utc),  # by the rules of domain/flags.py; empty again when it changed
    UniqueConstraint("poll_id", "person_id"),  # one account counts once; nobody's account is no account
    Index("ix_answers_poll_id_village_id", "poll_id", "village_id"),
    sqlite_autoincrement=True,
)

needs = Table(
    "needs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("author_id", Id, ForeignKey("people.id"), index=True),  # may read it before its release
    Column("answer_id", Id, index=True),  # in which answer it was told; its slip may show the words
    Column("kind", String(16), nullable=False),
    Column("words", Text),
    Column("suffers", String(16)),
    Column("media_id", String(32), ForeignKey("media.id")),
    Column("lat", Float),
    Column("lon", Float),
    Column("state", String(8), nullable=False),  # domain.needs.Life of the words
    Column("photo_state", String(8), nullable=False),  # and of the photo
    Column("public_words", Text),  # what was reworded
    Column("released_at", Utc),
    Column("released_by", Id, ForeignKey("people.id")),
    Column("told_at", Utc, nullable=False),
    Index("ix_needs_poll_id_village_id", "poll_id", "village_id"),
    Index("ix_needs_village_id", "village_id"),  # what waits to be read, in every menu of a group
    sqlite_autoincrement=True,  # a number names what people were told: it is not given twice
)

# A row is inserted and never counted up, so that two who stand behind one need never wait for each other.
supports = Table(
    "supports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("need_id", Id, ForeignKey("needs.id"), nullable=False),
    Column("answer_id", Id, ForeignKey("answers.id"), nullable=False, index=True),
    Column("suffers", String(16)),
    Column("words", Text),  # their own, when they then stood behind a neighbour's: the desk alone reads them
    UniqueConstraint("need_id", "answer_id"),
)

published_counts = Table(
    "published_counts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("cell", String(32), nullable=False),  # "all" for the answers, or a kind of need
    Column("day", Date, nullable=False),
    Column("shown", Integer, nullable=False),
    UniqueConstraint("poll_id", "village_id", "cell", "day"),
)

agreed_lists = Table(
    "agreed_lists",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("recorded_by", Id, ForeignKey("people.id"), nullable=False),
    Column("recorded_at", Utc, nullable=False),
    Index("ix_agreed_lists_poll_id_village_id", "poll_id", "village_id"),
)

agreed_items = Table(
    "agreed_items",
    metadata,
    Column("list_id", Id, ForeignKey("agreed_lists.id"), nullable=False),
    Column("place", Integer, nullable=False),  # 1 is the most urgent
    Column("need_id", Id, ForeignKey("needs.id"), nullable=False, index=True),
    PrimaryKeyConstraint("list_id", "place"),
)
