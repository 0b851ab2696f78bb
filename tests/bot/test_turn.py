"""Turns under pressure: many workers, many messages, a database that fails."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.port import Raw
from conversations.chat import Chat
from conversations.registry import Entry, Registry
from storage import queue, telling
from storage.engine import write_engine
from storage.jsontext import loads
from storage.tables.people import people
from storage.tables.turns import inbox, outbox, runs
from tests.town import Town

STEPS = 5


async def countdown(chat: Chat) -> None:
    for step in range(STEPS):
        await chat.part(str(step)).text("answer", f"Question {step}?")
    chat.say("Thank you")


@pytest.fixture
def registry() -> Registry:
    registry = Registry()
    registry.add(Entry("welcome", countdown, lambda: "Countdown"))
    return registry


def messages(people_count: int) -> list[Raw]:
    """Everybody says hello and answers, each in order, all mixed."""
    return [
        {"id": f"{name}-{step}", "from": f"p{name}", "text": f"{step}"}
        for step in range(STEPS + 1)
        for name in range(people_count)
    ]


async def all_said(town: Town) -> dict[str, list[Any]]:
    async with town.engine.connect() as db:
        trails = (await db.execute(select(runs.c.trail))).scalars().all()
        shown = (await db.execute(select(outbox.c.payload))).scalars().all()
    return {"trails": [loads(trail) for trail in trails], "shown": [loads(row)["text"] for row in shown]}


async def nothing_waits(town: Town) -> bool:
    async with town.engine.connect() as db:
        return not (await db.execute(select(func.count()).where(inbox.c.status == "new"))).scalar_one()


async def check_everybody(town: Town, count: int) -> None:
    said = await all_said(town)
    assert len(said["trails"]) == count
    assert all([entry[2] for entry in trail] == ["1", "2", "3", "4", "5"] for trail in said["trails"])
    assert Counter(said["shown"])["Thank you"] == count


async def test_a_batch_plays_many_people_in_their_own_order(town: Town) -> None:
    await town.inbox.keep(town.channel, messages(20))
    await town.worker.drain()
    await check_everybody(town, 20)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_four_workers_share_the_people_and_play_each_message_once(town: Town, database_url: str) -> None:
    engines = [write_engine(database_url) for _ in range(4)]
    workers = [town.new_worker(engine) for engine in engines]
    await town.inbox.keep(town.channel, messages(40))

    async def work(number: int) -> None:
        while not await nothing_waits(town):
            await workers[number].batch()

    async with asyncio.timeout(60):
        await asyncio.gather(*(work(number) for number in range(4)))
    await check_everybody(town, 40)
    for engine in engines:
        await engine.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_person_held_by_one_worker_is_passed_over_by_another(town: Town, database_url: str) -> None:
    await town.inbox.keep(town.channel, messages(2))
    other = write_engine(database_url)
    async with other.begin() as db:
        first = (await db.execute(select(func.min(people.c.id)))).scalar_one()
        await db.execute(select(people.c.id).where(people.c.id == first).with_for_update())
        await town.worker.drain()
        assert len((await all_said(town))["trails"]) == 1
    await town.worker.drain()
    await check_everybody(town, 2)
    await other.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_whoever_writes_is_heard_before_those_who_are_only_told_something(town: Town) -> None:
    await town.inbox.keep(town.channel, messages(3))
    await town.worker.drain()
    async with town.engine.begin() as db:
        known = (await db.execute(select(people.c.id).order_by(people.c.id))).scalars().all()
        for person_id in known:
            await telling.tell(
                db, person_id=person_id, conversation="welcome", thing="a reminder", args={}, now=town.clock.now()
            )
    await town.inbox.keep(town.channel, [{"id": "late", "from": "p2", "text": "late"}])
    async with town.engine.begin() as db:
        claimed = await queue.claim(db, now=town.clock.now(), most=1)
    assert [row.channel for row in claimed] == ["self"]  # their own order stays
    assert claimed[0].person_id == known[2]


async def test_a_database_that_fails_in_the_middle_parks_nothing_and_loses_nothing(town: Town) -> None:
    await town.inbox.keep(town.channel, messages(3))
    fail = _failing_at("INSERT INTO outbox")
    event.listen(town.engine.sync_engine, "before_cursor_execute", fail)
    with pytest.raises(OperationalError):
        await town.worker.batch()
    event.remove(town.engine.sync_engine, "before_cursor_execute", fail)
    await town.worker.drain()
    await check_everybody(town, 3)


def _failing_at(statement: str) -> Any:
    def fail(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.startswith(statement):
            raise OperationalError(sql, None, Exception("database or disk is full"))

    return fail


async def test_a_full_disk_inside_a_conversation_parks_nothing(town: Town, registry: Registry) -> None:
    full = True

    async def write(_db: AsyncConnection) -> None:
        if full:
            raise OperationalError("INSERT", None, Exception("database or disk is full"))

    async def saves(chat: Chat) -> None:
        await chat.do("save", write)
        chat.say("Saved")

    registry.entries["welcome"] = Entry("welcome", saves, lambda: "Saves")
    await town.receive("nino", text="hello")
    with pytest.raises(OperationalError):
        await town.worker.batch()
    full = False
    await town.worker.drain()
    assert (await all_said(town))["shown"] == ["Saved"]


async def test_what_no_person_sent_is_kept_and_played_by_nobody(town: Town) -> None:
    await town.inbox.keep(town.channel, [{"strange": True}, {"strange": True}])
    await town.worker.drain()
    async with town.engine.connect() as db:
        kept = (await db.execute(select(inbox.c.status))).scalars().all()
    assert kept == ["ignored"]


async def test_who_left_is_answered_again_when_they_return(town: Town) -> None:
    nino = await town.phone("nino")
    await nino.send("hello")
    await town.receive("nino", left=True)
    await town.worker.drain()
    assert (await nino.send("0")).text == "Question 1?"
