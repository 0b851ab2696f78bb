"""Two answers of one person to one poll: one goes on, the other rests, and nothing of it is lost."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.linking import Given, Weight, unites, which_counts
from domain.polls import Origin
from storage.answers import COMPLETE, RESTING
from storage.link_trace import Trace
from storage.tables.polls import answers, supports


async def bring(db: AsyncConnection, trace: Trace, *, stays_id: int, sleeps_id: int, home: int | None) -> None:
    """`home` is the village of the one who stays."""
    for brought in await _of(db, sleeps_id):
        mine = next((row for row in await _of(db, stays_id) if row.poll_id == brought.poll_id), None)
        if mine is None:
            await trace.change(answers.c.person_id, {"id": brought.id}, sleeps_id, stays_id)
        else:
            await _unite(db, trace, mine, brought, home)


async def _of(db: AsyncConnection, person_id: int) -> list[Row[Any]]:
    query = select(answers).where(answers.c.person_id == person_id, answers.c.state != RESTING)
    return list(await db.execute(query.order_by(answers.c.id)))


async def _unite(db: AsyncConnection, trace: Trace, mine: Row[Any], brought: Row[Any], home: int | None) -> None:
    one, other = _given(mine, theirs=True), _given(brought, theirs=False)
    counts, rests = which_counts(one, other, home)
    counting, resting = (mine, brought) if counts is one else (brought, mine)
    if counting is brought:  # the one that rests goes to the sleeper: one answer for each of the two
        await trace.change(answers.c.person_id, {"id": mine.id}, mine.person_id, None)
        await trace.change(answers.c.person_id, {"id": brought.id}, brought.person_id, mine.person_id)
        await trace.change(answers.c.person_id, {"id": mine.id}, None, brought.person_id)
    await trace.change(answers.c.state, {"id": resting.id}, resting.state, RESTING)
    if unites(counts, rests):
        await _take_over(db, trace, counting.id, resting.id)


def _given(row: Row[Any], *, theirs: bool) -> Given:
    beside = Weight.BESIDE if row.origin == Origin.OPEN_WEB else Weight.COUNTED
    weight = beside if row.state == COMPLETE else Weight.PARTIAL
    return Given(weight, row.village_id, row.answered_at, theirs)


async def _take_over(db: AsyncConnection, trace: Trace, counting: int, resting: int) -> None:
    """A need behind which both stand stays with each of them, and counts once: what rests is not counted."""
    query = select(supports.c.id, supports.c.need_id, supports.c.answer_id).order_by(supports.c.id)
    rows = (await db.execute(query.where(supports.c.answer_id.in_((counting, resting))))).all()
    stood = {row.need_id for row in rows if row.answer_id == counting}
    for row in rows:
        if row.answer_id == resting and row.need_id not in stood:
            await trace.change(supports.c.answer_id, {"id": row.id}, resting, counting)
