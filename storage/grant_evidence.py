"""What stands behind the needs of an application: for its annex, and no number in it can point at a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.asking_again import Result
from domain.counts import K, Ways
from domain.dialogue import Party, Stand
from domain.polls import Origin
from domain.rounds import Outcome, homes
from storage import asking_again, brief_facts, briefs, chosen, counts, dialogues, grant_applications, grants, heads
from storage import promises as kept_promises
from storage.answers import COMPLETE
from storage.brief_facts import Facts
from storage.briefs import Brief
from storage.grants import Call
from storage.groups import Group
from storage.promises import Dossier
from storage.tables.doors import rounds, visits
from storage.tables.honesty import flagged_answers
from storage.tables.polls import agreed_items, agreed_lists, answers, polls
from storage.tables.promises import promises
from storage.tables.roles import roles

ENTERED = (Origin.DOOR_TO_DOOR, Origin.PAPER)


@dataclass(frozen=True, slots=True)
class Survey:
    """How people were asked. Every number of answers or homes is a step of five, downwards; None: too few to be told.

    `homes` is reckoned from the residents; `collectors` went from house to house, `own` of them of the applicant.
    """

    opens: date
    closes: date
    ways: Ways
    beside: int
    asked_again: bool
    homes: int | None
    doors: int | None
    answered: int | None
    flagged: int | None
    collectors: int
    own: int


@dataclass(frozen=True, slots=True)
class Stood:
    """How one of the three stands to the list's newest version; officials by the name they hold their office under."""

    stand: Stand
    name: str | None
    on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The agreed list. `version` is the one that each of the three answered; none where the desk wrote it down."""

    day: date
    version: int | None = None
    stood: Mapping[Party, Stood] | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """`order` is its place in the residents' own choosing."""

    facts: Facts
    survey: Survey
    listed: Listed | None
    order: int | None
    brief: Brief
    promises: Sequence[Dossier]


@dataclass(frozen=True, slots=True)
class Evidence:
    application_id: int
    call: Call
    group: Group
    needs: Sequence[Need]


async def read(db: AsyncConnection, *, application_id: int, by: int, today: date, zone: ZoneInfo) -> Evidence:
    """For the group alone. Raises Refused where a need is gone."""
    one = await grant_applications.read(db, application_id=application_id)
    group = await grant_applications.require(db, person_id=by, group_id=one.group_id)
    needs = [await _need(db, each, group.id, today, zone) for each in one.needs]
    return Evidence(one.id, await grants.call(db, call_id=one.call_id), group, needs)


async def _need(db: AsyncConnection, need_id: int, group_id: int, today: date, zone: ZoneInfo) -> Need:
    facts = await brief_facts.facts(db, need_id=need_id, today=today)
    head = await heads.head(db, need_id=need_id)
    family = await heads.family(db, need_id=need_id)
    poll_id, village_id = head.poll_id if head else 0, facts.village.place.id
    here = {"poll_id": poll_id, "village_id": village_id}
    ranked = await chosen.ranked(db, **here)
    order = ranked.index(head.id) + 1 if head and head.id in ranked else None
    survey = await _survey(db, poll_id, village_id, group_id, facts.population, zone)
    listed = await _listed(db, family, poll_id, village_id, zone)
    return Need(facts, survey, listed, order, await _brief(db, family), await _promises(db, family))


async def _survey(
    db: AsyncConnection, poll_id: int, village_id: int, group_id: int, population: int | None, zone: ZoneInfo
) -> Survey:
    poll = (await db.execute(select(polls).where(polls.c.id == poll_id))).one()
    ended = poll.closed_at.astimezone(zone).date() if poll.closed_at else poll.closes
    ways, beside = await counts.shown_ways(db, poll_id=poll_id, village_id=village_id)
    again = await asking_again.results(db, poll_id=poll_id, village_ids=[village_id])
    doors = select(func.count()).select_from(visits.join(rounds, rounds.c.id == visits.c.round_id))
    doors = doors.where(rounds.c.poll_id == poll_id, rounds.c.village_id == village_id)
    knocked = await _step(db, doors.where(visits.c.outcome != Outcome.UNDONE))
    answered = await _step(db, doors.where(visits.c.outcome == Outcome.ANSWERED))
    here = answers.c.poll_id == poll_id, answers.c.village_id == village_id
    flagged = select(func.count(answers.c.id.distinct())).join(
        flagged_answers, flagged_answers.c.answer_id == answers.c.id
    )
    went = await _collectors(db, here)
    own = went & await _ever_in(db, group_id)
    return Survey(
        poll.opens,
        min(ended, poll.closes),
        ways,
        beside,
        any(again[each] for each in Result),
        homes(population),
        knocked,
        answered,
        await _step(db, flagged.where(*here)),
        len(went),
        len(own),
    )


async def _step(db: AsyncConnection, query: Select[Any]) -> int | None:
    """In steps of five, so that nobody concludes a small number from two of them."""
    number = int((await db.execute(query)).scalar_one())
    return number - number % K or None


async def _collectors(db: AsyncConnection, here: Collection[Any]) -> set[int]:
    query = select(answers.c.entered_by).where(*here, answers.c.origin.in_(ENTERED), answers.c.state == COMPLETE)
    return set((await db.execute(query.where(answers.c.entered_by.is_not(None)))).scalars())


async def _ever_in(db: AsyncConnection, group_id: int) -> set[int]:
    """Whoever has left since has collected for the group all the same."""
    return set((await db.execute(select(roles.c.person_id).where(roles.c.group_id == group_id))).scalars())


async def _listed(
    db: AsyncConnection, family: Collection[int], poll_id: int, village_id: int, zone: ZoneInfo
) -> Listed | None:
    query = select(agreed_lists.c.recorded_at).join(agreed_items, agreed_items.c.list_id == agreed_lists.c.id)
    newest = select(func.max(agreed_lists.c.id)).where(
        agreed_lists.c.poll_id == poll_id, agreed_lists.c.village_id == village_id
    )
    on = query.where(agreed_lists.c.id == newest.scalar_subquery(), agreed_items.c.need_id.in_(family))
    at = (await db.execute(on.limit(1))).scalar()
    if at is None:
        return None
    dialogue_id = await dialogues.of_village(db, poll_id=poll_id, village_id=village_id)
    kept = await dialogues.read(db, dialogue_id=dialogue_id) if dialogue_id is not None else None
    if kept is None or kept.talk.stands is None:
        return Listed(at.astimezone(zone).date())
    stood = {party: _stood(kept, party, stand, zone) for party, stand in kept.talk.stands.items()}
    return Listed(at.astimezone(zone).date(), kept.talk.version, stood)


def _stood(kept: dialogues.Dialogue, party: Party, stand: Stand, zone: ZoneInfo) -> Stood:
    """A group speaks as one: no member is named."""
    answer, seat = kept.talk.answers.get(party), kept.seats.get(party)
    name = None if party is Party.GROUP else (answer.name if answer else seat.name if seat else None)
    on = answer.at.astimezone(zone).date() if answer else None
    return Stood(stand, name, on, answer.words if answer else "")


async def _brief(db: AsyncConnection, family: Collection[int]) -> Brief:
    """Whichever of the needs that belong together the group has written on."""
    for need_id in sorted(family):
        found = await briefs.brief(db, need_id=need_id)
        if found.filled:
            return found
    return Brief()


async def _promises(db: AsyncConnection, family: Collection[int]) -> list[Dossier]:
    query = select(promises.c.id).where(promises.c.need_id.in_(family))
    found = await kept_promises.dossiers(db, ids=list((await db.execute(query)).scalars()))
    return [one for one in found if one.counted]
