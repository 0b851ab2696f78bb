"""How many named each kind of need: the real numbers for the desk, and what was shown to everybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import counts as rules
from domain.counts import Published
from domain.polls import Origin
from storage.answers import COMPLETE, RESTING
from storage.tables.polls import answers, needs, poll_villages, published_counts, supports


@dataclass(frozen=True, slots=True)
class Real:
    """For the desk only. What is unfinished, and what came over the open web, is counted beside."""

    people: int
    kinds: dict[str, int]
    open_web: int
    partial: int


async def real(db: AsyncConnection, *, poll_id: int, village_id: int) -> Real:
    query = select(answers.c.state, answers.c.origin, func.count()).group_by(answers.c.state, answers.c.origin)
    here = (answers.c.poll_id == poll_id, answers.c.village_id == village_id, answers.c.state != RESTING)
    rows = await db.execute(query.where(*here))
    number: Counter[str] = Counter()
    for state, origin, count in rows:
        number["partial" if state != COMPLETE else "open" if origin == Origin.OPEN_WEB else "people"] += count
    kinds = await kinds_named(db, poll_id=poll_id, village_id=village_id)
    return Real(number["people"], kinds, number["open"], number["partial"])


async def kinds_named(db: AsyncConnection, *, poll_id: int, village_id: int) -> dict[str, int]:
    """How many accounts named each kind; who named one twice counts once."""
    query = _supported(needs.c.kind, func.count(answers.c.id.distinct())).group_by(needs.c.kind)
    counted = (answers.c.state == COMPLETE, answers.c.origin != Origin.OPEN_WEB)
    rows = await db.execute(query.where(answers.c.poll_id == poll_id, answers.c.village_id == village_id, *counted))
    return {kind: int(count) for kind, count in rows}


async def kinds_told(db: AsyncConnection, *, poll_id: int, village_id: int) -> set[str]:
    """Which kinds were named at all: this anybody may know."""
    query = _supported(needs.c.kind).where(answers.c.poll_id == poll_id, answers.c.village_id == village_id)
    return set((await db.execute(query.distinct())).scalars())


async def shown(db: AsyncConnection, *, poll_id: int, village_id: int) -> Published:
    """What everybody may see since the last publication, and every number they ever saw: those must stay apart."""
    here = (published_counts.c.poll_id == poll_id, published_counts.c.village_id == village_id)
    query = select(published_counts.c.cell, published_counts.c.day, published_counts.c.shown).where(*here)
    rows = (await db.execute(query.order_by(published_counts.c.day))).all()
    if not rows:
        return Published()
    day, past = rows[-1].day, defaultdict[str, set[int]](set)
    for row in rows:
        past[row.cell].add(row.shown)
    cells = {row.cell: row.shown for row in rows if row.day == day and row.shown}
    return Published(day, cells, {cell: sorted(numbers - {0}) for cell, numbers in past.items()})


async def publish(db: AsyncConnection, *, poll_id: int, today: date) -> int:
    """Moves what is shown, by the rule of domain/counts.py; answers how many cells moved."""
    number = 0
    for village_id, before, then in await _moving(db, poll_id, today):
        await _note(db, poll_id, village_id, before, then)
        number += len(rules.moved(before, then))
    return number


async def moves(db: AsyncConnection, *, poll_id: int, today: date) -> bool:
    """Whether a publication on that day would move anything."""
    return bool(await _moving(db, poll_id, today))


async def _moving(db: AsyncConnection, poll_id: int, today: date) -> list[tuple[int, Published, Published]]:
    villages = select(poll_villages.c.village_id).where(poll_villages.c.poll_id == poll_id)
    found = []
    for village_id in (await db.execute(villages)).scalars().all():
        before = await shown(db, poll_id=poll_id, village_id=village_id)
        named = await kinds_named(db, poll_id=poll_id, village_id=village_id)
        then = rules.publish(before, named, today)
        if then.cells != before.cells:
            found.append((village_id, before, then))
    return found


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
