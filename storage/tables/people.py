"""People, and the addresses by which they reach us."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.tables.meta import Id, Json, Utc, metadata

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    # Counts this person's messages and runs; given out only while the person's row is locked.
    Column("seq", Integer, nullable=False, server_default="0"),
    Column("language", String(8)),
    Column("address_id", Id),  # the address used last: where we write first
    Column("village_id", Id, ForeignKey("villages.id", name="fk_people_village_id"), index=True),
    Column("place_note", String(200)),  # "my village is not listed"
    Column("sex", String(16)),
    Column("age_band", String(16)),
    Column("created_at", Utc, nullable=False),
    Column("welcomed_at", Utc),  # consent, age and place are known
    Column("reminded_at", Utc),  # never more than one reminder a day
    Column("erased_at", Utc),
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(64), nullable=False),  # kind and bot: "telegram:123456", "web"
    Column("external", String(128), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("left_at", Utc),  # blocked or unsubscribed: not written to until they return
    Column("tokens", Float),  # the bucket that paces this chat
    Column("paced_at", Utc),
    Column("paused_until", Utc),
    Column("hidden_to", Integer),  # seq: what was said up to there was taken from the screen
    # [[upto, {number: number now}], …], what old buttons mean after each joining: domain.linking.number_now
    Column("renumbered", Json),
    UniqueConstraint("channel", "external"),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("version", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("given_at", Utc, nullable=False),
    Column("withdrawn_at", Utc),
    Index("ix_consents_person_id_purpose", "person_id", "purpose"),
)

guesses = Table(
    "guesses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Index("ix_guesses_person_id_at", "person_id", "at"),
)
