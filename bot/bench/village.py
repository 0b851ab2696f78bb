"""A municipality with an open poll, for the bench."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.people import people
from storage.tables.places import communities, municipalities, villages
from storage.tables.polls import poll_villages, polls


async def settle(db: AsyncConnection, *, count: int, today: date) -> None:
    """Villages with the codes "0", "1", …, and one poll that is open in all of them."""
    named = [{"name_ka": f"სოფელი {number}", "name_en": f"Village {number}"} for number in range(count)]
    await db.execute(insert(municipalities), [{"id": 1, "code": "bench", **named[0]}])
    await db.execute(insert(communities), [{"id": 1, "municipality_id": 1, **named[0]}])
    rows = [{"id": at + 1, "community_id": 1, "code": str(at), **name} for at, name in enumerate(named)]
    await db.execute(insert(villages), rows)
    now = datetime.now(UTC)
    coordinator = (await db.execute(insert(people).returning(people.c.id), [{"created_at": now}])).scalar_one()
    days = {"opens": today, "closes": today + timedelta(days=7)}
    await db.execute(insert(polls), [{"id": 1, "opened_by": coordinator, "created_at": now, **days}])
    await db.execute(insert(poll_villages), [{"poll_id": 1, "village_id": row["id"]} for row in rows])
