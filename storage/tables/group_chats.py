"""Where each self-help group talks with each other, what was asked there, and what its members answered."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, UniqueConstraint, text

from storage.tables.meta import Id, Json, Utc, metadata

group_chats = Table(
    "group_chats",
    metadata,
    Column("group_id", Id, ForeignKey("groups.id"), primary_key=True),
    # The chat has a row among the people: its messages are numbered, paced and sent like theirs. Empty: the chat is
    # one that no bot can enter, and a leader passes the texts on.
    Column("chat_id", Id, ForeignKey("people.id"), unique=True),
    Column("title", String(128), nullable=False),
    Column("thread", Integer),  # the topic to write in, where the chat has topics
    Column("since", Utc, nullable=False),
)

group_codes = Table(
    "group_codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("group_id", Id, ForeignKey("groups.id"), nullable=False),
    Column("made_by", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("expires_at", Utc, nullable=False),
    Column("chat_id", Id, ForeignKey("people.id")),  # the chat in which it was typed; who made it confirms
    Column("title", String(128)),
    Column("thread", Integer),
    sqlite_autoincrement=True,
)

group_posts = Table(
    "group_posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("groups.id"), nullable=False),
    Column("kind", String(16), nullable=False),  # domain.group_posts.Kind
    Column("thing", String(64), nullable=False),  # what it is about: the same is asked once
    Column("args", Json, nullable=False),
    Column("asked_by", Id, ForeignKey("people.id")),
    Column("created_at", Utc, nullable=False),
    Column("closes_at", Utc, nullable=False),
    Column("closed_at", Utc),
    Column("result", Json),  # the counts when it closed, which stay when somebody is forgotten
    Column("chat_id", Id, ForeignKey("people.id")),  # where it stands: this chat, that message of it
    Column("seq", Integer),
    UniqueConstraint("group_id", "thing"),
    Index(
        "ix_group_posts_open",
        "closes_at",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)

group_answers = Table(
    "group_answers",
    metadata,
    Column("post_id", Id, ForeignKey("group_posts.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("value", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Column("settle_at", Utc),  # when what was seen is written into the promise's ledger; empty: nothing to write
    PrimaryKeyConstraint("post_id", "person_id"),
    Index(
        "ix_group_answers_settle_at",
        "settle_at",
        sqlite_where=text("settle_at IS NOT NULL"),
        postgresql_where=text("settle_at IS NOT NULL"),
    ),
)
