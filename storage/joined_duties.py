"""What one does for others, brought together: roles, invitations to trainings, promises, votes of a group."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.answers import RESTING
from storage.link_trace import Trace
from storage.tables.board import place_follows
from storage.tables.dialogues import dialogue_votes
from storage.tables.doors import follows
from storage.tables.forms import fills
from storage.tables.group_chats import group_answers
from storage.tables.mandates import mandate_voters
from storage.tables.promise_follows import promise_follows
from storage.tables.promises import promise_tasks
from storage.tables.roles import roles
from storage.tables.trainings import training_invites

TWIN = "roles twin"  # one role held twice: one of them has ended for as long as both are one


async def bring(db: AsyncConnection, trace: Trace, *, stays_id: int, sleeps_id: int, now: datetime) -> None:
    await _roles(db, trace, stays_id, sleeps_id, now)
    await _trainings(db, trace, stays_id, sleeps_id)
    watched = {row.promise_id for row in await _of(db, promise_tasks, stays_id)}
    for row in await _of(db, promise_tasks, sleeps_id):
        if row.promise_id not in watched:  # else what the one who stays said stands
            await trace.change(promise_tasks.c.person_id, {"promise_id": row.promise_id}, sleeps_id, stays_id)
    await _promise_follows(db, trace, stays_id, sleeps_id)
    await _place_follows(db, trace, stays_id, sleeps_id)
    await _group_answers(db, trace, stays_id, sleeps_id)
    await _follows(db, trace, stays_id, sleeps_id)
    await _fills(db, trace, stays_id, sleeps_id)
    await _dialogue_votes(db, trace, stays_id, sleeps_id)
    await _mandate_votes(db, trace, stays_id, sleeps_id)


async def _group_answers(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    """One member has one voice in the group: of two the later one."""
    mine = {row.post_id: row for row in await _of(db, group_answers, stays_id)}
    for row in await _of(db, group_answers, sleeps_id):
        key, twin = {"post_id": row.post_id}, mine.get(row.post_id)
        if twin is None:
            await trace.change(group_answers.c.person_id, key, sleeps_id, stays_id)
            continue
        if row.at > twin.at:
            for name in ("value", "at", "settle_at"):
                at = {**key, "person_id": stays_id}
                await trace.change(group_answers.c[name], at, getattr(twin, name), getattr(row, name))
        await trace.take_away(group_answers, row)


async def _fills(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    """A form that both have answered counts once: of two whole answers the later one, of others the whole one."""
    mine = {row.call_id: row for row in await _of(db, fills, stays_id) if row.call_id is not None}
    for row in await _of(db, fills, sleeps_id):
        twin = mine.get(row.call_id)
        if twin is not None and twin.state != RESTING:
            rests = min((row, twin), key=lambda one: (one.done_at is not None, one.done_at or one.touched_at))
            await trace.change(fills.c.state, {"id": rests.id}, rests.state, RESTING)
        await trace.change(fills.c.person_id, {"id": row.id}, sleeps_id, stays_id)


async def _follows(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    mine = {row.answer_id for row in await _of(db, follows, stays_id)}
    for row in await _of(db, follows, sleeps_id):
        if row.answer_id in mine:
            await trace.take_away(follows, row)
        else:
            await trace.change(follows.c.person_id, {"answer_id": row.answer_id}, sleeps_id, stays_id)


async def _promise_follows(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    """What the one who stays wished of a promise stands."""
    mine = {row.promise_id for row in await _of(db, promise_follows, stays_id)}
    for row in await _of(db, promise_follows, sleeps_id):
        if row.promise_id in mine:
            await trace.take_away(promise_follows, row)
        else:
            await trace.change(promise_follows.c.person_id, {"promise_id": row.promise_id}, sleeps_id, stays_id)


async def _place_follows(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    """What the one who stays wished of a place stands."""
    mine = {(row.municipality_id, row.village_id) for row in await _of(db, place_follows, stays_id)}
    for row in await _of(db, place_follows, sleeps_id):
        if (row.municipality_id, row.village_id) in mine:
            await trace.take_away(place_follows, row)
        else:
            await trace.change(place_follows.c.person_id, {"id": row.id}, sleeps_id, stays_id)


async def _dialogue_votes(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    """One member has one voice: where both have voted, that of the one who stays stands."""
    mine = {(row.dialogue_id, row.version) for row in await _of(db, dialogue_votes, stays_id)}
    for row in await _of(db, dialogue_votes, sleeps_id):
        if (row.dialogue_id, row.version) in mine:
            await trace.take_away(dialogue_votes, row)
        else:
            key = {"dialogue_id": row.dialogue_id, "version": row.version}
            await trace.change(dialogue_votes.c.person_id, key, sleeps_id, stays_id)


async def _mandate_votes(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    """Where both have voted both ballots stay: nobody can tell which they are."""
    mine = {row.mandate_id for row in await _of(db, mandate_voters, stays_id)}
    for row in await _of(db, mandate_voters, sleeps_id):
        if row.mandate_id in mine:
            await trace.take_away(mandate_voters, row)
        else:
            await trace.change(mandate_voters.c.person_id, {"mandate_id": row.mandate_id}, sleeps_id, stays_id)


async def _of(db: AsyncConnection, table: Table, person_id: int) -> list[Row[Any]]:
    return list(await db.execute(select(table).where(table.c.person_id == person_id)))


async def _roles(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int, now: datetime) -> None:
    held = {_what(row): row for row in await _of(db, roles, stays_id) if row.ended_at is None}
    for row in await _of(db, roles, sleeps_id):
        twin = held.get(_what(row)) if row.ended_at is None else None
        if twin is not None:
            kept, ended = (row, twin) if row.confirmed_at and not twin.confirmed_at else (twin, row)
            await db.execute(update(roles).where(roles.c.id == ended.id).values(ended_at=now))
            trace.remember(TWIN, {"id": ended.id}, kept.id)
        await trace.change(roles.c.person_id, {"id": row.id}, sleeps_id, stays_id)


def _what(row: Row[Any]) -> tuple[Any, ...]:
    return row.role, row.group_id, row.municipality_id, row.office


async def part_twin(db: AsyncConnection, *, role_id: int, kept_id: int) -> None:
    """Held again by both; unless it has ended meanwhile, for then it has ended for both."""
    stands = (await db.execute(select(roles.c.id).where(roles.c.id == kept_id, roles.c.ended_at.is_(None)))).first()
    if stands is not None:
        await db.execute(update(roles).where(roles.c.id == role_id).values(ended_at=None))


async def _trainings(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    """One person is invited once; of two answers the later one stands."""
    mine = {row.training_id: row for row in await _of(db, training_invites, stays_id)}
    for row in await _of(db, training_invites, sleeps_id):
        key, twin = {"training_id": row.training_id}, mine.get(row.training_id)
        if twin is None:
            await trace.change(training_invites.c.person_id, key, sleeps_id, stays_id)
            continue
        if row.answered_at is not None and (twin.answered_at is None or row.answered_at > twin.answered_at):
            for name in ("answer", "answered_at"):
                at = {**key, "person_id": stays_id}
                await trace.change(training_invites.c[name], at, getattr(twin, name), getattr(row, name))
        await trace.take_away(training_invites, row)
