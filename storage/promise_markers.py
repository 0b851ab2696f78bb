"""The gender marker of a promise: events of its chain, the group's proposals and the municipality's answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.markers import Answer, Level, Marker, Proposal, Standing
from domain.people import Action, Role
from domain.refusal import Refused
from storage import ledger, promise_people, promises, telling
from storage.ledger import Witness
from storage.promises import Dossier, Told
from storage.tables.promises import promises as promises_table
from storage.tables.roles import roles

MARKER = "marker"
GROUP, OFFICE = "group", "office"  # whose word an event is


async def propose(
    db: AsyncConnection, *, promise_id: int, person_id: int, proposal: Proposal, on: date, now: datetime
) -> None:
    """For the group; the focal points hear of it."""
    one = await _permitted(db, promise_id, person_id, Action.PROPOSE_MARKER)
    body = {"side": GROUP, "level": int(proposal.level), "why": proposal.why, "gains": proposal.gains}
    body |= {"loses": proposal.loses, "indicator": proposal.indicator, "baseline": proposal.baseline}
    event_id = await _tell(db, promise_id, person_id, body, on, now)
    people = await focal_points(db, municipality_id=one.municipality_id)
    thing, args = f"marker:{event_id}", {"promise": promise_id}
    await telling.tell_all(db, people_ids=people, thing=thing, conversation="marker_answer", args=args, now=now)


async def answer(
    db: AsyncConnection,
    *,
    promise_id: int,
    person_id: int,
    number: int,
    said: tuple[Level, str | None],
    on: date,
    now: datetime,
) -> None:
    """`number` is of the proposal that was read: one that came since is not answered by it."""
    one = await _permitted(db, promise_id, person_id, Action.ANSWER_MARKER)
    newest = _proposed(one)
    if newest is None or newest.number != number or marker(one).answer is not None:
        raise Refused("marker_changed")
    level, why = said
    office = await _office(db, person_id, one.municipality_id)
    body = {"side": OFFICE, "level": int(level), "why": why, "office": office, "to": number}
    await _tell(db, promise_id, person_id, body, on, now)


async def _permitted(db: AsyncConnection, promise_id: int, person_id: int, action: Action) -> Dossier:
    one = await promises.dossier(db, promise_id=promise_id)
    await promise_people.require(db, person_id=person_id, action=action, community_id=one.new.community_id)
    return one


async def _tell(
    db: AsyncConnection, promise_id: int, person_id: int, body: dict[str, Any], on: date, now: datetime
) -> int:
    whole = {**body, "on": on.isoformat()}
    return await ledger.append(db, promise_id=promise_id, kind=MARKER, body=whole, witness=Witness(person_id), now=now)


def marker(dossier: Dossier) -> Marker:
    """What stands, for chats, the board and tables alike."""
    told = _proposed(dossier)
    if told is None:
        return Marker()
    read = {name: told.body[name] for name in ("why", "gains", "loses", "indicator", "baseline")}
    return Marker(Proposal(Level(told.body["level"]), **read), _answer_to(dossier, told.number))


def _answer_to(dossier: Dossier, number: int) -> Answer | None:
    answers = [one.body for one in dossier.told if one.kind == MARKER and one.body.get("to") == number]
    return Answer(Level(answers[-1]["level"]), answers[-1]["office"], answers[-1]["why"]) if answers else None


def _proposed(dossier: Dossier) -> Told | None:
    proposals = [one for one in dossier.told if one.kind == MARKER and one.body["side"] == GROUP]
    return proposals[-1] if proposals else None


def proposal_number(dossier: Dossier) -> int:
    """Of the event that the newest proposal is; 0 where there is none."""
    told = _proposed(dossier)
    return told.number if told else 0


async def to_propose(db: AsyncConnection, *, person_id: int) -> list[Dossier]:
    """Those of the group's promises that count; those without a marker first."""
    found = await _within(db, person_id, Action.PROPOSE_MARKER)
    return sorted(found, key=lambda one: marker(one).standing is not Standing.NONE)


async def to_answer(db: AsyncConnection, *, person_id: int) -> list[Dossier]:
    found = await _within(db, person_id, Action.ANSWER_MARKER)
    return [one for one in found if marker(one).standing is Standing.PROPOSED]


async def _within(db: AsyncConnection, person_id: int, action: Action) -> list[Dossier]:
    where = await promise_people.communities_where(db, person_id=person_id, action=action)
    query = select(promises_table.c.id).where(promises_table.c.community_id.in_(where))
    found = await promises.dossiers(db, ids=list((await db.execute(query)).scalars()))
    return [one for one in found if one.counted]


async def focal_points(db: AsyncConnection, *, municipality_id: int) -> list[int]:
    rows = await db.execute(select(roles.c.person_id).where(*_in_office(municipality_id)))
    return sorted(set(rows.scalars()))


async def _office(db: AsyncConnection, person_id: int, municipality_id: int) -> str:
    here = (*_in_office(municipality_id), roles.c.person_id == person_id)
    query = select(roles.c.office).where(*here).order_by(roles.c.id).limit(1)
    return (await db.execute(query)).scalar_one() or ""


def _in_office(municipality_id: int) -> tuple[Any, ...]:
    r = roles.c
    here = (r.role == Role.FOCAL_POINT, r.municipality_id == municipality_id)
    return (*here, r.confirmed_at.is_not(None), r.ended_at.is_(None))
