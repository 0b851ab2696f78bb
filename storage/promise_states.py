"""How each promise stands, kept beside the ledger so that the board finds it fast; reckoned again with each event,
and by a sweep on the day on which the calendar alone changes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_asking import over
from domain.promises import Verdict
from domain.tally import lot
from storage import searched_words
from storage.tables.polls import needs
from storage.tables.promise_states import promise_states
from storage.tables.promises import promises

if TYPE_CHECKING:
    from storage.promises import Dossier

MOST = 500  # in one statement
ONE_DAY = timedelta(days=1)


async def keep(db: AsyncConnection, dossiers: Sequence[Dossier], *, now: datetime, zone: ZoneInfo) -> None:
    kinds = await _kinds(db, [one.new.need_id for one in dossiers if one.new.need_id is not None])
    today = now.astimezone(zone).date()
    rows = [{**state(one, today), "kind": kinds.get(one.new.need_id or 0, one.new.kind)} for one in dossiers]
    if rows:
        ids = [row["promise_id"] for row in rows]
        before = await _before(db, ids)
        for row in rows:
            row["changed_at"] = _changed_at(row, before.get(row["promise_id"]), now)
        await db.execute(delete(promise_states).where(promise_states.c.promise_id.in_(ids)))
        await db.execute(insert(promise_states), rows)
        await searched_words.learn(db, {one.id: one.new.words for one in dossiers})


async def _before(db: AsyncConnection, ids: Sequence[int]) -> dict[int, Any]:
    s = promise_states.c
    query = select(s.promise_id, s.status, s.updated_at, s.changed_at).where(s.promise_id.in_(ids))
    return {row.promise_id: row for row in await db.execute(query)}


def _changed_at(row: dict[str, Any], before: Any, now: datetime) -> datetime:
    """Something was told, a day has passed, or what the office heard first is for everybody now."""
    if before is None:
        told: datetime = row["updated_at"]
        return told
    same: bool = (before.status, before.updated_at) == (row["status"], row["updated_at"])
    since: datetime = before.changed_at
    return since if same else now


async def _kinds(db: AsyncConnection, need_ids: Sequence[int]) -> dict[int, str]:
    if not need_ids:
        return {}
    rows = await db.execute(select(needs.c.id, needs.c.kind).where(needs.c.id.in_(need_ids)))
    return {row.id: row.kind for row in rows}


def state(one: Dossier, today: date) -> dict[str, Any]:
    """The row, but for the kind of the need."""
    verdict, answerer = one.verdict(today), one.answerer
    return {
        "promise_id": one.id,
        "municipality_id": one.municipality_id,
        "community_id": one.new.community_id,
        "village_id": one.new.village_id,
        "need_id": one.new.need_id,
        "office": answerer.office,
        "holder": answerer.speaker,
        "source": one.new.source.value,
        "counted": one.counted,
        "status": verdict.status.value,
        "reason": verdict.reason.value,
        "lot": lot(verdict, today).value,
        "doubted": verdict.doubted,
        "due": verdict.due,
        "done_on": verdict.done_on,
        "provisional_until": verdict.provisional_until,
        "checked_on": one.shown(today).checked_on,
        "next_on": _next_on(verdict, today),
        "turns_on": _turns_on(one, verdict, today) if one.split_on is None else None,
        "updated_at": one.shown(today).told[-1].at,
    }


def _next_on(verdict: Verdict, today: date) -> date | None:
    """Until when neighbours may disagree, or the day it is due."""
    if verdict.provisional_until:
        return verdict.provisional_until
    return verdict.due if verdict.due and today <= verdict.due and not over(verdict) else None


def _turns_on(one: Dossier, verdict: Verdict, today: date) -> date | None:
    days = [day + ONE_DAY for day in (verdict.due, verdict.provisional_until) if day is not None and today <= day]
    coming = one.coming(today)
    return min([*days, *([coming[1]] if coming else [])], default=None)


async def kind_of(db: AsyncConnection, *, promise_id: int) -> str | None:
    """Of the need, where it is for one."""
    found: str | None = (
        await db.execute(select(promise_states.c.kind).where(promise_states.c.promise_id == promise_id))
    ).scalar()
    return found


async def offices(db: AsyncConnection, *, municipality_id: int) -> list[str]:
    """Those that answer for a promise."""
    query = select(promise_states.c.office).where(promise_states.c.municipality_id == municipality_id).distinct()
    return sorted((await db.execute(query)).scalars())


async def stale(db: AsyncConnection, *, today: date, most: int = MOST) -> list[int]:
    """The promises that stand otherwise today, else those that were never reckoned."""
    s = promise_states.c
    turned = select(s.promise_id).where(s.turns_on <= today).order_by(s.promise_id).limit(most)
    found = list((await db.execute(turned)).scalars())
    return found or await _unreckoned(db, most)


async def _unreckoned(db: AsyncConnection, most: int) -> list[int]:
    query = select(promises.c.id).outerjoin(promise_states, promise_states.c.promise_id == promises.c.id)
    query = query.where(promise_states.c.promise_id.is_(None)).order_by(promises.c.id)
    return list((await db.execute(query.limit(most))).scalars())


async def next_turn(db: AsyncConnection, *, after: date) -> date | None:
    query = select(promise_states.c.turns_on).where(promise_states.c.turns_on > after)
    found: date | None = (await db.execute(query.order_by(promise_states.c.turns_on).limit(1))).scalar()
    return found
