"""A resident vanishes in the middle of a poll."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from scheduler import left_lying
from storage.tables.polls import answers
from tests.stories.valley import Valley
from tests.town import TBILISI


async def sweep(valley: Valley, **later: float) -> None:
    valley.town.clock.forward(timedelta(**later))
    async with valley.town.engine.begin() as db:
        await left_lying.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def test_they_are_asked_once_whether_to_go_on_and_their_answers_are_kept(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await nino.tap("Roads")
    number = len(await nino.messages())
    await sweep(valley, hours=5)
    assert len(await nino.messages()) == number
    await sweep(valley, hours=17)
    assert "You did not finish" in (await nino.last()).text
    await sweep(valley, hours=24)
    assert len(await nino.messages()) == number + 1
    await sweep(valley, days=7)
    [answer] = await valley.rows(select(answers))
    assert answer.state == "partial"
    assert len(await nino.messages()) == number + 1


async def test_going_on_after_the_question_keeps_everything(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await nino.tap("Roads")
    await sweep(valley, hours=22)
    assert "in your own words" in (await nino.tap("Yes, go on")).text


async def test_at_night_nobody_is_asked(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino")
    valley.town.clock.forward(timedelta(hours=15))  # three in the night
    await nino.start("varaguli")
    await nino.tap("Roads")
    number = len(await nino.messages())
    await sweep(valley, hours=20)
    assert len(await nino.messages()) == number
    valley.town.clock.forward(timedelta(hours=10))
    await valley.town.worker.drain()
    assert len(await nino.messages()) == number + 1


async def test_a_newcomer_who_has_not_agreed_is_left_in_peace(valley: Valley) -> None:
    nino = await valley.town.phone("nino")
    await nino.start("varaguli")
    number = len(await nino.messages())
    await sweep(valley, hours=22)
    assert len(await nino.messages()) == number


async def test_who_never_began_is_not_asked_to_go_on(valley: Valley) -> None:
    nino = await valley.resident("nino")
    await valley.poll()
    await valley.town.worker.drain()
    number = len(await nino.messages())
    await sweep(valley, hours=22)
    assert len(await nino.messages()) == number


async def test_what_waits_behind_a_silent_talk_is_offered_once(valley: Valley) -> None:
    nino = await valley.resident("nino")
    await nino.send("/forget")
    await valley.poll()
    await valley.town.worker.drain()
    assert "Shall I erase" in (await nino.last()).text, "it is never mixed in"
    await sweep(valley, hours=13)
    await sweep(valley, hours=10)
    offers = [text for text in await nino.texts() if "There is something for you" in text]
    assert len(offers) == 1
    assert "What does Araguli need most?" in (await nino.tap("Yes, now")).text
