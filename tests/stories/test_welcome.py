"""A newcomer, from the village's link to what happens next."""

from __future__ import annotations

from sqlalchemy import select

from domain.people import CONSENT_VERSION
from storage.tables.people import addresses, consents, people
from storage.tables.turns import runs
from tests.stories.valley import ARAGULI, MTA, Valley


async def test_the_villages_own_link_carries_the_village(valley: Valley) -> None:
    nino = await valley.town.phone("nino")
    hello = await nino.start("varaguli")
    assert [text for text, _data in hello.buttons][:2] == ["English · 📱", "ქართული"]
    assert "group of Araguli" in (await nino.tap("English")).text
    assert "16 or older" in (await nino.tap("Yes, I agree")).text
    assert "Woman or man" in (await nino.tap("Yes, I am")).text
    await nino.tap("Woman")
    assert "no open poll" in (await nino.tap("25-39")).text
    [row] = await valley.rows(select(people).where(people.c.id == await valley.person("nino")))
    assert (row.village_id, row.sex, row.age_band, row.language) == (ARAGULI, "woman", "25-39", "en")
    assert row.welcomed_at is not None


async def test_consent_keeps_its_text_and_its_hour(valley: Valley) -> None:
    nino = await valley.town.phone("nino")
    await nino.start("varaguli")
    await nino.tap("ქართული")
    await nino.tap("დიახ")
    for label in ("დიახ", "არ მსურს", "არ მსურს"):
        await nino.tap(label)
    [yes] = await valley.rows(select(consents))
    assert (yes.version, yes.language, yes.given_at) == (CONSENT_VERSION, "ka", valley.town.clock.now())


async def test_without_a_link_the_place_is_found_by_steps(valley: Valley) -> None:
    nino = await valley.town.phone("nino")
    await nino.send("hello")
    for label in ("English", "Yes, I agree", "Yes, I am"):
        await nino.tap(label)
    assert "Which community" in (await nino.last()).text, "the only municipality is not asked"
    await nino.send("Hill")
    assert "Woman or man" in (await nino.last()).text, "nor the only village of the community"
    await nino.tap("Prefer not to say")
    await nino.tap("Prefer not to say")
    [row] = await valley.rows(select(people).where(people.c.id == await valley.person("nino")))
    assert (row.village_id, row.sex, row.age_band) == (MTA, None, None)


async def test_a_village_that_is_not_listed_is_noted(valley: Valley) -> None:
    nino = await valley.town.phone("nino")
    await nino.start()
    for label in ("English", "Yes, I agree", "Yes, I am", "not listed"):
        await nino.tap(label)
    await nino.send("Shorena, Dzeveri")
    await nino.tap("Prefer not to say")
    assert "coordinator looks for your village" in (await nino.tap("Prefer not to say")).text
    [row] = await valley.rows(select(people.c.place_note).where(people.c.id == await valley.person("nino")))
    assert row.place_note == "Shorena, Dzeveri"
    await valley.poll()
    cora = await valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Villages not listed")
    await cora.tap("Shorena")
    assert "hear of it now" in (await cora.tap("Araguli")).text
    assert "found: Araguli" in (await nino.last()).text
    assert "What does Araguli need most?" in (await nino.last()).text


async def test_back_goes_from_consent_to_the_language(valley: Valley) -> None:
    nino = await valley.town.phone("nino")
    await nino.start("varaguli")
    assert "არაგული" in (await nino.tap("ქართული")).text
    await nino.back()
    assert "group of Araguli" in (await nino.tap("English")).text


async def test_of_a_child_nothing_is_kept(valley: Valley) -> None:
    gio = await valley.town.phone("gio")
    await gio.start("varaguli")
    await gio.tap("English")
    await gio.tap("Yes, I agree")
    child = await valley.person("gio")
    goodbye = await gio.tap("No, I am younger")
    assert "16 and older" in goodbye.text
    [row] = await valley.rows(select(people).where(people.c.id == child))
    assert row.erased_at is not None
    assert row.welcomed_at is None
    assert await valley.rows(select(runs).where(runs.c.person_id == child)) == []
    assert await valley.rows(select(consents)) == []


async def test_who_does_not_agree_may_think_again(valley: Valley) -> None:
    nino = await valley.town.phone("nino")
    await nino.start("varaguli")
    await nino.tap("English")
    assert "keep nothing" in (await nino.tap("No")).text
    await nino.start("varaguli")
    for label in ("English", "Yes, I agree", "Yes, I am", "Prefer not", "Prefer not"):
        await nino.tap(label)
    assert len(await valley.rows(select(addresses))) == 1


async def test_a_link_of_another_village_asks_whether_they_moved(valley: Valley) -> None:
    nino = await valley.resident("nino")
    assert "link of Zemo" in (await nino.start("vzemo")).text
    await nino.tap("stay")
    assert (await valley.rows(select(people.c.village_id)))[0].village_id == ARAGULI


async def test_a_second_visit_goes_straight_to_the_open_poll(valley: Valley) -> None:
    nino = await valley.resident("nino")
    await valley.poll()
    assert "What does Araguli need most?" in (await nino.start("varaguli")).text
