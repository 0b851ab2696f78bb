"""What the database holds at the end, beside what people did and saw."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.people import addresses
from storage.tables.polls import answers, needs, supports
from storage.tables.turns import inbox, outbox, runs
from tests.kill.crowd import Resident
from tests.kill.witness import WatchedServer

TELEGRAM = "telegram:5000"


@dataclass(frozen=True, slots=True)
class Kept:
    """The figures of one trial; all but the first three must be 0."""

    updates: int
    answers: int
    messages: int
    updates_lost: int
    updates_twice: int
    updates_unplayed: int
    answers_lost: int
    answers_twice: int
    people_not_counted: int
    people_counted_twice: int
    outbox_unsent: int


async def compare(db: AsyncConnection, server: WatchedServer, residents: list[Resident]) -> Kept:
    held = Counter(await _column(db, select(inbox.c.external_id).where(inbox.c.channel == TELEGRAM)))
    given = sum(len(resident.answered) for resident in residents)
    lost, twice = await _answers(db, residents)
    counted = await _people(db)
    chats = [str(resident.user.chat.id) for resident in residents]
    return Kept(
        updates=len(server.pushed),
        answers=given,
        messages=len(server.watched.arrivals),
        updates_lost=sum(held[str(number)] == 0 for number in server.pushed),
        updates_twice=sum(number - 1 for number in held.values()),
        updates_unplayed=await _count(db, select(inbox.c.id).where(inbox.c.status != "done")),
        answers_lost=lost,
        answers_twice=twice,
        people_not_counted=sum(counted[chat] == 0 for chat in chats),
        people_counted_twice=sum(number - 1 for number in counted.values()),
        outbox_unsent=await _count(db, _unsent()),
    )


def _unsent() -> Any:
    """An answer to a tap is worth nothing after ten seconds; everything else must have arrived."""
    return select(outbox.c.id).where(
        (outbox.c.status.in_(("pending", "sending")))
        | ((outbox.c.kind == "message") & outbox.c.status.not_in(("sent", "replaced")))
    )


async def _answers(db: AsyncConnection, residents: list[Resident]) -> tuple[int, int]:
    """(lost, counted twice): each answer must stand in its person's trail, and their words under one need, once."""
    query = select(addresses.c.external, runs.c.trail).join(runs, runs.c.person_id == addresses.c.person_id)
    trails: dict[str, list[tuple[str, str]]] = {}
    for external, trail in await db.execute(query):
        entries = [(key, str(value)) for kind, key, value in json.loads(trail) if kind == "answer"]
        trails.setdefault(external, []).extend(entries)
    told = Counter(await _column(db, select(needs.c.words)) + await _column(db, select(supports.c.words)))
    lost = twice = 0
    for resident in residents:
        found = Counter(trails.get(str(resident.user.chat.id), []))
        wanted = [(key, str(value)) for key, value in resident.answered.items()]
        numbers = [found.pop(answer, 0) for answer in wanted] + [told[resident.words]]
        lost += numbers.count(0)
        twice += sum(number - 1 for number in numbers if number) + found.total()
    return lost, twice


async def _people(db: AsyncConnection) -> Counter[str]:
    """How many whole answers, each with one need, the poll counts for each chat."""
    query = select(addresses.c.external).join(answers, answers.c.person_id == addresses.c.person_id)
    query = query.join(supports, supports.c.answer_id == answers.c.id).where(answers.c.state == "complete")
    return Counter(await _column(db, query))


async def _column(db: AsyncConnection, query: Any) -> list[Any]:
    return list((await db.execute(query)).scalars())


async def _count(db: AsyncConnection, query: Any) -> int:
    return int((await db.execute(select(func.count()).select_from(query.subquery()))).scalar_one())
