"""Old talk goes, and what it said stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from conversations.chat import Chat
from conversations.registry import Entry, Registry
from scheduler import retention
from storage.tables.turns import inbox, outbox, runs
from tests.town import TBILISI, Town


@pytest.fixture
def registry() -> Registry:
    async def hello(chat: Chat) -> None:
        chat.say(f"Hello {await chat.text('name', 'Your name?')}")

    registry = Registry()
    registry.add(Entry("welcome", hello, lambda: "Hello"))
    return registry


async def rows(town: Town) -> list[int]:
    async with town.engine.connect() as db:
        return [
            (await db.execute(select(func.count()).select_from(table))).scalar_one() for table in (inbox, outbox, runs)
        ]


async def sweep(town: Town) -> int:
    async with town.engine.begin() as db:
        return await retention.sweep(db, town.clock.now(), TBILISI)


async def test_talk_of_ninety_days_ago_goes_and_the_person_goes_on_from_a_clean_slate(town: Town) -> None:
    nino = await town.phone("nino")
    await nino.send("hello")
    await nino.send("Nino")
    mari = await town.phone("mari")
    await mari.send("hello")
    town.clock.forward(timedelta(days=89))
    assert await sweep(town) == 0
    town.clock.forward(timedelta(days=2))
    await sweep(town)
    messages, _shown, conversations = await rows(town)
    assert (messages, conversations) == (0, 1)  # Mari's question is still open
    assert (await mari.send("Mari")).text == "Hello Mari"
    assert (await nino.send("hello again")).text == "Your name?"
