"""What promises hold of a person: for /mydata to show and /forget to erase."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import place_follows, promise_helpers, promise_photos
from storage.tables.group_rules import escalations
from storage.tables.promise_follows import promise_follows
from storage.tables.promises import promise_events, promise_tasks, promise_witnesses, promises


async def erase(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    """The chain keeps a seal that nobody can open any more; what was said in public for an office stays said."""
    await db.execute(delete(promise_witnesses).where(promise_witnesses.c.person_id == person_id))
    await db.execute(update(escalations).where(escalations.c.asked_by == person_id).values(words=None))
    await db.execute(delete(promise_tasks).where(promise_tasks.c.person_id == person_id))
    await promise_helpers.erase(db, person_id=person_id, now=now)
    await db.execute(delete(promise_follows).where(promise_follows.c.person_id == person_id))
    await place_follows.forget(db, person_id=person_id)
    await promise_photos.forget(db, person_id=person_id)


async def followed_by(db: AsyncConnection, *, person_id: int) -> int:
    """How many promises this person hears of because they asked to."""
    here = (promise_follows.c.person_id == person_id, promise_follows.c.ended_at.is_(None))
    return int((await db.execute(select(func.count()).select_from(promise_follows).where(*here))).scalar_one())


async def told_by(db: AsyncConnection, *, person_id: int) -> list[Row[Any]]:
    """What this person wrote down, saw or said of promises: kind, at, body, words of the promise, note, media_id."""
    e, w, p = promise_events.c, promise_witnesses.c, promises.c
    source = promise_witnesses.join(promise_events, e.id == w.event_id).join(promises, p.id == e.promise_id)
    query = select(e.kind, e.at, e.body, p.words, w.note, w.media_id).select_from(source)
    return list(await db.execute(query.where(w.person_id == person_id).order_by(e.id)))
