"""Messages that could not be played: how many and why, for a coordinator; never what was said."""

from __future__ import annotations

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import people
from domain.people import Action
from storage import roles
from storage.tables.turns import inbox

# Written out, not bound: only so do both databases see that the partial index serves.
_PARKED = text("inbox.status = 'parked'")


async def any_parked(db: AsyncConnection) -> bool:
    return (await db.execute(select(inbox.c.id).where(_PARKED).limit(1))).first() is not None


async def reasons(db: AsyncConnection, *, by: int) -> list[tuple[str, int]]:
    """The most frequent first."""
    await _require(db, by)
    count = func.count().label("count")
    query = select(inbox.c.error, count).where(_PARKED).group_by(inbox.c.error)
    rows = await db.execute(query.order_by(count.desc(), inbox.c.error))
    return [(error or "", number) for error, number in rows]


async def play_again(db: AsyncConnection, *, by: int) -> int:
    """All of them once more, after the program was mended; answers how many."""
    await _require(db, by)
    again = update(inbox).where(_PARKED).values(status="new", error=None)
    return (await db.execute(again)).rowcount


async def _require(db: AsyncConnection, by: int) -> None:
    """A parked message belongs to no place, so any coordinator may look."""
    people.require(await roles.held(db, person_id=by), Action.SEE_PARKED)
