"""A member of the group goes from door to door."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select, update

from domain import codes
from scheduler import left_lying
from storage.tables.doors import rounds, slips, visits
from storage.tables.places import villages
from storage.tables.polls import answers, needs
from tests.stories.valley import ARAGULI, ZEMO, Valley
from tests.town import TBILISI, Phone


async def begin(valley: Valley) -> Phone:
    manana = await valley.member("manana")
    await manana.send("/menu")
    await manana.tap("A neighbour's answer")
    return manana


async def one_house(manana: Phone, kind: str) -> str:
    """The number for the slip."""
    for label in ("Yes, they agree", kind, "without words", "Women", "Go on without", "that is all"):
        await manana.tap(label)
    await manana.tap("Woman")
    await manana.tap("60+")
    return await number(manana)


async def number(phone: Phone) -> str:
    """The newest number for a slip that this phone showed."""
    found: list[str] = re.findall(r"\d{3} \d{3} \d{4}", "\n".join(await phone.texts()))
    return found[-1].replace(" ", "")


async def test_two_houses_one_after_the_other(valley: Valley) -> None:
    await valley.poll()
    manana = await begin(valley)
    await manana.tap("Araguli")
    first = await one_house(manana, "Water")
    assert len(first) == 10
    assert "It is noted" in (await manana.messages())[-2].text
    assert "house 2 today" in (await manana.last()).text, "the next house at once"
    await one_house(manana, "Roads")
    assert "You were at 2 houses" in (await manana.tap("The round is done")).text
    rows = await valley.rows(select(answers).order_by(answers.c.id))
    assert [(row.origin, row.person_id, row.state) for row in rows] == [("door_to_door", None, "complete")] * 2
    assert {row.entered_by for row in rows} == {await valley.person("manana")}
    assert all(row.consent_version for row in rows)
    assert (rows[0].sex, rows[0].age_band, rows[0].village_id) == ("woman", "60+", ARAGULI)


async def test_a_round_of_six_doors_with_a_night_between_and_one_taken_back(valley: Valley) -> None:
    await valley.poll()
    async with valley.town.engine.begin() as db:
        await db.execute(update(villages).where(villages.c.id == ARAGULI).values(population=200))
    manana = await begin(valley)
    assert "about 60 homes" in (await manana.tap("Araguli")).text
    await one_house(manana, "Water")
    await manana.tap("Nobody at home")
    await manana.tap("No, they do not want to")
    mistaken = await one_house(manana, "Irrigation")
    await manana.tap("A rest")
    assert "/menu" in (await manana.send("The upper street, as far as the spring")).text

    valley.town.clock.forward(timedelta(hours=20))
    valley.town.worker = valley.town.new_worker()
    await manana.send("/menu")
    shown = await manana.tap("A neighbour's answer")
    assert "house 1 today, 5 in this round" in shown.text, "the village is not asked again"
    assert "The upper street, as far as the spring" in shown.text
    assert "Irrigation" in (await manana.tap("Take the last house back")).text
    await manana.tap("Yes, take it back")
    assert "4 in this round" in (await manana.last()).text
    for label in ("Yes, they agree", "Roads", "without words", "Women", "Go on without", "that is all"):
        await manana.tap(label)
    await manana.tap("As at the house before: Woman, 60+")
    await one_house(manana, "Waste")
    assert "You were at 5 houses" in (await manana.tap("The round is done")).text

    kept = await valley.rows(select(answers.c.sex, answers.c.age_band))
    assert kept == [("woman", "60+")] * 3
    doors = await valley.rows(select(visits.c.outcome).order_by(visits.c.number))
    assert [row.outcome for row in doors] == ["answered", "nobody", "declined", "undone", "answered", "answered"]
    [round_] = await valley.rows(select(rounds))
    assert (round_.village_id, round_.note) == (ARAGULI, None)
    stranger = await valley.town.phone("stranger")
    assert "taken back" in (await stranger.start("s" + mistaken)).text
    [emptied] = await valley.rows(select(slips).where(slips.c.code_hash == codes.hashed(mistaken)))
    assert emptied.answer_id is None


async def test_back_from_the_next_house_takes_nothing_away(valley: Valley) -> None:
    await valley.poll(ZEMO)
    manana = await begin(valley)
    await one_house(manana, "Water")
    assert "first question" in "\n".join([(await manana.back()).text, *await manana.texts()])
    assert len(await valley.rows(select(answers))) == 1


async def test_who_does_not_agree_is_not_written_down(valley: Valley) -> None:
    await valley.poll(ZEMO)
    manana = await begin(valley)
    await manana.tap("No, they do not want to")
    assert "Nothing is written down" in "\n".join(await manana.texts()), "one village has a poll: it is not asked"
    assert "Thank you" in (await manana.tap("The round is done")).text
    assert await valley.rows(select(answers)) == []


async def test_only_where_a_poll_is_open(valley: Valley) -> None:
    await valley.member("manana")
    manana = await valley.town.phone("manana")
    await manana.send("/menu")
    assert "No poll is open" in (await manana.tap("A neighbour's answer")).text


async def test_a_round_ends_with_its_poll(valley: Valley) -> None:
    await valley.poll(ZEMO, days=1)
    manana = await begin(valley)
    await one_house(manana, "Water")
    await manana.tap("A rest")
    await manana.tap("I remember it")
    valley.town.clock.forward(timedelta(days=3))
    await manana.send("/menu")
    assert "No poll is open" in (await manana.tap("A neighbour's answer")).text
    assert (await valley.rows(select(rounds.c.ended_at)))[0].ended_at is not None


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
