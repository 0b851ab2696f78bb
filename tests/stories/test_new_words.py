"""The group hears that neighbours' words wait, once a day and only while they do."""

from __future__ import annotations

from datetime import timedelta

from scheduler import new_words
from tests.stories.valley import Valley
from tests.town import TBILISI


async def sweep(valley: Valley) -> None:
    async with valley.town.engine.begin() as db:
        await new_words.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def told(valley: Valley, words: str) -> None:
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await nino.tap("Roads")
    await nino.send(words)
    await nino.tap("Everyone")
    await nino.tap("Go on without")
    await nino.tap("that is all")


async def test_a_member_hears_once_a_day_and_reads_at_once(valley: Valley) -> None:
    await valley.poll()
    manana = await valley.member("manana")
    await told(valley, "The bridge is broken")
    for _twice in range(2):
        await sweep(valley)
    asked = [text for text in await manana.texts() if "wait for you" in text]
    assert len(asked) == 1
    assert "1 need" in asked[0]
    assert "bridge" not in asked[0]
    assert "The bridge is broken" in (await manana.tap("let us read")).text
    await manana.tap("Yes, as it is")
    assert "That was all" in (await manana.last()).text
    valley.town.clock.forward(timedelta(days=1))
    await sweep(valley)
    assert len([text for text in await manana.texts() if "wait for you" in text]) == 1


async def test_not_now_is_all_right_and_tomorrow_it_is_asked_again(valley: Valley) -> None:
    await valley.poll()
    manana = await valley.member("manana")
    await told(valley, "The bridge is broken")
    await sweep(valley)
    assert "/menu" in (await manana.tap("Not now")).text
    valley.town.clock.forward(timedelta(days=1))
    await sweep(valley)
    assert "wait for you" in (await manana.last()).text


async def test_nobody_hears_when_nothing_waits(valley: Valley) -> None:
    await valley.poll()
    manana = await valley.member("manana")
    await sweep(valley)
    assert not [text for text in await manana.texts() if "wait for you" in text]
