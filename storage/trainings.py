"""Trainings: planned, announced, moved, cancelled, and what people answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.refusal import Refused
from domain.trainings import Answer, Kind, Repeat, Topic, past_reminders, require_ahead, sessions
from storage import roles, telling
from storage.new_rows import insert_new
from storage.tables.trainings import training_invites, trainings
from storage.training_receivers import receivers


@dataclass(frozen=True, slots=True)
class Plan:
    """What a coordinator composed; `community_ids` None is the whole municipality."""

    kind: Kind
    topic: Topic
    words: str | None
    municipality_id: int
    community_ids: Sequence[int] | None
    audience: Sequence[str]
    day: date
    hour: time
    place: str
    repeat: Repeat
    times: int


async def plan(db: AsyncConnection, *, by: int, planned: Plan, now: datetime, zone: ZoneInfo) -> int:
    """Keeps the whole series and announces its first; answers how many people hear of that one."""
    await _require(db, by, planned.municipality_id)
    common: dict[str, Any] = {
        "kind": planned.kind,
        "topic": planned.topic,
        "words": planned.words,
        "place": planned.place,
    }
    common |= {"municipality_id": planned.municipality_id, "audience": list(planned.audience)}
    common |= {"community_ids": None if planned.community_ids is None else list(planned.community_ids)}
    series_id = None
    for session in sessions(planned.day, planned.hour, planned.repeat, planned.times, now=now, tz=zone):
        row = {**common, "series_id": series_id, "number": session.number, "starts_at": session.starts_at}
        row |= {"announce_at": session.announce_at, "created_by": by, "created_at": now}
        new = (await db.execute(insert(trainings).returning(trainings.c.id), [row])).scalar_one()
        series_id = series_id or new
    return await announce(db, training_id=series_id or 0, now=now, zone=zone)


async def announce(db: AsyncConnection, *, training_id: int, now: datetime, zone: ZoneInfo) -> int:
    """Invites everybody it is for; answers how many. Done once: a second call finds it announced."""
    row = await _row(db, training_id)
    reminded = past_reminders(row.starts_at, now, zone)
    mine = update(trainings).where(trainings.c.id == training_id, trainings.c.announced_at.is_(None))
    if (await db.execute(mine.values(announced_at=now, reminded=reminded))).rowcount != 1:
        return 0
    ids = await receivers(
        db, municipality_id=row.municipality_id, community_ids=row.community_ids, audience=row.audience
    )
    if ids:
        await db.execute(
            insert_new(db.dialect, training_invites), [{"training_id": training_id, "person_id": one} for one in ids]
        )
    thing = f"training:{training_id}:invite"
    args = {"training": training_id, "moved": 0}
    await telling.tell_all(db, people_ids=ids, thing=thing, conversation="training_invite", args=args, now=now)
    return len(ids)


async def move(
    db: AsyncConnection,
    *,
    by: int,
    training_id: int,
    starts_at: datetime,
    place: str | None,
    now: datetime,
    zone: ZoneInfo,
) -> int:
    """Another time, and perhaps another place; answers how many people hear of it."""
    row = await _changeable(db, by, training_id)
    require_ahead(starts_at, now)
    moved = row.moved + 1
    values = {"starts_at": starts_at, "place": place or row.place, "moved": moved}
    values |= {"reminded": past_reminders(starts_at, now, zone)}
    await db.execute(update(trainings).where(trainings.c.id == training_id).values(**values))
    thing, args = f"training:{training_id}:moved:{moved}", {"training": training_id, "moved": moved}
    return await tell_who_may_come(
        db, thing=thing, coming="training_moved", unanswered="training_invite", args=args, now=now
    )


async def cancel(db: AsyncConnection, *, by: int, training_id: int, following: bool, now: datetime) -> int:
    """`following` cancels what comes after it in its series too; answers how many people hear of it."""
    row = await _changeable(db, by, training_id)
    later = trainings.c.id == training_id
    if following:
        same = or_(trainings.c.series_id == (row.series_id or row.id), trainings.c.id == training_id)
        later = same & (trainings.c.number >= row.number)
    ids = list((await db.execute(select(trainings.c.id).where(later, trainings.c.cancelled_at.is_(None)))).scalars())
    await db.execute(update(trainings).where(trainings.c.id.in_(ids)).values(cancelled_at=now))
    told = 0
    for each in ids:
        told += await _tell_cancelled(db, each, now)
    return told


async def _tell_cancelled(db: AsyncConnection, training_id: int, now: datetime) -> int:
    thing, said = f"training:{training_id}:cancelled", "training_cancelled"
    return await tell_who_may_come(
        db, thing=thing, coming=said, unanswered=said, args={"training": training_id}, now=now
    )


async def answer(db: AsyncConnection, *, person_id: int, training_id: int, said: Answer, now: datetime) -> None:
    """Coming or not; may be changed until it begins."""
    row = await _row(db, training_id)
    if row.cancelled_at is not None or row.starts_at <= now:
        raise Refused("training_is_over")
    own = update(training_invites).where(
        training_invites.c.training_id == training_id, training_invites.c.person_id == person_id
    )
    if (await db.execute(own.values(answer=said, answered_at=now))).rowcount != 1:
        raise Refused("not_allowed")


async def tell_who_may_come(
    db: AsyncConnection, *, thing: str, coming: str, unanswered: str, args: dict[str, Any], now: datetime
) -> int:
    """Begins one conversation with who said that they come, and another with who has not answered; who stays away
    is left alone. Answers how many are told."""
    told = 0
    for conversation, its_answer in ((coming, Answer.COMING), (unanswered, None)):
        query = select(training_invites.c.person_id).where(
            training_invites.c.training_id == args["training"],
            training_invites.c.answer.is_not_distinct_from(its_answer),
        )
        ids = list((await db.execute(query.order_by(training_invites.c.person_id))).scalars())
        await telling.tell_all(db, people_ids=ids, thing=thing, conversation=conversation, args=args, now=now)
        told += len(ids)
    return told


async def _changeable(db: AsyncConnection, by: int, training_id: int) -> Row[Any]:
    row = await _row(db, training_id)
    await _require(db, by, row.municipality_id)
    if row.cancelled_at is not None:
        raise Refused("training_is_over")
    return row


async def _row(db: AsyncConnection, training_id: int) -> Row[Any]:
    row = (await db.execute(select(trainings).where(trainings.c.id == training_id))).first()
    if row is None:
        raise Refused("gone")
    return row


async def _require(db: AsyncConnection, by: int, municipality_id: int) -> None:
    await roles.require(db, person_id=by, action=Action.ANNOUNCE_TRAINING, municipality_id=municipality_id)
