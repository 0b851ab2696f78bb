"""What the program itself knows of an issue, for its brief: no number in it can point at a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.counts import split
from domain.needs import Kind
from domain.polls import Origin
from domain.refusal import Refused
from storage import agreed, counts, needs, places
from storage.answers import COMPLETE
from storage.places import Village
from storage.tables.places import villages
from storage.tables.polls import answers, polls, supports
from storage.tables.polls import needs as needs_

SEXES = ("woman", "man")


@dataclass(frozen=True, slots=True)
class Facts:
    """`named` is how many named this kind of need, as it was published; `parts` of them women, men, or neither said."""

    need_id: int
    kind: Kind
    words: str | None
    photo: str | None
    village: Village
    place: int | None
    population: int | None
    voters: int | None
    named: int | None
    parts: Mapping[str, int] | None


async def facts(db: AsyncConnection, *, need_id: int, today: date) -> Facts:
    public = await needs.public(db, need_id=need_id)
    village = await places.village(db, village_id=public.village_id) if public else None
    if public is None or village is None:
        raise Refused("gone")
    here = (
        await db.execute(select(villages.c.population, villages.c.voters).where(villages.c.id == public.village_id))
    ).one()
    poll_id = (await needs.told(db, need_id=need_id)).poll_id
    shown = await counts.shown(db, poll_id=poll_id, village_id=public.village_id)
    named = shown.cells.get(public.kind)
    parts = await _parts(db, poll_id, public.village_id, public.kind, named, today) if named else None
    place = await agreed.place_of(db, need_id=need_id, poll_id=poll_id, village_id=public.village_id)
    return Facts(need_id, Kind(public.kind), public.words, public.photo, village, place, *here, named, parts)


async def _parts(
    db: AsyncConnection, poll_id: int, village_id: int, kind: str, named: int, today: date
) -> Mapping[str, int] | None:
    """Only once the poll is over, and all parts or none: the rule of domain/counts.py."""
    poll = (await db.execute(select(polls.c.closes, polls.c.closed_at).where(polls.c.id == poll_id))).one()
    if poll.closed_at is None and poll.closes >= today:
        return None
    n, a = needs_.c, answers.c
    source = supports.join(needs_, n.id == supports.c.need_id).join(answers, a.id == supports.c.answer_id)
    query = select(a.sex, func.count(a.id.distinct())).select_from(source).group_by(a.sex)
    query = query.where(a.poll_id == poll_id, a.village_id == village_id, n.kind == kind)
    rows = await db.execute(query.where(a.state == COMPLETE, a.origin != Origin.OPEN_WEB))
    found = {"woman": 0, "man": 0, "undisclosed": 0}
    for sex, number in rows:
        found[sex if sex in SEXES else "undisclosed"] += number
    return split(named, found)
