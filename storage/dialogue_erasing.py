"""What dialogues hold of a person: for /mydata to show and /forget to erase."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.dialogues import colleagues, dialogue_actors, dialogue_questions, dialogue_votes

ERASED = "…"


async def erase(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    """What was said for the group or for an office stays said; that it was this person is forgotten."""
    await db.execute(delete(dialogue_actors).where(dialogue_actors.c.person_id == person_id))
    await db.execute(delete(dialogue_votes).where(dialogue_votes.c.person_id == person_id))
    q = dialogue_questions.c
    asked = update(dialogue_questions).where(q.asked_by == person_id)
    await db.execute(asked.values(asked_by=None, words=ERASED))
    answered = update(dialogue_questions).where(q.answered_by == person_id)
    await db.execute(answered.values(answered_by=None, answer=ERASED))
    mine = update(colleagues).where(colleagues.c.person_id == person_id)
    ended = func.coalesce(colleagues.c.ended_at, now)
    await db.execute(mine.values(person_id=None, name=None, ended_at=ended))


async def done_by(db: AsyncConnection, *, person_id: int) -> int:
    """How many things this person did in dialogues, votes and questions too."""
    q = dialogue_questions.c
    number = 0
    for table, which in (
        (dialogue_actors, dialogue_actors.c.person_id == person_id),
        (dialogue_votes, dialogue_votes.c.person_id == person_id),
        (dialogue_questions, (q.asked_by == person_id) | (q.answered_by == person_id)),
    ):
        number += int((await db.execute(select(func.count()).select_from(table).where(which))).scalar_one())
    return number


async def colleague_as(db: AsyncConnection, *, person_id: int) -> str | None:
    """How they are named as a colleague of an office."""
    here = (colleagues.c.person_id == person_id, colleagues.c.ended_at.is_(None))
    found: str | None = (await db.execute(select(colleagues.c.name).where(*here))).scalar()
    return found
