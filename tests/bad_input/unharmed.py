"""After bad input nothing is lost, nobody is stuck, and everything still works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from bot.phone import Phone
from storage.tables.people import addresses
from storage.tables.turns import inbox, runs
from tests.town import Town


async def unplayed(town: Town) -> Sequence[Any]:
    """What waits though it is due, and what could not be played."""
    columns = (inbox.c.channel, inbox.c.status, inbox.c.error, inbox.c.payload)
    query = select(*columns).where(inbox.c.status.in_(("new", "parked")), inbox.c.due_at.is_(None))
    async with town.engine.connect() as db:
        return (await db.execute(query)).all()


async def unharmed(town: Town, phone: Phone) -> None:
    """Asked in the middle of a conversation: the menu comes, and the way back to the question is in it."""
    assert await unplayed(town) == []
    question = await phone.last()
    menu = await phone.send("/menu")
    begun = {f"0:start:{name}" for name in await begun_by(town, phone)}  # its own entry leads to its first question
    for data in [data for label, data in menu.buttons if "▶" in label or data in begun]:
        again = await phone.act(tap=data, callback="c")
        if last_paragraph(again.text) == last_paragraph(question.text):
            break
    else:
        raise AssertionError(f"there is no way back to {question.text!r}")
    assert await unplayed(town) == []


async def begun_by(town: Town, phone: Phone) -> Sequence[str]:
    query = select(runs.c.conversation).join(addresses, addresses.c.person_id == runs.c.person_id)
    query = query.where(addresses.c.external == phone.name, runs.c.state == "front")
    async with town.engine.connect() as db:
        return (await db.execute(query)).scalars().all()


def last_paragraph(text: str) -> str:
    return text.rsplit("\n\n", maxsplit=1)[-1]
