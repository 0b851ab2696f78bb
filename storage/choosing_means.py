"""What a group tells of a choosing while it is open: costs, money, and the names of needs as somebody spoke them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.choosing import HIGHEST_COST
from domain.refusal import Refused
from storage.choosings import required
from storage.tables.choosings import choosing_needs, choosings
from storage.tables.turns import media


async def price(db: AsyncConnection, *, choosing_id: int, need_id: int, cost: int, by: int, today: date) -> None:
    """While people choose, and not afterwards: who could try one price after another would learn who picked what."""
    await required(db, choosing_id, by, today)
    if not 0 < cost <= HIGHEST_COST:
        raise Refused("gone")
    await _change_need(db, choosing_id, need_id, cost=cost)


async def afford(db: AsyncConnection, *, choosing_id: int, money: int, by: int, today: date) -> None:
    """How much there is, in lari; as long as `price`."""
    await required(db, choosing_id, by, today)
    if not 0 < money <= HIGHEST_COST:
        raise Refused("gone")
    await db.execute(update(choosings).where(choosings.c.id == choosing_id).values(money=money))


async def speak(db: AsyncConnection, *, choosing_id: int, need_id: int, voice_id: str, by: int, today: date) -> None:
    """A need's title, said by a member of the group, for who does not read."""
    await required(db, choosing_id, by, today)
    await _change_need(db, choosing_id, need_id, voice_id=voice_id)


async def _change_need(db: AsyncConnection, choosing_id: int, need_id: int, **values: Any) -> None:
    this = (choosing_needs.c.choosing_id == choosing_id, choosing_needs.c.need_id == need_id)
    if (await db.execute(update(choosing_needs).where(*this).values(**values))).rowcount != 1:
        raise Refused("gone")


async def forget_voices(db: AsyncConnection, *, person_id: int) -> None:
    """Titles that they spoke."""
    theirs = select(media.c.id).where(media.c.person_id == person_id)
    await db.execute(update(choosing_needs).where(choosing_needs.c.voice_id.in_(theirs)).values(voice_id=None))
