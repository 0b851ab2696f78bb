"""What the desk decided about told needs: joined, split, named, taken back. Rows are only added.

No trigger guards it, since /forget takes from a row who decided (storage/erasure.py).
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from storage.tables.meta import Id, Json, Utc, metadata

sortings = Table(
    "sortings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("poll_id", Id, ForeignKey("polls.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id"), nullable=False),
    Column("verb", String(8), nullable=False),  # domain.sorting.Verb
    Column("change", Json, nullable=False),  # domain.sorting.Act
    Column("undoes", Id, ForeignKey("sortings.id"), unique=True),
    Column("why", Text),
    Column("by", Id, ForeignKey("people.id"), index=True),  # empty once they asked to be forgotten
    Column("at", Utc, nullable=False),
    Index("ix_sortings_poll_id_village_id", "poll_id", "village_id"),
    sqlite_autoincrement=True,
)
