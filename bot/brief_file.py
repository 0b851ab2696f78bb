"""The brief of an issue as a file, for the chat and for the page of an invitation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.brief import PHOTOS
from locales import use
from publish import brief_paper
from storage import brief_facts, briefs


async def read(db: AsyncConnection, *, need_id: int, today: date) -> tuple[brief_facts.Facts, briefs.Brief]:
    """Raises Refused where the issue is gone."""
    facts = await brief_facts.facts(db, need_id=need_id, today=today)
    return facts, await briefs.brief(db, need_id=need_id)


async def made(about: tuple[brief_facts.Facts, briefs.Brief], folder: Path, form: str, language: str) -> bytes:
    """`form`: pdf or docx. The database is given back before it is called."""
    facts, written = about
    ids = dict.fromkeys([*([facts.photo] if facts.photo else []), *written.photos])
    photos = await asyncio.to_thread(_files, folder, ids)
    with use(language):
        make = brief_paper.pdf if form == "pdf" else brief_paper.docx
        return await asyncio.to_thread(make, facts, written, photos)


def _files(folder: Path, media_ids: Iterable[str]) -> list[bytes]:
    """Of the newest photos what is there: one may not have come yet, or be erased."""
    paths = [folder / media_id for media_id in media_ids]
    return [path.read_bytes() for path in paths if path.is_file()][-PHOTOS:]
