"""Promises as they are added to by both sides, and read with everything that was said and seen of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import promises as rules
from domain.people import Action
from domain.promises import Axis, Finding, Promise, Vague, Verdict, Word
from domain.refusal import Refused
from storage import ledger, promise_asking, promise_people
from storage.jsontext import loads
from storage.ledger import Witness
from storage.tables.places import villages
from storage.tables.promises import promise_events, promise_witnesses, promises

RECORDED, CONFIRMED, CORRECTED = "recorded", "confirmed", "corrected"


@dataclass(frozen=True, slots=True)
class NewPromise:
    """`need_id` for a need that was released, `kind` alone for one that was not; neither when it is for none."""

    community_id: int
    village_id: int | None
    need_id: int | None
    kind: str | None
    speaker: str
    office: str
    words: str
    made_on: date
    due: date | Vague

    @property
    def promise(self) -> Promise:
        return Promise(self.made_on, self.due)


@dataclass(frozen=True, slots=True)
class Told:
    """One event. `person_id`, `note` and `media_id` are empty once that person is erased."""

    number: int
    kind: str
    at: datetime
    body: dict[str, Any]
    person_id: int | None
    note: str | None
    media_id: str | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A promise with its whole story."""

    id: int
    municipality_id: int
    new: NewPromise
    told: Sequence[Told]

    @property
    def story(self) -> list[rules.Event]:
        return [event for one in self.told if (event := _event(one)) is not None]

    def verdict(self, today: date) -> Verdict:
        return rules.status(self.new.promise, self.story, today)

    def last(self, kind: str) -> Told | None:
        return next((one for one in reversed(self.told) if one.kind == kind), None)

    def sights(self) -> list[Told]:
        """The last thing that each of the group has seen, in the order in which they told it."""
        latest = {one.person_id or -one.number: one for one in self.told if one.kind == Axis.GROUP}
        return sorted(latest.values(), key=lambda one: one.number)


def _event(told: Told) -> rules.Event | None:
    if told.kind not in {Axis.OFFICIAL, Axis.GROUP, Axis.SCHEDULE}:
        return None
    due = told.body.get("due") if told.kind == Axis.SCHEDULE else None
    day = date.fromisoformat(told.body["on"])
    return rules.event(Axis(told.kind), told.body["value"], day, date.fromisoformat(due) if due else None)


async def see(
    db: AsyncConnection, *, promise_id: int, finding: Finding, witness: Witness, now: datetime, zone: ZoneInfo
) -> None:
    """What a member of the group saw on the ground."""
    one = await dossier(db, promise_id=promise_id)
    await promise_people.require(
        db, person_id=witness.person_id, action=Action.CHECK_PROMISE, community_id=one.new.community_id
    )
    body = {"value": finding.value, "on": _today(now, zone)}
    await ledger.append(db, promise_id=promise_id, kind=Axis.GROUP, body=body, witness=witness, now=now)
    await _after(db, promise_id, now, zone)


async def say(
    db: AsyncConnection,
    *,
    promise_id: int,
    word: Word,
    witness: Witness,
    why: str | None,
    new_due: date | None,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """What the official says of it. A new day is a wish until the group has agreed, so the old one stands."""
    await require_office(db, promise_id=promise_id, person_id=witness.person_id)
    body = {"value": word.value, "on": _today(now, zone), "why": why}
    body["new_due"] = new_due.isoformat() if new_due else None
    await ledger.append(db, promise_id=promise_id, kind=Axis.OFFICIAL, body=body, witness=witness, now=now)
    await _after(db, promise_id, now, zone)


async def confirm(db: AsyncConnection, *, promise_id: int, person_id: int, now: datetime) -> None:
    """The official says that it was written down rightly."""
    await require_office(db, promise_id=promise_id, person_id=person_id)
    await ledger.append(db, promise_id=promise_id, kind=CONFIRMED, body={}, witness=Witness(person_id), now=now)


async def correct(db: AsyncConnection, *, promise_id: int, person_id: int, words: str, now: datetime) -> None:
    """What was written down stays as it was; the official's correction stands beside it."""
    await require_office(db, promise_id=promise_id, person_id=person_id)
    body = {"words": words}
    await ledger.append(db, promise_id=promise_id, kind=CORRECTED, body=body, witness=Witness(person_id), now=now)


async def require_office(db: AsyncConnection, *, promise_id: int, person_id: int) -> None:
    one = await dossier(db, promise_id=promise_id)
    officials = await promise_people.officials(db, promise=one.new, municipality_id=one.municipality_id)
    if person_id not in officials:
        raise Refused("not_allowed")


async def _after(db: AsyncConnection, promise_id: int, now: datetime, zone: ZoneInfo) -> None:
    one = await dossier(db, promise_id=promise_id)
    await promise_asking.reckon(
        db, promise_id=promise_id, made_on=one.new.made_on, verdict=one.verdict(_day(now, zone)), now=now, zone=zone
    )


def _day(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def _today(now: datetime, zone: ZoneInfo) -> str:
    return _day(now, zone).isoformat()


async def dossier(db: AsyncConnection, *, promise_id: int) -> Dossier:
    found = await _dossiers(db, select(promises).where(promises.c.id == promise_id))
    if not found:
        raise Refused("gone")
    return found[0]


async def of_village(db: AsyncConnection, *, village_id: int) -> list[Dossier]:
    """Those made to the village, and those made to all of its community."""
    here = select(villages.c.community_id).where(villages.c.id == village_id).scalar_subquery()
    to_all = and_(promises.c.community_id == here, promises.c.village_id.is_(None))
    return await _dossiers(db, select(promises).where(or_(promises.c.village_id == village_id, to_all)))


async def dossiers(db: AsyncConnection, *, ids: Sequence[int]) -> list[Dossier]:
    return await _dossiers(db, select(promises).where(promises.c.id.in_(ids)))


async def _dossiers(db: AsyncConnection, query: Select[Any]) -> list[Dossier]:
    rows = (await db.execute(query.order_by(promises.c.made_on, promises.c.id))).all()
    told: dict[int, list[Told]] = {row.id: [] for row in rows}
    events = select(
        promise_events, promise_witnesses.c.person_id, promise_witnesses.c.note, promise_witnesses.c.media_id
    )
    events = events.outerjoin(promise_witnesses, promise_witnesses.c.event_id == promise_events.c.id)
    events = events.where(promise_events.c.promise_id.in_(list(told)))
    for event in await db.execute(events.order_by(promise_events.c.id)):
        one = Told(event.number, event.kind, event.at, loads(event.body), event.person_id, event.note, event.media_id)
        told[event.promise_id].append(one)
    return [Dossier(row.id, row.municipality_id, _new(row), told[row.id]) for row in rows]


def _new(row: Row[Any]) -> NewPromise:
    due = Vague(row.due) if row.due in set(Vague) else date.fromisoformat(row.due)
    return NewPromise(
        row.community_id,
        row.village_id,
        row.need_id,
        row.kind,
        row.speaker,
        row.office,
        row.words,
        row.made_on,
        due,
    )
