"""Odd answers are shown to somebody who did not collect them; homes are asked again; each decision leaves a trace."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.flags import Decision
from domain.people import Role
from domain.polls import CHANGES
from domain.refusal import Refused
from scheduler import publish_counts, watch_answers
from storage import answer_changes, asking_again, counts
from storage import flags as kept
from storage.tables.honesty import asked_again, flag_decisions, flags
from tests.stories.stuffers import homes
from tests.stories.valley import ARAGULI, Valley
from tests.town import TBILISI, Phone

SECRET = b"a secret"
SWEEP = watch_answers.sweeper(SECRET)


async def watch(valley: Valley) -> None:
    async with valley.town.engine.begin() as db:
        await SWEEP(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def real(valley: Valley, poll_id: int) -> Any:
    async with valley.town.engine.connect() as db:
        return await counts.real(db, poll_id=poll_id, village_id=ARAGULI)


async def hasty(valley: Valley, count: int = 13, apart: timedelta = timedelta(minutes=1)) -> int:
    """Lali is too quick; answers the poll."""
    poll_id = await valley.poll(ARAGULI)
    await valley.member("lali")
    await homes(valley, poll_id, await valley.person("lali"), count, apart, {"kind": "water"})
    return poll_id


async def decide(phone: Phone, label: str, reason: str | None = None) -> str:
    await phone.send("/menu")
    await phone.tap("set aside")
    await phone.tap(label)
    return (await phone.send(reason) if reason else await phone.tap("without words")).text


async def test_somebody_else_hears_of_it_sees_numbers_and_counts_them(valley: Valley) -> None:
    poll_id = await hasty(valley)
    manana = await valley.member("manana", Role.LEADER)
    await watch(valley)
    assert ((await real(valley, poll_id)).people, (await real(valley, poll_id)).set_aside) == (0, 13)
    shown = [text for text in await manana.texts() if "13 homes" in text]
    assert shown
    assert "13 at the door" in shown[0]
    assert "They count from now on" in await decide(manana, "Count them")
    restored = await real(valley, poll_id)
    assert (restored.people, restored.set_aside, restored.kinds) == (13, 0, {"water": 13})
    await watch(valley)
    assert (await real(valley, poll_id)).people == 13, "what was decided is not flagged again"


async def test_who_collected_them_is_not_asked_and_without_another_it_is_the_coordinator(valley: Valley) -> None:
    poll_id = await hasty(valley)
    cora = await valley.coordinator()
    await watch(valley)
    lali = await valley.town.phone("lali")
    assert not any("set aside" in label for label, _data in (await lali.send("/menu")).buttons)
    assert any("13 homes" in text for text in await cora.texts())
    assert "stay kept" in await decide(cora, "Do not count", "Nobody was at these doors")
    [trace] = await valley.rows(select(flag_decisions))
    decided = (trace.decision, trace.reason, trace.decided_by)
    assert decided == ("void", "Nobody was at these doors", await valley.person("cora"))
    assert (await real(valley, poll_id)).people == 0
    await cora.send("/menu")
    await cora.tap("Polls")
    assert "set aside until somebody has looked: 13" in (await cora.tap("· open")).text
    await cora.tap("What was set aside")
    await cora.tap("too many homes in an hour: 13 · not counted")
    await cora.tap("Count them")
    assert "count from now on" in (await cora.tap("without words")).text
    assert [row.decision for row in await valley.rows(select(flag_decisions))] == ["void", "counts"]
    assert (await real(valley, poll_id)).people == 13


async def test_one_home_in_ten_is_asked_again_by_another(valley: Valley) -> None:
    await hasty(valley, count=20, apart=timedelta(minutes=6))
    manana = await valley.member("manana")
    await watch(valley)
    await watch(valley)
    drawn = await valley.rows(select(asked_again).order_by(asked_again.c.id))
    assert [(row.answer_id - 1) // 10 for row in drawn] == [0, 1], "one of each ten, once"
    lali = await valley.town.phone("lali")
    assert not any("again" in label for label, _data in (await lali.send("/menu")).buttons)
    await manana.send("/menu")
    await manana.tap("Ask at a home again")
    asked = await manana.tap(f"home {drawn[0].house}")
    assert "Was somebody of the group here" in asked.text
    assert any("Another member asks at one of your homes" in text for text in await lali.texts())
    await manana.tap("Yes, somebody")
    assert "noted" in (await manana.tap("Water")).text
    await manana.send("/menu")
    await manana.tap("Ask at a home again")
    await manana.tap(f"home {drawn[1].house}")
    await manana.tap("nobody remembers")
    rows = await valley.rows(select(asked_again.c.result).order_by(asked_again.c.id))
    assert [row.result for row in rows] == ["agrees", "nobody"]
    cora = await valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Polls")
    assert "2 homes asked again: the same: 1, nobody remembers a visit: 1." in (await cora.tap("· open")).text


async def test_left_beside_until_asked_again_it_comes_back_to_be_decided(valley: Valley) -> None:
    await hasty(valley)
    manana = await valley.member("manana", Role.LEADER)
    await watch(valley)
    said = await decide(manana, "Leave them beside")
    # Of the two homes at least, the draw of each ten may have chosen one before.
    assert re.search(r"ask at (1 home|2 homes) again", said)
    person = await valley.person("manana")
    async with valley.town.engine.begin() as db:
        now = valley.town.clock.now()
        for task in await asking_again.open_for(db, person_id=person, now=now):
            await asking_again.answer(db, task_id=task.id, by=person, visited=True, first_kind="water", now=now)
    valley.town.clock.forward(timedelta(days=1))
    await valley.town.worker.drain()
    await manana.send("/menu")
    assert "the same: " in (await manana.tap("set aside")).text


async def test_a_count_says_how_it_was_collected(valley: Valley) -> None:
    await hasty(valley, count=8, apart=timedelta(minutes=6))
    async with valley.town.engine.begin() as db:
        await publish_counts.sweep(db, valley.town.clock.now(), TBILISI)
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    for label in ("Roads", "without words", "Children", "Go on without"):
        await nino.tap(label)
    thanks = (await nino.tap("that is all")).text
    assert "About 5 answers were counted: 5 at the door." in thanks


async def test_who_changes_an_answer_endlessly_is_asked_to_wait(valley: Valley) -> None:
    await valley.poll(ARAGULI)
    nino = await valley.resident("nino")
    person = await valley.person("nino")
    async with valley.town.engine.begin() as db:
        for _time in range(CHANGES):
            await answer_changes.note(db, person_id=person, now=valley.town.clock.now())
    shown = []
    for wait in (timedelta(0), timedelta(hours=1)):
        valley.town.clock.forward(wait)
        await nino.start("varaguli")
        for label in ("Roads", "without words", "Children", "Go on without", "that is all"):
            last = await nino.tap(label)
        shown.append(last.text)
    assert "many times within an hour" in shown[0]
    assert "Your answer is in" in shown[1]


async def test_who_collected_them_cannot_decide_and_nobody_without_a_role(valley: Valley) -> None:
    await hasty(valley)
    await valley.resident("nino")
    await watch(valley)
    [flag] = await valley.rows(select(flags))
    for name, reason in (("lali", "collected_it"), ("nino", "not_allowed")):
        by = await valley.person(name)
        async with valley.town.engine.connect() as db:
            with pytest.raises(Refused, match=reason):
                await kept.decide(
                    db, flag_id=flag.id, by=by, decision=Decision.COUNTS, reason=None, now=valley.town.clock.now()
                )


async def test_who_decided_is_shown_it_and_may_be_forgotten(valley: Valley) -> None:
    await hasty(valley)
    manana = await valley.member("manana", Role.LEADER)
    await watch(valley)
    await decide(manana, "Count them", "I was there too")
    assert "1 decision of yours" in "\n".join([(await manana.send("/mydata")).text, *(await manana.texts())])
    await manana.send("/forget")
    await manana.tap("Yes")
    [trace] = await valley.rows(select(flag_decisions))
    assert (trace.decision, trace.decided_by) == ("counts", None)
