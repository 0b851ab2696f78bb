"""How many named each kind of need: the real numbers for the desk, and what was shown to everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import counts as rules
from domain.counts import Published, Ways
from domain.polls import COUNTED, Origin
from storage import standing
from storage.answers import COMPLETE, PARTIAL
from storage.tables.honesty import published_ways
from storage.tables.polls import answers, needs, poll_villages, published_counts, supports

OTHERS = "others"  # the ways that are too few to be named, together


@dataclass(frozen=True, slots=True)
class Real:
    """For the desk only. What is unfinished, came over the open web, or was set aside, is counted beside.

    `ways`: how the counted ones came.
    """

    people: int
    kinds: dict[str, int]
    open_web: int
    partial: int
    set_aside: int
    ways: dict[str, int]


class Noted(NamedTuple):
    """The newest number of each way that was shown, and the day of the last."""

    day: date | None = None
    ways: Mapping[str, int] = MappingProxyType({})


async def real(db: AsyncConnection, *, poll_id: int, village_id: int) -> Real:
    here = (answers.c.poll_id == poll_id, answers.c.village_id == village_id)
    partial = await _count(db, *here, answers.c.state == PARTIAL)
    aside = await _count(db, *here, answers.c.state == COMPLETE, standing.set_aside())
    kinds = await kinds_named(db, poll_id=poll_id, village_id=village_id)
    ways = await ways_taken(db, poll_id=poll_id, village_id=village_id)
    beside = ways.pop(Origin.OPEN_WEB, 0)
    return Real(sum(ways.values()), kinds, beside, partial, aside, ways)


async def _count(db: AsyncConnection, *which: ColumnElement[bool]) -> int:
    return int((await db.execute(select(func.count()).select_from(answers).where(*which))).scalar_one())


async def ways_taken(db: AsyncConnection, *, poll_id: int, village_id: int) -> dict[str, int]:
    """How many answers came by each way; the open web among them, which counts beside. None that was set aside."""
    here = (answers.c.poll_id == poll_id, answers.c.village_id == village_id)
    return (await _ways(db, *here))[village_id]


async def _ways(db: AsyncConnection, *which: ColumnElement[bool]) -> dict[int, dict[str, int]]:
    """By village."""
    columns = (answers.c.village_id, answers.c.origin)
    query = select(*columns, func.count()).where(*which, or_(standing.counted(), standing.beside()))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for village_id, origin, count in await db.execute(query.group_by(*columns)):
        found[village_id][origin] = int(count)
    return found


async def kinds_named(db: AsyncConnection, *, poll_id: int, village_id: int) -> dict[str, int]:
    """How many accounts named each kind; who named one twice counts once."""
    here = (answers.c.poll_id == poll_id, answers.c.village_id == village_id)
    return (await _kinds(db, *here))[village_id]


async def _kinds(db: AsyncConnection, *which: ColumnElement[bool]) -> dict[int, dict[str, int]]:
    """By village."""
    columns = (answers.c.village_id, needs.c.kind)
    query = _supported(*columns, func.count(answers.c.id.distinct())).where(*which, standing.counted())
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for village_id, kind, count in await db.execute(query.group_by(*columns)):
        found[village_id][kind] = int(count)
    return found


async def kinds_told(db: AsyncConnection, *, poll_id: int, village_id: int) -> set[str]:
    """Which kinds were named at all: this anybody may know. What was set aside names none."""
    query = _supported(needs.c.kind).where(answers.c.poll_id == poll_id, answers.c.village_id == village_id)
    return set((await db.execute(query.where(~standing.set_aside()).distinct())).scalars())


async def shown(db: AsyncConnection, *, poll_id: int, village_id: int) -> Published:
    """What everybody may see since the last publication, and every number they ever saw: those must stay apart."""
    here = (published_counts.c.poll_id == poll_id, published_counts.c.village_id == village_id)
    return (await _shown(db, *here)).get(village_id, Published())


async def _shown(db: AsyncConnection, *which: ColumnElement[bool]) -> dict[int, Published]:
    """By village."""
    c = published_counts.c
    query = select(c.village_id, c.cell, c.day, c.shown).where(*which).order_by(c.day)
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in await db.execute(query):
        rows[row.village_id].append(row)
    return {village_id: _published(each) for village_id, each in rows.items()}


def _published(rows: Sequence[Any]) -> Published:
    day, past = rows[-1].day, defaultdict[str, set[int]](set)
    for row in rows:
        past[row.cell].add(row.shown)
    cells = {row.cell: row.shown for row in rows if row.day == day and row.shown}
    return Published(day, cells, {cell: sorted(numbers - {0}) for cell, numbers in past.items()})


async def publish(db: AsyncConnection, *, poll_id: int, today: date) -> int:
    """Moves what is shown, by the rules of domain/counts.py; answers how many numbers moved."""
    number = await _publish_ways(db, poll_id, today)
    for village_id, before, then in await _moving(db, poll_id, today):
        await _note(db, poll_id, village_id, before, then)
        number += len(rules.moved(before, then))
    return number


async def moves(db: AsyncConnection, *, poll_id: int, today: date) -> bool:
    """Whether a publication on that day would move anything."""
    return bool(await _moving(db, poll_id, today)) or bool(await _moving_ways(db, poll_id, today))


async def shown_ways(db: AsyncConnection, *, poll_id: int, village_id: int) -> tuple[Ways, int]:
    """How the answers came, as everybody may know it, and about how many more came over the open web."""
    here = (published_ways.c.poll_id == poll_id, published_ways.c.village_id == village_id)
    noted = (await _noted_ways(db, *here)).get(village_id, Noted())
    cells = {way: number for way, number in noted.ways.items() if number}
    beside, others = cells.pop(Origin.OPEN_WEB, 0), cells.pop(OTHERS, 0)
    return Ways(cells, others), beside


async def _noted_ways(db: AsyncConnection, *which: ColumnElement[bool]) -> dict[int, Noted]:
    """By village."""
    c = published_ways.c
    query = select(c.village_id, c.way, c.day, c.shown).where(*which).order_by(c.day)
    found: dict[int, Noted] = {}
    for village_id, way, day, number in await db.execute(query):
        before = found.get(village_id, Noted())
        found[village_id] = Noted(day, {**before.ways, way: number})
    return found


async def _moving_ways(db: AsyncConnection, poll_id: int, today: date) -> list[dict[str, Any]]:
    """The ways whose number is another than the one shown, as rows to note; at most once a day."""
    noted = await _noted_ways(db, published_ways.c.poll_id == poll_id)
    taken = await _ways(db, answers.c.poll_id == poll_id)
    rows: list[dict[str, Any]] = []
    for village_id in await _villages(db, poll_id):
        day, before = noted.get(village_id, Noted())
        if day is not None and today <= day:
            continue
        then = _to_show(taken[village_id])
        where = {"poll_id": poll_id, "village_id": village_id, "day": today}
        changed = [way for way in {*before, *then} if before.get(way, 0) != then.get(way, 0)]
        rows += [{**where, "way": way, "shown": then.get(way, 0)} for way in changed]
    return rows


def _to_show(taken: Mapping[str, int]) -> dict[str, int]:
    ways = rules.ways(taken, COUNTED)
    beside = rules.ways({Origin.OPEN_WEB: taken.get(Origin.OPEN_WEB, 0)}, [Origin.OPEN_WEB])
    return {**ways.named, **beside.named, OTHERS: ways.others}


async def _publish_ways(db: AsyncConnection, poll_id: int, today: date) -> int:
    rows = await _moving_ways(db, poll_id, today)
    if rows:
        await db.execute(insert(published_ways), rows)
    return len(rows)


async def _moving(db: AsyncConnection, poll_id: int, today: date) -> list[tuple[int, Published, Published]]:
    seen = await _shown(db, published_counts.c.poll_id == poll_id)
    named = await _kinds(db, answers.c.poll_id == poll_id)
    found = []
    for village_id in await _villages(db, poll_id):
        before = seen.get(village_id, Published())
        then = rules.publish(before, named[village_id], today)
        if then.cells != before.cells:
            found.append((village_id, before, then))
    return found


async def _villages(db: AsyncConnection, poll_id: int) -> Sequence[int]:
    query = select(poll_villages.c.village_id).where(poll_villages.c.poll_id == poll_id)
    return (await db.execute(query.order_by(poll_villages.c.village_id))).scalars().all()


async def _note(db: AsyncConnection, poll_id: int, village_id: int, before: Published, then: Published) -> None:
    """The whole table of that day; a cell that fell out of sight is noted as nothing."""
    common = {"poll_id": poll_id, "village_id": village_id, "day": then.day}
    cells = {cell: then.cells.get(cell, 0) for cell in {*before.cells, *then.cells}}
    await db.execute(
        insert(published_counts), [{**common, "cell": cell, "shown": number} for cell, number in cells.items()]
    )


def _supported(*columns: Any) -> Select[Any]:
    source = supports.join(needs, needs.c.id == supports.c.need_id).join(answers, answers.c.id == supports.c.answer_id)
    return select(*columns).select_from(source)
