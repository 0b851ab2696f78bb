"""Promises as they are added to by both sides, and read with everything that was said and seen of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import promise_hold, promise_status
from domain import promises as rules
from domain.people import Action
from domain.promises import Axis, Finding, Promise, Source, Vague, Verdict, Word
from domain.refusal import Refused
from storage import (
    group_rules,
    ledger,
    promise_asking,
    promise_held,
    promise_helpers,
    promise_people,
    promise_states,
    telling,
)
from storage.jsontext import loads
from storage.ledger import Witness
from storage.promise_people import Answerer
from storage.tables.places import villages
from storage.tables.promises import promise_events, promise_witnesses, promises

RECORDED, CONFIRMED, CORRECTED = "recorded", "confirmed", "corrected"
NOTE, SPLIT, JOINED, HANDED = "note", "split", "joined", "handed"  # further kinds of events


@dataclass(frozen=True, slots=True)
class Document:
    """Where it can be read up: a number in a registry, and the SHA-256 of the file where there is one."""

    number: str | None = None
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class NewPromise:
    """`need_id` for a need that was released, `kind` alone for one that was not; neither when it is for none.
    `parent_id` is the promise of which it is a part."""

    community_id: int
    village_id: int | None
    need_id: int | None
    kind: str | None
    speaker: str
    office: str
    words: str
    made_on: date
    due: date | Vague
    source: Source = Source.ROUND_TABLE
    document: Document | None = None
    parent_id: int | None = None

    @property
    def promise(self) -> Promise:
        return Promise(self.made_on, self.due)


@dataclass(frozen=True, slots=True)
class Told:
    """One event. `person_id`, `note`, `media_id` and `place` are empty once that person is erased."""

    number: int
    kind: str
    at: datetime
    body: dict[str, Any]
    person_id: int | None
    note: str | None
    media_id: str | None
    place: str | None = None

    @property
    def by(self) -> int:
        """Tells people of one promise apart; negative where nobody can say any more who it was."""
        return self.person_id or -int(self.body.get("by", self.number))

    @property
    def photo(self) -> bool:
        return bool(self.body.get("photo", self.media_id is not None))


@dataclass(frozen=True)
class Dossier:
    """A promise with its whole story."""

    id: int
    municipality_id: int
    new: NewPromise
    told: Sequence[Told]

    @cached_property
    def story(self) -> list[rules.Event]:
        return [event for one in self.told if (event := _event(one)) is not None]

    def verdict(self, today: date) -> Verdict:
        """As everybody reads it: without what the office hears first."""
        shown = self.shown(today)
        return promise_status.status(shown.new.promise, shown.story, today, shown.split_on)

    def shown(self, today: date) -> Dossier:
        """What everybody may read on that day."""
        held = {one.number for one in self.held(today)}
        return replace(self, told=[one for one in self.told if one.number not in held]) if held else self

    def held(self, today: date) -> list[Told]:
        """Looks and voices of which the office hears before everybody reads them."""
        waiting = 0 if self.split_on else promise_hold.held(self.new.promise, self.story, today)
        return [one for one in self.told if one.kind in set(Axis)][-waiting:] if waiting else []

    def coming(self, today: date) -> tuple[Verdict, date] | None:
        """How it will stand when what is held is shown, and from which day."""
        held = self.held(today)
        if not held:
            return None
        day = promise_hold.shown_from(date.fromisoformat(held[0].body["on"]))
        return promise_status.status(self.new.promise, self.story, day, self.split_on), day

    @property
    def split_on(self) -> date | None:
        split = self.last(SPLIT)
        return date.fromisoformat(split.body["on"]) if split else None

    @property
    def parts(self) -> list[int]:
        split = self.last(SPLIT)
        return list(split.body["parts"]) if split else []

    @property
    def checked_on(self) -> date | None:
        """The last time that anybody of the group really looked."""
        looked = [one for one in self.told if one.kind == Axis.GROUP and one.body["value"] != Finding.NOT_CHECKED]
        return date.fromisoformat(looked[-1].body["on"]) if looked else None

    @property
    def counted(self) -> bool:
        """A candidate's words are kept apart, and a promise in parts is counted by its parts."""
        return self.new.source is not Source.CANDIDATE and self.split_on is None

    @property
    def answerer(self) -> Answerer:
        """Who answers for it: as it was spoken, or to whom it was handed over last."""
        handed = self.last(HANDED)
        if handed:
            return Answerer(handed.body["name"], handed.body["office"])
        return Answerer(self.new.speaker, self.new.office)

    def last(self, kind: str) -> Told | None:
        return next((one for one in reversed(self.told) if one.kind == kind), None)

    def sights(self) -> list[Told]:
        """The last thing that each of the group has seen, in the order in which they told it."""
        latest = {one.by: one for one in self.told if one.kind == Axis.GROUP}
        return sorted(latest.values(), key=lambda one: one.number)


def _event(told: Told) -> rules.Event | None:
    if told.kind not in set(Axis):
        return None
    due = told.body.get("due") if told.kind == Axis.SCHEDULE else None
    return rules.event(
        Axis(told.kind),
        told.body["value"],
        date.fromisoformat(told.body["on"]),
        date.fromisoformat(due) if due else None,
        by=told.by,
        photo=told.photo,
        weight=int(told.body.get("weight", 1)),
    )


async def add(
    db: AsyncConnection,
    *,
    promise_id: int,
    kind: str,
    body: dict[str, Any],
    witness: Witness,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """One more event, with its day; who may tell it is checked by whoever calls. What is reckoned from the events is
    reckoned again."""
    body = {**body, "on": now.astimezone(zone).date().isoformat()}
    await ledger.append(db, promise_id=promise_id, kind=kind, body=body, witness=witness, now=now)
    one = await dossier(db, promise_id=promise_id)
    verdict = one.verdict(now.astimezone(zone).date())
    await promise_states.keep(db, [one], now=now, zone=zone)
    again: dict[str, Any] = {"promise_id": promise_id, "made_on": one.new.made_on, "verdict": verdict}
    again["kind"] = await promise_states.kind_of(db, promise_id=promise_id)
    await promise_asking.reckon(db, **again, now=now, zone=zone)
    await promise_held.tell(db, one, now=now, zone=zone)


async def see(
    db: AsyncConnection, *, promise_id: int, finding: Finding, witness: Witness, now: datetime, zone: ZoneInfo
) -> None:
    """What a member of the group saw on the ground."""
    one = await dossier(db, promise_id=promise_id)
    here = {"community_id": one.new.community_id}
    await promise_people.require(db, person_id=witness.person_id, action=Action.CHECK_PROMISE, **here)
    weight = await group_rules.weight(db, person_id=witness.person_id, village_id=one.new.village_id, **here)
    body = {"value": finding.value, "by": number_of(one, witness.person_id), "weight": weight}
    body["photo"] = witness.media_id is not None
    await add(db, promise_id=promise_id, kind=Axis.GROUP, body=body, witness=witness, now=now, zone=zone)


def number_of(one: Dossier, person_id: int) -> int:
    """Tells those apart who looked at one promise, in a body that anybody may read: it names nobody."""
    known = {told.person_id: told.body["by"] for told in one.told if "by" in told.body}
    taken = [int(told.body["by"]) for told in one.told if "by" in told.body]
    return int(known.get(person_id, max(taken, default=0) + 1))


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
    paper: str | None = None,
) -> None:
    """What the official says of it. A new day is a wish until the group has agreed, so the old one stands. `paper` says
    what the file of the witness is: "document" or "photo"."""
    await require_office(db, promise_id=promise_id, person_id=witness.person_id)
    body = {"value": word.value, "why": why, "new_due": new_due.isoformat() if new_due else None}
    body |= {"paper": paper} if paper else {}
    await add(db, promise_id=promise_id, kind=Axis.OFFICIAL, body=body, witness=witness, now=now, zone=zone)
    await _ask_leaders(db, promise_id, now, zone)


async def _ask_leaders(db: AsyncConnection, promise_id: int, now: datetime, zone: ZoneInfo) -> None:
    """What the official wishes waits for the group's answer."""
    one = await dossier(db, promise_id=promise_id)
    wish = one.last(Axis.OFFICIAL)
    if wish is None or one.verdict(now.astimezone(zone).date()).wish is None:
        return
    await telling.tell_all(
        db,
        people_ids=await promise_people.leaders(db, community_id=one.new.community_id),
        thing=f"promise:{promise_id}:wish:{wish.number}",
        conversation="promise_wish",
        args={"promise": promise_id, "wish": wish.number},
        now=now,
    )


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
    officials = await promise_helpers.answering(db, one)
    if person_id not in officials:
        raise Refused("not_allowed")


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
    w = promise_witnesses.c
    events = select(promise_events, w.person_id, w.note, w.media_id, w.place)
    events = events.outerjoin(promise_witnesses, w.event_id == promise_events.c.id)
    events = events.where(promise_events.c.promise_id.in_(list(told)))
    for each in await db.execute(events.order_by(promise_events.c.promise_id, promise_events.c.number)):
        witness = (each.person_id, each.note, each.media_id, each.place)
        told[each.promise_id].append(Told(each.number, each.kind, each.at, loads(each.body), *witness))
    return [Dossier(row.id, row.municipality_id, _new(row, told[row.id]), told[row.id]) for row in rows]


def _new(row: Row[Any], told: Sequence[Told]) -> NewPromise:
    """What its first event says beside the columns was learned to be told later than the columns were made."""
    body = told[0].body if told else {}
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
        Source(body.get("source", Source.ROUND_TABLE)),
        Document(**body["document"]) if body.get("document") else None,
        body.get("parent"),
    )
