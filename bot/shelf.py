"""The folder where pictures and documents lie, as the channels reach into it."""

from __future__ import annotations

import asyncio
import mimetypes
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from storage import sent_files


class MediaFolder:
    """A file's name is its id; every role sees the same folder."""

    def __init__(self, engine: AsyncEngine, folder: Path) -> None:
        self._engine, self._folder = engine, folder

    async def known(self, channel: str, media_id: str) -> str | None:
        async with self._engine.begin() as db:
            return await sent_files.ref(db, media_id=media_id, channel=channel)

    async def remember(self, channel: str, media_id: str, ref: str) -> None:
        async with self._engine.begin() as db:
            await sent_files.remember(db, media_id=media_id, channel=channel, ref=ref)

    async def read(self, media_id: str) -> tuple[str, bytes]:
        """The name has the ending that tells a phone how to open it. Raises FileNotFoundError."""
        content = await asyncio.to_thread((self._folder / media_id).read_bytes)
        async with self._engine.begin() as db:
            mime, name = await sent_files.described(db, media_id=media_id)
        return name or f"mrgvali{mimetypes.guess_extension(mime or '') or ''}", content
