"""Who held which public office, from when until when: an office keeps its promises, a speaker keeps the words."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table

from storage.tables.meta import Id, Utc, metadata

posts = Table(
    "posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False),
    Column("office", String(100), nullable=False),
    Column("name", String(100), nullable=False),  # as in public; an account is not needed to hold an office
    Column("since", Date, nullable=False),
    Column("until", Date),  # the last day; empty: still
    Column("set_by", Id, ForeignKey("people.id"), nullable=False),
    Column("set_at", Utc, nullable=False),
    Index("ix_posts_municipality_id_office", "municipality_id", "office"),
)
