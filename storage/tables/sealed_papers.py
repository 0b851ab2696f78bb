"""Papers that were handed out, so that anybody can tell whether theirs is still the one that was made."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from storage.tables.append_only import only_grows
from storage.tables.meta import Json, Utc, metadata

# Any kind of paper: minutes, an addendum, a grant's annex. The code stands on it, as digits and as a square.
sealed_papers = only_grows(
    Table(
        "sealed_papers",
        metadata,
        Column("code", String(16), primary_key=True),
        Column("kind", String(16), nullable=False),
        Column("about", String(64), nullable=False, index=True),  # what it is of, as "meeting:7"
        Column("title", Json, nullable=False),  # language: words
        Column("version", Integer, nullable=False),
        Column("sha256", String(64), nullable=False),  # of what it says
        Column("files", Json, nullable=False),  # the files made of it: SHA-256 of each, to its media id
        Column("made_at", Utc, nullable=False),
        Column("replaces", String(16), ForeignKey("sealed_papers.code"), unique=True),
    )
)
