"""The pictures, recordings and films of a version of a form; they stay for as long as the version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.form_media import form_media
from storage.tables.turns import media


class Kept(NamedTuple):
    media_id: str
    mime: str


class Piece(NamedTuple):
    """`name` is the file's, or a question's path; `language` is "" for a file."""

    name: str
    language: str
    media_id: str


Shown = Mapping[tuple[str, str], Kept]  # by name and language


async def keep(db: AsyncConnection, *, version_id: int, pieces: Sequence[Piece]) -> None:
    if pieces:
        await db.execute(insert(form_media), [{"version_id": version_id, **piece._asdict()} for piece in pieces])


async def of_version(db: AsyncConnection, *, version_id: int) -> Shown:
    joined = form_media.join(media, media.c.id == form_media.c.media_id)
    columns = (form_media.c.name, form_media.c.language, form_media.c.media_id, media.c.mime)
    rows = await db.execute(select(*columns).select_from(joined).where(form_media.c.version_id == version_id))
    return {(row.name, row.language): Kept(row.media_id, row.mime or "") for row in rows}
