"""Questionnaires, where they are answered, and the answers."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.meta import Id, Json, Utc, metadata

forms = Table(
    "forms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(100), nullable=False, index=True),  # what its author calls it: form_id in its settings
    Column("title", String(200), nullable=False),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), index=True),  # empty: everywhere
    Column("created_by", Id, ForeignKey("people.id")),  # empty: it came with the program, or by the command line
    Column("created_at", Utc, nullable=False),
)

form_versions = Table(
    "form_versions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("form_id", Id, ForeignKey("forms.id"), nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("version", String(100), nullable=False),  # the author's own, may be empty
    Column("hash", String(64), nullable=False),  # of the XForm and its files: what it is compiled once for
    Column("source", LargeBinary, nullable=False),  # the author's file, or the repaired one
    Column("source_name", String(120), nullable=False),
    Column("xform", Text, nullable=False),
    Column("questions", SmallInteger, nullable=False),
    Column("languages", Json, nullable=False),
    Column("made_by", Id, ForeignKey("people.id")),
    Column("made_at", Utc, nullable=False),
    Column("published_at", Utc),  # until then it can be tried only
    UniqueConstraint("form_id", "number"),
)

form_files = Table(
    "form_files",
    metadata,
    Column("version_id", Id, ForeignKey("form_versions.id"), nullable=False),
    Column("name", String(120), nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("version_id", "name"),
)

# A form is put to people: to the residents of a community, each for themselves, or to a group.
form_calls = Table(
    "form_calls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("form_id", Id, ForeignKey("forms.id"), nullable=False, index=True),
    Column("mode", String(10), nullable=False),  # person group household
    Column("community_id", Id, ForeignKey("communities.id"), nullable=False, index=True),
    Column("group_id", Id, ForeignKey("groups.id"), index=True),
    Column("opened_by", Id, ForeignKey("people.id")),
    Column("opened_at", Utc, nullable=False),
    Column("closed_at", Utc),
)

# One answering of one version of a form by one person, group or household.
fills = Table(
    "fills",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version_id", Id, ForeignKey("form_versions.id"), nullable=False, index=True),
    Column("call_id", Id, ForeignKey("form_calls.id")),  # empty: somebody only tries the form
    Column("mode", String(10), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),  # whose answers they are; nobody's for a group or household
    Column("entered_by", Id, ForeignKey("people.id")),  # the interviewer
    Column("village_id", Id, ForeignKey("villages.id")),
    Column("state", String(8), nullable=False, server_default="open"),  # open done
    Column("answers", Text, nullable=False),  # JSON of conversations/forms/filling.py: read whole, written whole
    Column("sex", String(16)),
    Column("percent", SmallInteger, nullable=False, server_default="0"),
    Column("seed", Integer, nullable=False),
    Column("consent_version", String(16)),
    Column("started_at", Utc, nullable=False),
    Column("touched_at", Utc, nullable=False),
    Column("done_at", Utc),
    Index("ix_fills_call_id", "call_id", "state"),
    Index("ix_fills_person_id", "person_id"),
    Index("ix_fills_entered_by", "entered_by"),
)

# Who gave each answer, when, and how it is known.
fill_answers = Table(
    "fill_answers",
    metadata,
    Column("fill_id", Id, ForeignKey("fills.id"), nullable=False),
    Column("ref", String(400), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("at", Utc, nullable=False),
    Column("known", String(10), nullable=False),  # counted told estimated
    PrimaryKeyConstraint("fill_id", "ref"),
)

# A long form is divided: a member takes a section.
fill_sections = Table(
    "fill_sections",
    metadata,
    Column("fill_id", Id, ForeignKey("fills.id"), nullable=False),
    Column("path", String(400), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("taken_at", Utc, nullable=False),
    PrimaryKeyConstraint("fill_id", "path"),
)
