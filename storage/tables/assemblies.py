"""The village support assembly: its day and place, and what came of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, SmallInteger, String, Table, UniqueConstraint

from storage.tables.meta import Id, Utc, metadata

assemblies = Table(
    "assemblies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("place", String(150), nullable=False),
    Column("set_by", Id, ForeignKey("people.id"), index=True),
    Column("moved", SmallInteger, nullable=False, server_default="0"),  # how often
    Column("told", SmallInteger, nullable=False, server_default="0"),  # domain.assembly.Call: the last that was told
    UniqueConstraint("village_id", "year"),
)

# Told anew, the later one stands. `place` is where the need stood on the village's list on that day.
assembly_outcomes = Table(
    "assembly_outcomes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("assembly_id", Id, ForeignKey("assemblies.id"), nullable=False, index=True),
    Column("women", Integer, nullable=False),
    Column("men", Integer, nullable=False),
    Column("need_id", Id, ForeignKey("needs.id")),
    Column("place", SmallInteger),
    Column("words", String(200)),  # a project that is no need of the list
    Column("told_by", Id, ForeignKey("people.id"), index=True),
    Column("told_at", Utc, nullable=False),
)
