"""What is known of trainings: by those who are invited, and by the coordinator who watches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, false, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.refusal import Refused
from domain.trainings import Answer
from storage import roles as storage_roles
from storage import sweeps
from storage.tables.people import people
from storage.tables.places import villages
from storage.tables.roles import roles
from storage.tables.trainings import training_invites, trainings
from storage.tables.turns import outbox

KEPT_IN_SIGHT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Training:
    """`answer` is that of the person who looks, where they are invited."""

    id: int
    kind: str
    topic: str
    words: str | None
    starts_at: datetime
    place: str
    moved: int
    cancelled: bool
    in_series: bool
    answer: str | None = None

    def stands(self, now: datetime) -> bool:
        return not self.cancelled and self.starts_at > now


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an announcement has come: delivered, still on its way, not delivered; and what was answered."""

    invited: int
    sent: int
    waiting: int
    failed: int
    coming: int
    not_coming: int


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who comes; `name`, `office` and `role` only where they hold one."""

    name: str | None
    office: str | None
    role: str | None
    village_ka: str | None
    village_en: str | None


_COLUMNS: tuple[Any, ...] = tuple(
    trainings.c[name]
    for name in ("id", "kind", "topic", "words", "starts_at", "place", "moved", "cancelled_at", "series_id")
)
# Built once: thousands are told of a training in one go, each in a turn of their own.
_OF_PERSON: Select[Any] = (
    select(*_COLUMNS, false().label("more"), training_invites.c.answer)
    .join(training_invites, training_invites.c.training_id == trainings.c.id)
    .where(training_invites.c.person_id == bindparam("person"))
)
_INVITED = _OF_PERSON.where(trainings.c.id == bindparam("training"))
_SHOWN = (
    update(training_invites)
    .where(training_invites.c.training_id == bindparam("training"), training_invites.c.person_id == bindparam("person"))
    .values(shown_after=select(people.c.seq).where(people.c.id == bindparam("person")).scalar_subquery())
)


async def invited(db: AsyncConnection, *, person_id: int, training_id: int) -> Training | None:
    """None unless this person is invited."""
    row = (await db.execute(_INVITED, {"person": person_id, "training": training_id})).first()
    return None if row is None else _training(row)


async def ahead(db: AsyncConnection, *, person_id: int, now: datetime) -> list[Training]:
    """What this person is invited to and has not begun yet."""
    query = _OF_PERSON.where(trainings.c.starts_at > now, trainings.c.cancelled_at.is_(None))
    rows = await db.execute(query.order_by(trainings.c.starts_at), {"person": person_id})
    return [_training(row) for row in rows]


async def any_ahead(db: AsyncConnection, *, person_id: int) -> bool:
    """For a menu, which has no clock at hand: what was still ahead when the clock last swept."""
    swept = await sweeps.last(db)
    query = select(trainings.c.id).join(training_invites, training_invites.c.training_id == trainings.c.id)
    query = query.where(training_invites.c.person_id == person_id, trainings.c.cancelled_at.is_(None))
    if swept is not None:
        query = query.where(trainings.c.starts_at > swept)
    return (await db.execute(query.limit(1))).first() is not None


async def one(db: AsyncConnection, *, training_id: int) -> Training:
    """As everybody may see it."""
    row = (await db.execute(_watched().where(trainings.c.id == training_id))).first()
    if row is None:
        raise Refused("gone")
    return _training(row)


async def watched(db: AsyncConnection, *, by: int, now: datetime) -> list[Training]:
    """All that this coordinator may look at: what comes, soonest first, then what was."""
    query = _watched().where(trainings.c.starts_at > now - KEPT_IN_SIGHT)
    where = await storage_roles.municipalities_where(db, person_id=by, action=Action.ANNOUNCE_TRAINING)
    if where is not None:
        query = query.where(trainings.c.municipality_id.in_(where))
    found = [_training(row) for row in await db.execute(query.order_by(trainings.c.starts_at))]
    return [one for one in found if one.starts_at > now] + [one for one in reversed(found) if one.starts_at <= now]


async def watch(db: AsyncConnection, *, by: int, training_id: int) -> Training:
    await _require(db, by, training_id)
    return _training((await db.execute(_watched().where(trainings.c.id == training_id))).one())


async def progress(db: AsyncConnection, *, by: int, training_id: int) -> Progress:
    await _require(db, by, training_id)
    answers = await _counted(db, training_invites.c.answer, training_id)
    carried = await _carried(db, training_id)
    invited = sum(answers.values())
    sent = sum(carried.get(status, 0) for status in ("sent", "stream", "replaced"))
    failed = sum(carried.get(status, 0) for status in ("failed", "refused"))
    coming, not_coming = answers.get(Answer.COMING, 0), answers.get(Answer.NOT_COMING, 0)
    return Progress(invited, sent, invited - sent - failed, failed, coming, not_coming)


async def coming(db: AsyncConnection, *, by: int, training_id: int) -> list[Coming]:
    """For the desk alone. Somebody with two roles is named once, by the first."""
    await _require(db, by, training_id)
    source = training_invites.join(people, people.c.id == training_invites.c.person_id)
    source = source.outerjoin(villages, villages.c.id == people.c.village_id)
    held = (roles.c.person_id == people.c.id) & roles.c.ended_at.is_(None)
    columns = (people.c.id, roles.c.name, roles.c.office, roles.c.role, villages.c.name_ka, villages.c.name_en)
    query = select(*columns).select_from(source.outerjoin(roles, held))
    query = query.where(training_invites.c.training_id == training_id, training_invites.c.answer == Answer.COMING)
    found: dict[int, Coming] = {}
    for person_id, *rest in await db.execute(query.order_by(people.c.id, roles.c.id)):
        found.setdefault(person_id, Coming(*rest))
    return list(found.values())


async def shown(db: AsyncConnection, *, person_id: int, training_id: int) -> None:
    """Notes that the next message to this person carries the invitation, so that its delivery can be watched."""
    await db.execute(_SHOWN, {"person": person_id, "training": training_id})


async def _carried(db: AsyncConnection, training_id: int) -> dict[str, int]:
    """The status of the messages that carried the invitation, counted."""
    i, o = training_invites.c, outbox.alias()
    first = select(func.min(o.c.seq)).where(
        o.c.person_id == i.person_id, o.c.seq > i.shown_after, o.c.kind == "message"
    )
    on = (outbox.c.person_id == i.person_id) & (outbox.c.seq == first.correlate(training_invites).scalar_subquery())
    query = select(outbox.c.status, func.count()).select_from(training_invites.join(outbox, on))
    return _as_counts(await db.execute(query.where(i.training_id == training_id).group_by(outbox.c.status)))


async def _counted(db: AsyncConnection, column: Any, training_id: int) -> dict[str, int]:
    query = select(column, func.count()).where(training_invites.c.training_id == training_id).group_by(column)
    return _as_counts(await db.execute(query))


def _as_counts(rows: Any) -> dict[str, int]:
    return dict(rows.all())


def _watched() -> Select[Any]:
    """Without an answer: who watches need not be invited."""
    followers = trainings.alias()
    more = select(followers.c.id).where(followers.c.series_id == trainings.c.id).correlate(trainings).exists()
    return select(*_COLUMNS, more.label("more"), null().label("answer"))


def _training(row: Row[Any]) -> Training:
    in_series = row.series_id is not None or bool(row.more)
    head = (row.id, row.kind, row.topic, row.words, row.starts_at, row.place, row.moved)
    return Training(*head, row.cancelled_at is not None, in_series, row.answer)


async def _require(db: AsyncConnection, by: int, training_id: int) -> None:
    query = select(trainings.c.municipality_id).where(trainings.c.id == training_id)
    municipality_id = (await db.execute(query)).scalar()
    if municipality_id is None:
        raise Refused("gone")
    await storage_roles.require(db, person_id=by, action=Action.ANNOUNCE_TRAINING, municipality_id=municipality_id)
