"""Slips of paper with a code: what came of somebody's words, for whoever has the slip in hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import codes
from domain.rounds import SLIP_DIGITS
from storage import guesses, household_codes
from storage.new_rows import insert_new
from storage.tables.doors import follows, slips, visits
from storage.tables.polls import answers, polls

WRONG, WAIT, EMPTY, HOME = "wrong", "wait", "empty", "home"


async def issue(db: AsyncConnection, *, answer_id: int, now: datetime) -> str:
    """A new code for this answer, to be shown once: only its hash is kept."""
    code = codes.new(SLIP_DIGITS)
    while await _find(db, code) is not None:
        code = codes.new(SLIP_DIGITS)
    row = {"code_hash": codes.hashed(code), "answer_id": answer_id, "issued_at": now}
    await db.execute(insert(slips), [row])
    return code


async def read(db: AsyncConnection, *, typed: str, person_id: int, now: datetime) -> dict[str, Any]:
    """{"answer": id}, or {"no": why not}: WRONG (counted), WAIT after too many wrong ones, EMPTY when it was taken
    back or forgotten, HOME when it is the other ten digits that are handed out on paper, a home's code."""
    if await guesses.too_many(db, person_id=person_id, now=now):
        return {"no": WAIT}
    code = codes.read(typed)
    slip = None if code is None else await _find(db, code)
    if slip is None and code is not None and await household_codes.find(db, code=code):
        return {"no": HOME}
    if slip is None:
        await guesses.note(db, person_id=person_id, now=now)
        return {"no": WRONG}
    return {"no": EMPTY} if slip.answer_id is None else {"answer": slip.answer_id}


async def _find(db: AsyncConnection, code: str) -> Any:
    return (await db.execute(select(slips).where(slips.c.code_hash == codes.hashed(code)))).first()


async def void(db: AsyncConnection, *, which: ColumnElement[bool]) -> None:
    """The slips of these answers show nothing any more, and nobody hears of them."""
    gone = select(answers.c.id).where(which)
    await db.execute(update(slips).where(slips.c.answer_id.in_(gone)).values(answer_id=None))
    await db.execute(update(visits).where(visits.c.answer_id.in_(gone)).values(answer_id=None))
    await db.execute(delete(follows).where(follows.c.answer_id.in_(gone)))


async def answer(db: AsyncConnection, *, answer_id: int) -> Any:
    """The answer behind a slip, with the days of its poll; None when it is gone."""
    query = select(answers, polls.c.closes, polls.c.closed_at).join(polls, polls.c.id == answers.c.poll_id)
    return (await db.execute(query.where(answers.c.id == answer_id))).first()


async def follow(db: AsyncConnection, *, answer_id: int, person_id: int, now: datetime) -> None:
    row = {"answer_id": answer_id, "person_id": person_id, "since": now}
    await db.execute(insert_new(db.dialect, follows), [row])


async def unfollow(db: AsyncConnection, *, answer_id: int, person_id: int) -> None:
    mine = (follows.c.answer_id == answer_id, follows.c.person_id == person_id)
    await db.execute(delete(follows).where(*mine))


async def hears(db: AsyncConnection, *, answer_id: int, person_id: int) -> bool:
    """Whether this person is written to about that answer: it is their own, or they follow it."""
    own = select(answers.c.id).where(answers.c.id == answer_id, answers.c.person_id == person_id)
    mine = (follows.c.answer_id == answer_id, follows.c.person_id == person_id)
    followed = select(follows.c.answer_id).where(*mine)
    return (await db.execute(own.union(followed))).first() is not None
