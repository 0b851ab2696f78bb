"""Conversations of two people in one line: the newest in front, each under a number that neither had given out.

Both had counted from one: so that no old button of one phone is taken for a conversation of the other, all that is
under way gets a new number, and each address remembers what the numbers on its buttons mean now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.jsontext import dumps, loads
from storage.link_trace import Trace
from storage.tables.turns import SELF, inbox, runs, work

MOVED = "runs"  # {"number": as it was} → the number now
ACTIVE = runs.c.state.in_(("front", "waiting"))
AS_A_STRANGER = "welcome"  # who is known by now is not welcomed again
OF_A_RUN = ("nudge", "expire", "offer")  # what the program says of a run by its number: storage/telling.about_run
Numbers = dict[str, int]


async def bring(
    db: AsyncConnection, trace: Trace, *, stays: Row[Any], sleeps: Row[Any]
) -> tuple[int, Numbers, Numbers]:
    """(the person's seq from now on; what the numbers of the one, and of the other, are now)"""
    seq = max(stays.seq, sleeps.seq)
    seq, staying = await _renumbered(db, stays, stays.id, seq)
    seq, moved = await _renumbered(db, sleeps, stays.id, seq)
    for number, now in moved.items():
        trace.remember(MOVED, {"number": int(number)}, now)
    await newest_in_front(db, person_id=stays.id)
    return seq, staying, moved


async def _renumbered(db: AsyncConnection, person: Row[Any], to: int, seq: int) -> tuple[int, Numbers]:
    """What had only been asked of a stranger begins from the top: consent and village are known now."""
    anew: dict[str, Any] = {}
    if person.id != to:
        anew = {"shown": None} if person.welcomed_at else {"shown": None, "trail": "[]", "pending": None, "draft": None}
    numbers: Numbers = {}
    for number, conversation in await _active(db, person.id):
        if person.welcomed_at is None and conversation == AS_A_STRANGER:
            continue
        seq += 1
        this = (runs.c.person_id == person.id, runs.c.number == number)
        await db.execute(update(runs).where(*this).values(person_id=to, number=seq, **anew))
        numbers[str(number)] = seq
    await _work(db, person.id, to, numbers)
    await _waiting(db, person.id, numbers)
    return seq, numbers


async def _work(db: AsyncConnection, of: int, to: int, numbers: Mapping[str, int]) -> None:
    """Slow work brings its result to the run that waits for it."""
    query = select(work.c.id, work.c.args).where(work.c.person_id == of, work.c.status.in_(("new", "doing")))
    for row in (await db.execute(query)).all():
        number = numbers.get(str(row.args.get("run")))
        if number is not None:
            here = update(work).where(work.c.id == row.id)
            await db.execute(here.values(person_id=to, args={**row.args, "run": number}))


async def _waiting(db: AsyncConnection, person_id: int, numbers: Mapping[str, int]) -> None:
    """What was put down for one of these runs, and not said yet."""
    query = select(inbox.c.id, inbox.c.payload).where(inbox.c.person_id == person_id, inbox.c.status == "new")
    for row in (await db.execute(query.where(inbox.c.channel == SELF))).all():
        said = loads(row.payload)
        about = said.get("result") or said
        for name in ("run",) if about is not said else OF_A_RUN:
            if str(about.get(name)) in numbers:
                about[name] = numbers[str(about[name])]
        await db.execute(update(inbox).where(inbox.c.id == row.id).values(payload=dumps(said)))


async def part(db: AsyncConnection, *, number: int, stays_id: int, sleeps_id: int) -> None:
    """Under the number that it has by now: its buttons say either."""
    this = (runs.c.person_id == stays_id, runs.c.number == number)
    await db.execute(update(runs).where(*this, ACTIVE).values(person_id=sleeps_id))
    await _work(db, stays_id, sleeps_id, {str(number): number})


async def newest_in_front(db: AsyncConnection, *, person_id: int) -> None:
    mine = await _active(db, person_id)
    for number, _conversation in mine:
        state = "front" if number == mine[-1][0] else "waiting"
        this = (runs.c.person_id == person_id, runs.c.number == number)
        await db.execute(update(runs).where(*this).values(state=state))


async def _active(db: AsyncConnection, person_id: int) -> list[tuple[int, str]]:
    """(number, conversation), the newest last."""
    query = select(runs.c.number, runs.c.conversation).where(runs.c.person_id == person_id, ACTIVE)
    return [(number, name) for number, name in await db.execute(query.order_by(runs.c.touched_at, runs.c.number))]
