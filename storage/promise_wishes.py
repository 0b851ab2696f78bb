"""What people wish about being asked: later, or not at all; and whether somebody is to be asked at this moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_asking import FRESH, looked_after, over
from domain.promises import Axis, Verdict
from storage import promise_helpers, promise_people, promises, telling
from storage.new_rows import insert_new
from storage.promises import Dossier
from storage.tables.promises import promise_tasks


async def may_ask_watcher(db: AsyncConnection, *, promise_id: int, person_id: int, now: datetime) -> bool:
    """Is it still true? Between the reminder and this moment they may have told, or have left the group."""
    dossier = await promises.dossier(db, promise_id=promise_id)
    if not looked_after(_verdict(dossier, now)) or not await _open(db, dossier, person_id, now):
        return False
    community_id = dossier.new.community_id
    return person_id in await promise_people.watchers(db, promise_id=promise_id, community_id=community_id)


async def may_ask_official(db: AsyncConnection, *, promise_id: int, person_id: int, now: datetime) -> bool:
    dossier = await promises.dossier(db, promise_id=promise_id)
    if over(_verdict(dossier, now)) or not await _open(db, dossier, person_id, now):
        return False
    officials = await promise_helpers.answering(db, dossier)
    return person_id in officials


def _verdict(dossier: Dossier, now: datetime) -> Verdict:
    return dossier.verdict(now.date())  # in any zone: only what was told makes it over


async def _open(db: AsyncConnection, dossier: Dossier, person_id: int, now: datetime) -> bool:
    voiced = dossier.last(Axis.VOICE)
    told = (one for one in dossier.told if one.person_id == person_id and one.kind != promises.RECORDED)
    if any(now - one.at < FRESH for one in told if voiced is None or one.number > voiced.number):
        return False
    until = await _snoozed_until(db, dossier.id, person_id)
    return until is None or until <= now


async def snooze(
    db: AsyncConnection, *, promise_id: int, person_id: int, until: datetime, conversation: str, now: datetime
) -> None:
    """They are asked again then, whatever else is due before."""
    await _keep(db, promise_id, person_id, {"snoozed_until": until})
    thing = f"promise:{promise_id}:again:{until.date()}"
    args = {"promise": promise_id}
    await telling.tell(
        db, person_id=person_id, thing=thing, conversation=conversation, args=args, now=now, due_at=until
    )


async def not_mine(db: AsyncConnection, *, promise_id: int, person_id: int, now: datetime) -> None:
    """When nobody is left who looks, the coordinators hear of it: a promise must not be watched by no one."""
    await _keep(db, promise_id, person_id, {"not_mine_at": now})
    new = (await promises.dossier(db, promise_id=promise_id)).new
    if not await promise_people.watchers(db, promise_id=promise_id, community_id=new.community_id):
        await _tell_coordinators(db, promise_id, now)


async def _tell_coordinators(db: AsyncConnection, promise_id: int, now: datetime) -> None:
    dossier = await promises.dossier(db, promise_id=promise_id)
    await telling.tell_all(
        db,
        people_ids=await promise_people.coordinators(db, municipality_id=dossier.municipality_id),
        thing=f"promise:{promise_id}:unwatched",
        conversation="promise_unwatched",
        args={"promise": promise_id},
        now=now,
    )


async def _keep(db: AsyncConnection, promise_id: int, person_id: int, values: dict[str, datetime]) -> None:
    key = {"promise_id": promise_id, "person_id": person_id}
    await db.execute(insert_new(db.dialect, promise_tasks), [key])
    here = (promise_tasks.c.promise_id == promise_id, promise_tasks.c.person_id == person_id)
    await db.execute(promise_tasks.update().where(*here).values(**values))


async def _snoozed_until(db: AsyncConnection, promise_id: int, person_id: int) -> datetime | None:
    here = (promise_tasks.c.promise_id == promise_id, promise_tasks.c.person_id == person_id)
    return (await db.execute(select(promise_tasks.c.snoozed_until).where(*here))).scalar()
