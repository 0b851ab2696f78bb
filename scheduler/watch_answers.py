"""Looks at what came in: lays flags on what is odd, and draws the homes that are asked again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import asking_again, watching

Sweep = Callable[[AsyncConnection, datetime, ZoneInfo], Awaitable[int]]


def sweeper(secret: bytes) -> Sweep:
    """The sweep with the key of the draw; answers how many answers it flagged or drew."""

    async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
        flagged = await watching.watch(db, now=now, zone=zone)
        return flagged + await asking_again.draw(db, secret=secret, now=now, zone=zone)

    return sweep


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Nobody waits for it at a certain moment: it goes along with the others, and before every publication."""
    return None
