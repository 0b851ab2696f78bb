"""A resident follows a promise, hears when it stands otherwise, and ends it with one tap."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from domain.people import Role
from scheduler.promise_news import sweep
from storage.tables.promise_follows import promise_follows
from tests.stories.test_promises import SPEAKER, WORDS, march, official, released_need, write_down
from tests.stories.valley import Valley
from tests.town import TBILISI, TELEGRAM, WEB, Phone

NEWS = "There is news of a promise that you follow"
ASKED_FOR = "There is news of what you asked for"


@pytest.fixture(params=[TELEGRAM, WEB])
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def look(valley: Valley, moment: datetime | None = None) -> None:
    """The clock stands at this moment and looks at the promises, and everything that is due is told."""
    if moment is not None:
        valley.town.clock.move_to(moment)
    async with valley.town.engine.begin() as db:
        await sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def follow(phone: Phone, promise: str = "The road") -> str:
    await phone.send("/menu")
    await phone.tap("🤝 Promises")
    await phone.tap(promise)
    return (await phone.tap("Tell me when it changes")).text


async def seen(phone: Phone, promise: str, sight: str) -> None:
    await phone.send("/menu")
    for label in ("I looked at a promise", promise, sight, "No photo", "Skip"):
        await phone.tap(label)


async def heard(phone: Phone) -> int:
    return sum(NEWS in text for text in await phone.texts())


async def test_who_follows_hears_and_ends_it_with_one_tap(valley: Valley, channel: str) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino", channel=channel)
    await official(valley)
    await write_down(leader)
    assert "when it stands otherwise, I will write to you" in await follow(nino)
    await look(valley)
    assert await heard(nino) == 0, "nothing has changed"
    await seen(leader, "The road", "Work is going on")
    await look(valley, march(3))
    await look(valley, march(4))
    assert await heard(nino) == 1
    assert "under way" in (await nino.last()).text
    await nino.tap("Do not tell me any more")
    await look(valley, march(21))
    assert await heard(nino) == 1


async def test_from_the_page_it_is_ended_too(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await write_down_by(valley, leader)
    await follow(nino)
    await nino.send("/menu")
    for label in ("🤝 Promises", "The road"):
        await nino.tap(label)
    await nino.tap("Do not tell me any more")
    await look(valley)
    await look(valley, march(22))
    assert await heard(nino) == 0
    await follow(nino)
    [row] = await valley.rows(select(promise_follows))
    assert row.ended_at is None


async def write_down_by(valley: Valley, leader: Phone, words: str = WORDS) -> None:
    await official(valley)
    await write_down(leader, words=words)


async def test_nobody_hears_at_night_and_once_a_day_however_many_promises(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await write_down_by(valley, leader)
    await write_down(leader, words="The bus will come")
    await follow(nino)
    await follow(nino, "The bus")
    await look(valley)
    await look(valley, march(21, 0, 30))
    assert await heard(nino) == 0
    await look(valley, march(21, 10))
    assert await heard(nino) == 1
    await look(valley, march(21, 20))
    assert await heard(nino) == 1
    await look(valley, march(22, 10))
    assert await heard(nino) == 2


async def test_only_the_newest_is_told(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await write_down_by(valley, leader)
    await follow(nino)
    await look(valley)
    valley.town.clock.move_to(march(3, 22))
    await seen(leader, "The road", "Work is going on")
    await look(valley, march(3, 22, 10))
    await leader.send("/menu")
    for label in ("I looked at a promise", "The road", "It is done"):
        await leader.tap(label)
    await leader.photo()
    await leader.tap("Skip")
    await look(valley, march(3, 22, 20))
    await look(valley, march(4, 10))
    assert await heard(nino) == 1
    assert "✅ kept" in (await nino.last()).text


async def test_who_stands_behind_the_need_hears_without_asking(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await released_need(valley, await valley.poll(), "nino", "No light in the lane")
    await official(valley)
    await leader.send("/menu")
    for label in ("Write down a promise", "Araguli", "No light", SPEAKER):
        await leader.tap(label)
    await leader.send(WORDS)
    for label in ("Today", "at a round table", "A day was named"):
        await leader.tap(label)
    await leader.send("20.03.2026")
    await leader.tap("Yes, write it down")
    await look(valley)
    await look(valley, march(21))
    assert sum(ASKED_FOR in text for text in await nino.texts()) == 1
    await nino.tap("Do not tell me any more")
    await seen(leader, "The road", "It is done")
    await look(valley, march(22))
    assert sum(ASKED_FOR in text for text in await nino.texts()) == 1


async def test_what_somebody_follows_is_shown(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await write_down_by(valley, leader)
    await follow(nino)
    await nino.send("/mydata")
    assert "that you follow 1 promise" in "\n".join(await nino.texts())
