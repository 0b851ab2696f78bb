"""Keeps every raw message before it is acknowledged; a repeat is ignored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.channels.port import Channel, Raw
from bot.clock import Clock
from storage import inbox
from storage.jsontext import dumps

log = structlog.get_logger()
Also = Callable[[AsyncConnection], Awaitable[None]]


class Inbox:
    """`wake` is called after each commit, so that a worker in the same process need not wait for its poll."""

    def __init__(self, engine: AsyncEngine, clock: Clock, wake: Callable[[], None]) -> None:
        self._engine, self._clock, self._wake = engine, clock, wake

    def wake(self) -> None:
        """For who has put something into it by another way."""
        self._wake()

    async def keep(self, channel: Channel, raws: list[Raw], cursor: int | None = None) -> None:
        await self._keep(channel, raws, cursor, None)

    async def keep_and(self, channel: Channel, raws: list[Raw], also: Also) -> None:
        """`also` is done in the same transaction."""
        await self._keep(channel, raws, None, also)

    async def _keep(self, channel: Channel, raws: list[Raw], cursor: int | None, also: Also | None) -> None:
        now = self._clock.now()
        received = [_received(channel, raw) for raw in raws]
        async with self._engine.begin() as db:
            if received:
                await inbox.keep(db, channel=channel.name, received=received, now=now)
            if cursor is not None:
                await inbox.advance(db, channel=channel.name, cursor=cursor, now=now)
            if also is not None:
                await also(db)
        if received:
            self._wake()


def _received(channel: Channel, raw: Raw) -> inbox.Received:
    """What cannot even be read is kept under a number of its own content, and played by nobody."""
    payload = dumps(raw)
    try:
        envelope = channel.envelope(raw)
    except ValueError as error:
        log.warning("unreadable", channel=channel.name, error=str(error))
        return inbox.Received(inbox.content_id(payload), None, payload)
    return inbox.Received(envelope.external_id, envelope.sender, payload)
