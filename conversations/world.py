"""What one message may touch: the turn's own connection behind a savepoint, and the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.message import Media
from domain.links import Links
from storage import media as storage_media
from storage import savepoint


@dataclass(slots=True)
class World:
    """The savepoint is opened at the first access to the database: a message that reads nothing pays nothing."""

    connection: AsyncConnection
    now: datetime
    zone: ZoneInfo
    person_id: int
    channel: str
    links: Links = field(default_factory=Links)
    private: bool = True  # else it happened in a group chat: nothing is said to the person alone
    _opened: bool = False

    async def open(self) -> AsyncConnection:
        if not self._opened:
            await savepoint.begin(self.connection)
            self._opened = True
        return self.connection

    async def keep(self) -> None:
        if self._opened:
            await savepoint.keep(self.connection)
            self._opened = False

    async def undo(self) -> None:
        if self._opened:
            await savepoint.undo(self.connection)
            self._opened = False

    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    async def keep_media(self, media: Media) -> str:
        return await storage_media.keep(
            await self.open(),
            person_id=self.person_id,
            channel=self.channel,
            kind=media.kind,
            ref=media.ref,
            mime=media.mime,
            now=self.now,
        )
