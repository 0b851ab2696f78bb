"""Photos of what was seen of a promise: shown to everybody once somebody else of the desk or group has looked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import OPEN, Life
from domain.people import Action
from domain.promises import Axis
from domain.refusal import Refused
from storage import promise_people
from storage.tables.board import promise_photos
from storage.tables.promises import promise_events, promise_witnesses, promises
from storage.tables.turns import media

e, w, p, looked = promise_events.c, promise_witnesses.c, promises.c, promise_photos.c
SEEN = (Axis.GROUP.value, Axis.VOICE.value)


@dataclass(frozen=True, slots=True)
class Photo:
    event_id: int
    promise_id: int
    media_id: str


def _photos() -> Select[Any]:
    """What people saw; its witness row is gone once that person is forgotten, and the photo with it."""
    source = promise_witnesses.join(promise_events, e.id == w.event_id).join(promises, p.id == e.promise_id)
    source = source.join(media, media.c.id == w.media_id).outerjoin(promise_photos, looked.event_id == e.id)
    query = select(e.id, e.promise_id, w.media_id).select_from(source)
    return query.where(e.kind.in_(SEEN), media.c.state == "ready")


async def waiting(
    db: AsyncConnection, *, communities: Collection[int], reader_id: int, since: datetime | None = None
) -> list[Photo]:
    """Those nobody has looked at, but for one's own: the oldest first."""
    query = _photos().where(p.community_id.in_(communities), looked.event_id.is_(None), w.person_id != reader_id)
    query = query.where(e.at >= since) if since else query
    return [Photo(*row) for row in await db.execute(query.order_by(e.id))]


async def communities(db: AsyncConnection, *, since: datetime) -> set[int]:
    """In which of them any wait that were taken since then: most days in none."""
    query = _photos().with_only_columns(p.community_id).where(looked.event_id.is_(None), e.at >= since)
    return set((await db.execute(query.distinct())).scalars())


async def decide(db: AsyncConnection, *, event_id: int, life: Life, by: int, now: datetime) -> None:
    """It can always be decided anew."""
    query = select(p.community_id).join_from(promises, promise_events, e.promise_id == p.id).where(e.id == event_id)
    community_id = (await db.execute(query)).scalar()
    if community_id is None:
        raise Refused("gone")
    await promise_people.require(db, person_id=by, action=Action.RELEASE_WORDS, community_id=community_id)
    said = {"life": life.value, "looked_by": by, "looked_at": now}
    known = (await db.execute(select(looked.event_id).where(looked.event_id == event_id))).first()
    if known is None:
        await db.execute(insert(promise_photos).values(event_id=event_id, **said))
    else:
        await db.execute(update(promise_photos).where(looked.event_id == event_id).values(**said))


async def forget(db: AsyncConnection, *, person_id: int) -> None:
    """What they decided stands."""
    await db.execute(update(promise_photos).where(looked.looked_by == person_id).values(looked_by=None))


async def looked_at_by(db: AsyncConnection, *, person_id: int) -> int:
    query = select(func.count()).select_from(promise_photos).where(looked.looked_by == person_id)
    return int((await db.execute(query)).scalar_one())


async def released(db: AsyncConnection, *, promise_id: int) -> dict[int, int]:
    """The number of the event in its promise → its id, by which the photo is asked for."""
    query = _photos().with_only_columns(e.number, e.id).where(e.promise_id == promise_id, looked.life.in_(OPEN))
    return {row.number: row.id for row in await db.execute(query)}


async def shown(db: AsyncConnection, *, event_id: int) -> str | None:
    """The file, if everybody may see it."""
    query = _photos().with_only_columns(w.media_id).where(e.id == event_id, looked.life.in_(OPEN))
    found: str | None = (await db.execute(query)).scalar()
    return found
