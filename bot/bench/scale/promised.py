"""Promises with their ledgers, how they stand, who follows them, and when each is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bench.scale.fill import Row, count_on, fill
from bot.bench.scale.size import EVENTS, NOW, TODAY, ZONE, Size
from bot.bench.scale.stories import made
from domain.ledger import Link
from domain.promise_asking import following, over
from domain.promises import Reason, Status, Verdict
from domain.reminders import morning
from scheduler import promise_states as states_sweep
from storage import ledger
from storage.tables.promise_follows import promise_follows, promise_heard
from storage.tables.promise_states import promise_states
from storage.tables.promises import promise_asking, promise_events, promise_witnesses, promises

AT_ONCE = 5_000  # promises
PROMISE = "municipality_id community_id village_id need_id kind speaker office words made_on due recorded_at"
EVENT = "promise_id number kind at body previous hash"
WITNESS = "person_id note media_id place salt"


async def promise(db: AsyncConnection, size: Size) -> None:
    many = size.villages * size.promises
    for first in range(1, many + 1, AT_ONCE):
        written, told, known = _written(range(first, min(first + AT_ONCE, many + 1)), size)
        await fill(db, promises, f"id {PROMISE}", written)
        await fill(db, promise_events, f"id {EVENT}", told)
        await fill(db, promise_witnesses, f"event_id {WITNESS}", known)
    await count_on(db, (promises, promise_events) if many else ())


def _written(numbers: range, size: Size) -> tuple[list[Row], list[Row], list[Row]]:
    rows: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
    for number in numbers:
        one, last = made(number, size), None
        rows[0].append((number, *_values(one.columns | {"recorded_at": one.recorded_at}, PROMISE)))
        for place, event in enumerate(one.events, (number - 1) * EVENTS + 1):
            last, told, known = _link(number, last, *event)
            rows[1].append((place, *_values(told, EVENT)))
            rows[2].append((place, *_values(known, WITNESS)))
    return rows


def _link(
    number: int, last: Link | None, kind: str, body: dict[str, Any], witness: ledger.Witness, at: datetime
) -> tuple[Link, dict[str, Any], dict[str, Any]]:
    return ledger.sealed(number, last, kind=kind, body=body, witness=witness, now=at)


def _values(row: dict[str, Any], columns: str) -> Iterator[Any]:
    return (row[name] for name in columns.split())


async def reckon(db: AsyncConnection, size: Size) -> int:
    """How each stands, from its ledger, as after an update of the program; answers how many."""
    done = await states_sweep.sweep(db, NOW, ZONE)
    s = promise_states.c
    query = select(s.promise_id, s.status, s.reason, s.due, promises.c.made_on, s.village_id)
    rows = (await db.execute(query.join(promises, promises.c.id == s.promise_id).order_by(s.promise_id))).all()
    await fill(db, promise_asking, "promise_id due_on group_at office_at", _asked(rows))
    await fill(db, promise_heard, "promise_id status looked_at", ((row.promise_id, row.status, NOW) for row in rows))
    since = NOW - timedelta(days=90)
    followed = ((row.promise_id, size.person(row.village_id - 1, 80), since) for row in rows)
    await fill(db, promise_follows, "promise_id person_id since", followed)
    return done


def _asked(rows: Sequence[Any]) -> Iterator[Row]:
    """Those that are due today wait since this morning; the others for their next reminder."""

    @cache
    def ahead(due: date, office: bool) -> datetime:
        return following(due, TODAY, NOW, ZONE, office=office)

    for row in rows:
        if over(Verdict(Status(row.status), Reason(row.reason), row.due)):
            yield row.promise_id, row.due, None, None
        elif row.due == TODAY:
            yield row.promise_id, row.due, morning(TODAY, ZONE), morning(TODAY, ZONE)
        else:
            yield row.promise_id, row.due, ahead(row.due, office=False), ahead(row.due, office=True)
