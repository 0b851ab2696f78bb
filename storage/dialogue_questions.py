"""What an office asks the group before the list is public, and the answer: nobody but these two ever sees either."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.dialogue import Party
from domain.refusal import Refused
from storage import dialogue_news, dialogue_seats, dialogues, telling
from storage.tables.dialogues import dialogue_questions as table


async def ask(db: AsyncConnection, *, dialogue_id: int, by: int, words: str, now: datetime) -> int:
    kept = await dialogues.lock(db, dialogue_id=dialogue_id)
    actor = await dialogue_seats.actor(db, person_id=by, dialogue_id=dialogue_id, group_id=kept.group_id)
    if actor.party is Party.GROUP:
        raise Refused("not_allowed")
    if kept.talk.closed:
        raise Refused("list_closed")
    row = {"dialogue_id": dialogue_id, "party": actor.party, "asked_by": by, "words": words, "asked_at": now}
    number = int((await db.execute(insert(table).values(**row).returning(table.c.id))).scalar_one())
    leaders = await dialogue_news.of_party(db, kept=kept, party=Party.GROUP)
    await _tell(db, leaders, f"asked:{number}", number, now)
    return number


async def answer(db: AsyncConnection, *, question_id: int, by: int, words: str, now: datetime) -> None:
    """The first answer stands."""
    row = await _row(db, question_id)
    kept = await dialogues.lock(db, dialogue_id=row.dialogue_id)
    actor = await dialogue_seats.actor(db, person_id=by, dialogue_id=kept.id, group_id=kept.group_id)
    if actor.party is not Party.GROUP:
        raise Refused("not_allowed")
    unanswered = update(table).where(table.c.id == question_id, table.c.answer.is_(None))
    if (await db.execute(unanswered.values(answer=words, answered_by=by))).rowcount != 1:
        raise Refused("already_decided")
    who = await dialogue_news.of_party(db, kept=kept, party=Party(row.party))
    await _tell(db, who, f"answered:{question_id}", question_id, now)


async def question(db: AsyncConnection, *, question_id: int, person_id: int) -> Row[Any] | None:
    """For those two parties only; None for everybody else."""
    row = await _row(db, question_id)
    kept = await dialogues.read(db, dialogue_id=row.dialogue_id)
    party = await dialogue_seats.party_of(db, person_id=person_id, dialogue_id=kept.id, group_id=kept.group_id)
    return row if party in (Party.GROUP, Party(row.party)) else None


async def open_(db: AsyncConnection, *, dialogue_id: int) -> Sequence[Row[Any]]:
    """What the group has not answered."""
    query = select(table).where(table.c.dialogue_id == dialogue_id, table.c.answer.is_(None))
    return (await db.execute(query.order_by(table.c.id))).all()


async def _row(db: AsyncConnection, question_id: int) -> Row[Any]:
    row = (await db.execute(select(table).where(table.c.id == question_id))).first()
    if row is None:
        raise Refused("gone")
    return row


async def _tell(db: AsyncConnection, people: Sequence[int], thing: str, number: int, now: datetime) -> None:
    await telling.tell_all(
        db,
        people_ids=people,
        thing=f"dialogue:{thing}",
        conversation="dialogue_question",
        args={"question": number},
        now=now,
    )
