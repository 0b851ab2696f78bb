"""What keeps counts honest: household codes, flags and what was decided of them, answers asked again."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, UniqueConstraint

from storage.tables.meta import Id, Utc, metadata

household_codes = Table(
    "household_codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("number", Integer, nullable=False),  # printed beside the code, so that it can be voided without its digits
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("made_by", Id, ForeignKey("people.id")),
    Column("made_at", Utc, nullable=False),
    Column("used_by", Id, ForeignKey("people.id"), index=True),
    Column("used_at", Utc),
    Column("voided_by", Id, ForeignKey("people.id")),
    Column("voided_at", Utc),
    Column("void_reason", String(300)),
    UniqueConstraint("poll_id", "village_id", "number"),
)

answer_codes = Table(
    "answer_codes",
    metadata,
    Column("answer_id", Id, ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("code_id", Id, ForeignKey("household_codes.id"), nullable=False, index=True),
)

flags = Table(
    "flags",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("rule", String(16), nullable=False),  # domain.flags.Rule
    Column("subject", String(80), nullable=False),  # whose or what, in numbers and digests
    Column("raised_at", Utc, nullable=False),
    Column("decision", String(8)),  # domain.flags.Decision; empty until somebody decided
    Column("decided_at", Utc),
    Index("ix_flags_poll_id_village_id", "poll_id", "village_id"),
)

flagged_answers = Table(
    "flagged_answers",
    metadata,
    Column("flag_id", Id, ForeignKey("flags.id", ondelete="CASCADE"), nullable=False),
    Column("answer_id", Id, ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, index=True),
    PrimaryKeyConstraint("flag_id", "answer_id"),
)

# Who decided what of a flag, when and why: a decision can be taken again, and the ones before it stay.
flag_decisions = Table(
    "flag_decisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("flag_id", Id, ForeignKey("flags.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("decision", String(8), nullable=False),
    Column("reason", String(300)),
    Column("decided_by", Id, ForeignKey("people.id")),
    Column("decided_at", Utc, nullable=False),
)

asked_again = Table(
    "asked_again",
    metadata,
    Column("id", Id, primary_key=True),
    Column("answer_id", Id, ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("entered_by", Id, ForeignKey("people.id")),
    Column("house", Integer, nullable=False),  # the how manieth of that day's round
    Column("house_at", Utc, nullable=False),
    Column("drawn_at", Utc, nullable=False),
    Column("taken_by", Id, ForeignKey("people.id")),
    Column("taken_at", Utc),
    Column("result", String(8)),  # domain.asking_again.Result
    Column("result_at", Utc),
    Index("ix_asked_again_poll_id_village_id", "poll_id", "village_id"),
)

# A keyed digest, with the day in it, of the address and the browser that a visitor of the open web came with.
web_devices = Table(
    "web_devices",
    metadata,
    Column("channel", String(64), nullable=False),
    Column("external", String(128), nullable=False),
    Column("day", Date, nullable=False),
    Column("device", String(32), nullable=False),
    PrimaryKeyConstraint("channel", "external", "day"),
    Index("ix_web_devices_day", "day"),
)

answer_changes = Table(
    "answer_changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Index("ix_answer_changes_person_id_at", "person_id", "at"),
)

# How the answers of a village came, as everybody may know it since that day.
published_ways = Table(
    "published_ways",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("way", String(16), nullable=False),
    Column("day", Date, nullable=False),
    Column("shown", Integer, nullable=False),
    UniqueConstraint("poll_id", "village_id", "way", "day"),
)
