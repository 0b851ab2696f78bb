"""How often a person changed an answer: so that nobody turns a poll round and round."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.polls import CHANGES, IN
from domain.refusal import Refused
from storage.tables.honesty import answer_changes


async def note(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    """Counts one change. Raises Refused when there were too many within the hour; what stands then stays."""
    mine = answer_changes.c.person_id == person_id
    query = select(func.count()).select_from(answer_changes).where(mine, answer_changes.c.at > now - IN)
    if int((await db.execute(query)).scalar_one()) >= CHANGES:
        raise Refused("too_many_changes")
    await db.execute(delete(answer_changes).where(mine, answer_changes.c.at <= now - IN))
    await db.execute(insert(answer_changes), [{"person_id": person_id, "at": now}])
