"""What came of a round table, for everybody: read from locked minutes, and told to those who live there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meeting_summary import Summary, summary
from domain.minutes import Phase
from domain.minutes_body import Body
from storage import heads, minutes, needs, polls, sealed_papers, telling
from storage.sealed_papers import Sealed
from storage.tables.meetings import meeting_communities
from storage.tables.minutes import minutes_addenda, minutes_promises, minutes_versions
from storage.tables.places import villages

KIND = "summary"  # of a sealed paper
MOST = 12  # meetings of a village that are listed: some years


@dataclass(frozen=True, slots=True)
class Whole:
    """`promises`: the id in the ledger of each promise, by its entry. `added`: when each addendum was."""

    summary: Summary
    promises: dict[str, int]
    added: list[datetime]


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting, for a list of them."""

    meeting_id: int
    number: int
    day: date


async def read(db: AsyncConnection, *, meeting_id: int, items: Collection[int] | None = None) -> Summary | None:
    """None until the minutes are locked. `items`: only these numbers of the agenda, which is cheaper."""
    version = await minutes.newest(db, meeting_id=meeting_id)
    if version is None or version.phase is not Phase.LOCKED:
        return None
    body = version.body
    if items is not None:
        body = {**body, "items": [each for each in body["items"] if each["number"] in items]}
    return summary(body, words=await _words(db, body))


async def _words(db: AsyncConnection, body: Body) -> dict[int, str]:
    """As others may know them today: what was hidden or reworded since the meeting is hidden or reworded here too."""
    found = await heads.each(db, need_ids={each["need_id"] for each in body["items"]})
    return {need_id: head.name for need_id, head in found.items() if head.open and head.name}


async def whole(db: AsyncConnection, *, meeting_id: int) -> Whole | None:
    found = await read(db, meeting_id=meeting_id)
    if found is None:
        return None
    p, a = minutes_promises.c, minutes_addenda.c
    rows = await db.execute(select(p.entry, p.promise_id).where(p.meeting_id == meeting_id))
    added = await db.execute(select(a.at).where(a.meeting_id == meeting_id).order_by(a.number))
    return Whole(found, {row.entry: row.promise_id for row in rows}, list(added.scalars()))


async def of_village(db: AsyncConnection, *, village_id: int | None) -> list[Held]:
    """The meetings at which its community sat and whose minutes are locked, the newest first."""
    ids = list((await db.execute(_of_village(village_id).limit(MOST))).scalars())
    found = [await minutes.newest(db, meeting_id=each) for each in ids]
    return [Held(each.meeting_id, each.body["number"], date.fromisoformat(each.body["day"])) for each in found if each]


async def any_of_village(db: AsyncConnection, *, village_id: int | None) -> bool:
    """For a menu, so in one short query."""
    return (await db.execute(_of_village(village_id).limit(1))).first() is not None


def _of_village(village_id: int | None) -> Select[Any]:
    v, seats = minutes_versions.c, meeting_communities.c
    sat = select(seats.meeting_id).join(villages, villages.c.community_id == seats.community_id)
    here = v.meeting_id.in_(sat.where(villages.c.id == village_id))
    return select(v.meeting_id).where(v.phase == Phase.LOCKED, here).order_by(v.meeting_id.desc())


async def of_promise(db: AsyncConnection, *, promise_id: int) -> Held | None:
    """The meeting at which it was made; None for one that is known from elsewhere."""
    query = select(minutes_promises.c.meeting_id).where(minutes_promises.c.promise_id == promise_id)
    meeting_id = (await db.execute(query)).scalar()
    version = None if meeting_id is None else await minutes.newest(db, meeting_id=meeting_id)
    if version is None:
        return None
    return Held(version.meeting_id, version.body["number"], date.fromisoformat(version.body["day"]))


def about(meeting_id: int) -> str:
    """What a sealed paper calls it."""
    return f"meeting:{meeting_id}"


async def paper(db: AsyncConnection, *, meeting_id: int) -> Sealed | None:
    return await sealed_papers.current(db, kind=KIND, about=about(meeting_id))


async def tell(db: AsyncConnection, *, paper: Sealed, told: Summary, now: datetime) -> None:
    """The pictures are made: on their way to all who live there, each with the answer to what they stand behind."""
    await sealed_papers.seal(db, paper)
    meeting_id = told["meeting_id"]
    mine: dict[int, list[int]] = defaultdict(list)
    for issue in told["issues"]:
        for person_id in await needs.supporters(db, need_ids=[issue["need_id"]]):
            mine[person_id].append(issue["number"])
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for person_id in sorted({*mine, *await _residents(db, meeting_id)}):
        alike[tuple(mine.get(person_id, ()))].append(person_id)
    for items, people in alike.items():
        args, thing = {"meeting": meeting_id, "items": list(items)}, f"meeting:{meeting_id}:told"
        await telling.tell_all(db, people_ids=people, thing=thing, conversation="meeting_told", args=args, now=now)


async def _residents(db: AsyncConnection, meeting_id: int) -> list[int]:
    return await polls.residents(db, villages=await _villages(db, meeting_id))


async def reach(db: AsyncConnection, *, meeting_id: int) -> tuple[int, int]:
    """How many who live there would hear of it, and how many of them by Viber."""
    here = await _villages(db, meeting_id)
    return len(await polls.residents(db, villages=here)), await polls.residents_on_viber(db, villages=here)


async def _villages(db: AsyncConnection, meeting_id: int) -> list[int]:
    seats = select(meeting_communities.c.community_id).where(meeting_communities.c.meeting_id == meeting_id)
    here = select(villages.c.id).where(villages.c.community_id.in_(seats))
    return list((await db.execute(here)).scalars())
