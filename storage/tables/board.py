"""What the public board has of its own: the words it is searched by."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table

from storage.tables.meta import Id, metadata

# By its bytes, so that a word is found by its beginning through the index.
Word = String(48).with_variant(String(48, collation="C"), "postgresql")

# By what a promise is found: the concepts that its words name (domain.words.searching).
searched_words = Table(
    "searched_words",
    metadata,
    Column("word", Word, nullable=False),
    Column("promise_id", Id, ForeignKey("promises.id"), nullable=False),
    PrimaryKeyConstraint("word", "promise_id"),
    Index("ix_searched_words_promise_id", "promise_id"),
)
