"""Lets the office hear what was seen before everybody reads it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import promise_helpers, telling

if TYPE_CHECKING:
    from storage.promises import Dossier


async def tell(db: AsyncConnection, one: Dossier, *, now: datetime, zone: ZoneInfo) -> None:
    """Once for what was told since the office's last word."""
    held = one.held(now.astimezone(zone).date())
    if not held:
        return
    await telling.tell_all(
        db,
        people_ids=await promise_helpers.answering(db, one),
        thing=f"promise:{one.id}:held:{held[0].number}",
        conversation="promise_held",
        args={"promise": one.id},
        now=now,
    )
