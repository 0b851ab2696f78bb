"""What the public board has of its own: the words it is searched by, photos looked at, and who follows a place."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table, UniqueConstraint

from storage.tables.meta import Id, Utc, metadata

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

# A photo of what was seen is shown only once somebody else has looked at it: no face without a yes, no child.
promise_photos = Table(
    "promise_photos",
    metadata,
    Column("event_id", Id, ForeignKey("promise_events.id"), primary_key=True, autoincrement=False),
    Column("life", String(8), nullable=False),  # domain.needs.Life: released or hidden
    Column("looked_by", Id, ForeignKey("people.id"), index=True),  # empty once they are forgotten
    Column("looked_at", Utc, nullable=False),
)

# Who hears once a week what changed; of a village or of a municipality.
place_follows = Table(
    "place_follows",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("municipality_id", Id, ForeignKey("municipalities.id")),
    Column("village_id", Id, ForeignKey("villages.id")),
    Column("told_until", Utc, nullable=False),  # what came later is told next
    Column("ended_at", Utc),
    UniqueConstraint("person_id", "municipality_id"),
    UniqueConstraint("person_id", "village_id"),
    Index("ix_place_follows_told_until", "told_until"),
)
