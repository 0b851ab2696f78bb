"""What a group wrote down about an issue, section by section."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from storage.tables.meta import Id, Utc, metadata

# Every version is kept, and the newest of a section stands; of photos every row is one.
brief_sections = Table(
    "brief_sections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("need_id", Id, ForeignKey("needs.id"), nullable=False),
    Column("section", String(16), nullable=False),  # domain.brief.Section
    Column("words", Text, nullable=False),  # a media id for a photo
    Column("author_id", Id, ForeignKey("people.id"), index=True),  # empty once forgotten
    Column("written_at", Utc, nullable=False),
    Index("ix_brief_sections_need_id_section", "need_id", "section"),
)
