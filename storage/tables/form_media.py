"""What a version of a form shows and plays beside its questions, as files that channels can send."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, String, Table

from storage.tables.meta import Id, metadata

form_media = Table(
    "form_media",
    metadata,
    Column("version_id", Id, ForeignKey("form_versions.id"), nullable=False),
    Column("name", String(400), nullable=False),  # the file's; of the one picture of all choices the question's path
    Column("language", String(100), nullable=False),  # of that picture, as the form writes it; empty for a file
    Column("media_id", String(32), ForeignKey("media.id"), nullable=False),
    PrimaryKeyConstraint("version_id", "name", "language"),
)
