"""Tells those who follow a promise that it stands otherwise than before; their own turn says it, one a day."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promises import Status
from storage import inbox, promise_follows, promises
from storage.promises import Dossier

MOST = 500  # at once: the others come with the next sweep


async def sweep(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> int:
    """Answers how many people will hear something."""
    today = now.astimezone(zone).date()
    ids = await promise_follows.unheard(db, midnight=datetime.combine(today, time(), zone), most=MOST)
    before = await promise_follows.statuses(db, ids=ids)
    told = 0
    for dossier in await promises.dossiers(db, ids=ids):
        status = dossier.verdict(today).status
        if before.get(dossier.id, status) != status:
            told += await _tell(db, dossier, status, now)
        await promise_follows.looked(db, promise_id=dossier.id, status=status, now=now)
    return told


async def _tell(db: AsyncConnection, dossier: Dossier, status: Status, now: datetime) -> int:
    people = await promise_follows.listeners(db, dossier=dossier)
    args = {"promise": dossier.id, "status": status.value}
    thing = f"promise:{dossier.id}:news:{len(dossier.told)}:{status}"
    await inbox.tell_all(db, people_ids=people, thing=thing, conversation="promise_news", args=args, now=now)
    return len(people)


async def next_due(db: AsyncConnection, after: datetime, zone: ZoneInfo) -> datetime | None:
    """It goes along with the other sweeps: nobody waits for it at a certain moment."""
    return None
