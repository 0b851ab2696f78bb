"""Old talk goes, and what it said stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.catalogue import everything
from conversations.chat import Chat
from conversations.registry import Entry, Registry
from scheduler import retention
from storage import media as kept_media
from storage.tables.people import people
from storage.tables.turns import inbox, media, outbox, runs, work
from tests.stories.forms import md, put
from tests.stories.valley import Valley
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


async def test_a_table_made_for_the_desk_goes_after_ninety_days_and_a_photo_stays(town: Town) -> None:
    nino = await town.phone("nino")
    await nino.send("hello")
    async with town.engine.begin() as db:
        owner = (await db.execute(select(people.c.id))).scalar_one()
        for name, kind in (("table", "document"), ("picture", "photo")):
            made = {"person_id": owner, "mime": "x/y", "now": town.clock.now()}
            await kept_media.add(db, media_id=name, kind=kind, **made)
    town.clock.forward(timedelta(days=91))
    await sweep(town)
    async with town.engine.connect() as db:
        kept = (await db.execute(select(media.c.id, media.c.state).order_by(media.c.id))).all()
        to_erase = (await db.execute(select(work.c.args).where(work.c.kind == "erase_file"))).scalars().all()
    assert [tuple(row) for row in kept] == [("picture", "ready"), ("table", "erased")]
    assert to_erase == [{"media": "table"}]


async def test_a_document_that_answers_a_form_stays_as_long_as_the_answer(engine: AsyncEngine) -> None:
    valley = Valley(Town(engine, everything()))
    await valley.settle()
    nino = await valley.resident("nino")
    call = await put(valley, md("file | plan | Plan?"))
    await nino.start(f"f{call}")
    await nino.tap("Let us begin")
    await nino.document("the plan", name="plan.pdf")
    await nino.tap("it is ready")
    valley.town.clock.forward(timedelta(days=91))
    await sweep(valley.town)
    [kept] = await valley.rows(select(media.c.state))
    assert kept.state != "erased"
    await nino.send("/forget")
    await nino.tap("Yes")
    [gone] = await valley.rows(select(media.c.state))
    assert gone.state == "erased"


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
