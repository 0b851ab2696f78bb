"""What came for somebody whose address belongs to another person by now: it goes on to that person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.linking import number_now
from storage.joined_runs import OF_A_RUN
from storage.jsontext import dumps, loads
from storage.queue import Waiting
from storage.tables.turns import SELF, inbox


async def pass_on(db: AsyncConnection, *, row: Waiting) -> None:
    """It is played in the turn of the one whose address it is; what they were told already is not told again."""
    values: dict[str, Any] = {"person_id": row.owner_id}
    if row.channel == SELF:
        payload = _renumbered(loads(row.payload), row)
        known = payload is None or await _told(db, row)
        values |= {"status": "done"} if known else {"payload": dumps(payload)}
    await db.execute(update(inbox).where(inbox.c.id == row.id).values(**values))


def _renumbered(said: dict[str, Any], row: Waiting) -> dict[str, Any] | None:
    """The same of the run's number now; None where that run has ended."""
    about = said.get("result") or said
    for name in ("run",) if about is not said else OF_A_RUN:
        if name in about:
            number = number_now(row.renumbered, int(about[name]))
            if number is None:
                return None
            about[name] = number
    return said


async def _told(db: AsyncConnection, row: Waiting) -> bool:
    """The same thing was put down for both of them."""
    name = (await db.execute(select(inbox.c.external_id).where(inbox.c.id == row.id))).scalar_one()
    thing, arrow, _person = name.rpartition(">")
    same = select(inbox.c.id).where(inbox.c.channel == SELF, inbox.c.external_id == f"{thing}>{row.owner_id}")
    return bool(arrow) and (await db.execute(same)).first() is not None
