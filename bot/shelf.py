"""The folder where pictures and documents lie, as the channels reach into it."""

from __future__ import annotations

import asyncio
import mimetypes
import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from storage import media, sent_files


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

    async def keep(
        self,
        person_id: int | None,
        content: bytes,
        mime: str,
        kind: str = "document",
        name: str | None = None,
        *,
        now: datetime,
    ) -> str:
        """A file of our own making; answers its id."""
        media_id = secrets.token_hex(16)
        await asyncio.to_thread(self._write, media_id, content)
        async with self._engine.begin() as db:
            await media.add(db, media_id=media_id, person_id=person_id, kind=kind, mime=mime, now=now, name=name)
        return media_id

    def _write(self, media_id: str, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / media_id).write_bytes(content)
