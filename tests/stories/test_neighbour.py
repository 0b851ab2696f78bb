"""A member of the group goes from door to door."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from scheduler import left_lying
from storage.tables.polls import answers, needs
from tests.stories.valley import ARAGULI, ZEMO, Valley
from tests.town import TBILISI, Phone


async def begin(valley: Valley) -> Phone:
    manana = await valley.member("manana")
    await manana.send("/menu")
    await manana.tap("A neighbour's answer")
    return manana


async def one_house(manana: Phone, kind: str) -> None:
    for label in ("Yes, they agree", kind, "without words", "Women", "Go on without", "that is all"):
        await manana.tap(label)
    await manana.tap("Woman")
    await manana.tap("60+")


async def test_two_houses_one_after_the_other(valley: Valley) -> None:
    await valley.poll()
    manana = await begin(valley)
    await manana.tap("Araguli")
    await one_house(manana, "Water")
    assert "It is noted" in (await manana.last()).text
    await manana.tap("one more")
    await one_house(manana, "Roads")
    assert "door to door" in (await manana.tap("that is all")).text
    rows = await valley.rows(select(answers).order_by(answers.c.id))
    assert [(row.origin, row.person_id, row.state) for row in rows] == [("door_to_door", None, "complete")] * 2
    assert {row.entered_by for row in rows} == {await valley.person("manana")}
    assert all(row.consent_version for row in rows)
    assert (rows[0].sex, rows[0].age_band, rows[0].village_id) == ("woman", "60+", ARAGULI)


async def test_who_does_not_agree_is_not_written_down(valley: Valley) -> None:
    await valley.poll(ZEMO)
    manana = await begin(valley)
    assert "Nothing is written down" in (await manana.tap("No")).text, "one village has a poll: it is not asked"
    assert "Thank you" in (await manana.tap("that is all")).text
    assert await valley.rows(select(answers)) == []


async def test_only_where_a_poll_is_open(valley: Valley) -> None:
    await valley.member("manana")
    manana = await valley.town.phone("manana")
    await manana.send("/menu")
    assert "No poll is open" in (await manana.tap("A neighbour's answer")).text


async def test_a_resident_is_not_offered_it(valley: Valley) -> None:
    nino = await valley.resident("nino")
    menu = await nino.send("/menu")
    assert not any("neighbour" in label for label, _data in menu.buttons)


async def test_a_house_left_in_the_middle_is_kept_as_partial(valley: Valley) -> None:
    await valley.poll(ZEMO)
    manana = await begin(valley)
    await manana.tap("Yes, they agree")
    await manana.tap("Roads")
    await manana.send("The bridge")
    valley.town.clock.forward(timedelta(days=8))
    async with valley.town.engine.begin() as db:
        await left_lying.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()
    [answer] = await valley.rows(select(answers))
    assert (answer.state, answer.village_id) == ("partial", ZEMO)
    assert [row.words for row in await valley.rows(select(needs.c.words))] == ["The bridge"]
