"""/health says what somebody should look at, and no word of what people said."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.inbox import Inbox
from storage.engine import read_engine
from storage.tables.turns import bots, inbox
from tests.bot.web.village import Village
from tests.bot.web.visitor import Visitor


async def health(village: Village) -> httpx.Response:
    async with httpx.AsyncClient(base_url=village.base) as http:
        return await http.get("/health")


async def test_all_is_well(served: Village) -> None:
    answer = await health(served)
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


async def test_a_message_that_waits_long_is_told(closed: Village) -> None:
    asleep = Inbox(closed.write, closed.clock, lambda: None)
    async with closed.open(inbox=asleep), Visitor(closed.base) as nino:
        await nino.say(text="x")
        closed.clock.forward(timedelta(minutes=5))
        told = (await health(closed)).json()
    assert (told["status"], told["waiting_s"]) == ("look", 300)


async def test_parked_messages_and_a_bot_in_conflict_are_told(served: Village, nino: Visitor) -> None:
    await nino.say(start="")
    await nino.next()
    async with served.write.begin() as db:
        await db.execute(update(inbox).values(status="parked"))
        row = {"channel": "telegram:1", "polled_at": served.site.clock.now(), "error": "409 Conflict"}
        await db.execute(insert(bots), [row])
    told = (await health(served)).json()
    assert (told["status"], told["parked"]) == ("look", 1)
    assert told["bots"]["telegram:1"] == {"polled_s_ago": 0, "error": "409 Conflict"}


async def test_the_last_sweep_is_told(closed: Village) -> None:
    async def last_sweep(db: AsyncConnection) -> datetime:
        return closed.site.clock.now() - timedelta(seconds=40)

    async with closed.open(last_sweep=last_sweep):
        assert (await health(closed)).json()["swept_s_ago"] == 40


async def test_without_a_database_it_is_503(closed: Village) -> None:
    away = read_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    async with closed.open(read=away):
        answer = await health(closed)
    assert (answer.status_code, answer.json()["database"]) == (503, False)
