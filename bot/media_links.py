"""Addresses under which a file of ours may be read without a session: signed, not to be guessed, and soon over.

For channels that fetch what they show instead of being given it.
"""

from __future__ import annotations

import asyncio
import hmac
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from storage import sent_files

PATH = "/media/open"
DAY = 86_400
DAYS = 15  # Viber tries for fourteen days to deliver a message
PICTURE, SMALL = ".jpeg", ".small.jpeg"


def real_time() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Signature:
    """`name` is the last part of the address: the file's id and an ending."""

    key: bytes
    now: Callable[[], datetime] = real_time

    def path(self, name: str) -> str:
        """The same for a whole day, so that whoever fetches it twice may keep it."""
        until = (int(self.now().timestamp()) // DAY + DAYS) * DAY
        return f"{PATH}/{until}/{self._of(name, until)}/{name}"

    def holds(self, name: str, until: int, given: str) -> bool:
        right = hmac.compare_digest(given.encode(), self._of(name, until).encode())
        return right and self.now().timestamp() < until

    def _of(self, name: str, until: int) -> str:
        return hmac.new(self.key, f"{until}/{name}".encode(), sha256).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class File:
    """`url` ends like the file; `small` is a picture to show before it is opened."""

    url: str
    size: int
    name: str
    small: str


@dataclass(frozen=True, slots=True)
class MediaLinks:
    engine: AsyncEngine
    folder: Path
    public_url: str
    signature: Signature

    async def of(self, media_id: str, *, picture: bool) -> File | None:
        """None when the file was erased. Raises OSError when the folder is away."""
        try:
            stat = await asyncio.to_thread((self.folder / media_id).stat)
        except FileNotFoundError:
            return None
        async with self.engine.connect() as db:
            mime, name = await sent_files.described(db, media_id=media_id)
        ending = PICTURE if picture else _ending(mime, name)
        return File(self._url(media_id + ending), stat.st_size, name or f"mrgvali{ending}", self._url(media_id + SMALL))

    def _url(self, name: str) -> str:
        return self.public_url + self.signature.path(name)


def _ending(mime: str | None, name: str | None) -> str:
    """Letters and digits only: it stands in an address."""
    ending = Path(name or "").suffix or mimetypes.guess_extension(mime or "") or ".dat"
    return ending if ending[1:].isalnum() and ending.isascii() else ".dat"
