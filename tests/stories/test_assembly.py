"""A trustee sets the day of a village's assembly; everybody hears of it, women apart, and of what was chosen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.registry import Registry
from domain.assembly import Outcome
from domain.chosen import Line, Result, Shown
from domain.people import Action, Role
from domain.refusal import Refused
from scheduler import assemblies as sweep
from storage import assemblies
from storage.tables.assemblies import assembly_outcomes
from tests.stories.test_gender_table import chose
from tests.stories.test_marker import open_
from tests.stories.test_promises import released_need
from tests.stories.valley import ARAGULI, MUNICIPALITY, Valley
from tests.town import TBILISI, Phone, StoppedClock, Town

JANUARY = datetime(2027, 1, 11, 8, tzinfo=UTC)  # a Monday, noon in Tbilisi


@pytest.fixture
async def valley(engine: AsyncEngine, registry: Registry) -> Valley:
    valley = Valley(Town(engine, registry, StoppedClock(JANUARY)))
    await valley.settle()
    return valley


async def trustee(valley: Valley) -> Phone:
    phone = await valley.resident("tamaz", None)
    confirmed: dict[str, Any] = {"confirmed_at": valley.town.clock.now(), "municipality_id": MUNICIPALITY}
    await valley.grant("tamaz", Role.TRUSTEE, name="Tamaz", office="trustee", **confirmed)
    return phone


async def with_a_list(valley: Valley) -> tuple[Phone, Phone]:
    """Nino is a woman, Vano a man; women want the light first."""
    poll = await valley.poll()
    nino, vano = await valley.resident("nino", sex="woman"), await valley.resident("vano", sex="man")
    await released_need(valley, poll, "nino", "No light in the lane")
    await released_need(valley, poll, "vano", "The bridge is gone")
    await chose(valley, poll, Result((Line(2, Shown(people=10)), Line(1, Shown(people=5))), women=(1, 2), men=(2,)))
    return nino, vano


async def set_day(phone: Phone, day: str, act: str = "Set the day") -> str:
    await open_(phone, "The assembly of a village")
    for label in ("Araguli", act):
        await phone.tap(label)
    await phone.send(day)
    await phone.send("15:00")
    shown = await phone.send("In the school yard")
    await phone.tap("Yes, tell everybody")
    return shown.text


async def swept(valley: Valley, month: int, day: int, hour: int = 7) -> None:
    valley.town.clock.move_to(datetime(2027, month, day, hour, tzinfo=UTC))
    for _twice in range(2):
        async with valley.town.engine.begin() as db:
            await sweep.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def heard(phone: Phone, words: str) -> int:
    return sum(words in shown.text for shown in await phone.messages())


async def test_the_day_goes_to_all_and_to_women_apart_and_what_was_chosen_is_told(valley: Valley) -> None:
    nino, vano = await with_a_list(valley)
    leader, tamaz = await valley.member("lela", Role.LEADER), await trustee(valley)
    await swept(valley, 1, 12)
    assert await heard(tamaz, "please set it here") == 1  # swept twice
    assert "people hear of it" in await set_day(tamaz, "12.02.2027")
    assert "The bridge is gone\n2. 💡 Lighting – No light in the lane" in (await vano.last()).text
    await set_day(tamaz, "14.02.2027", "Move it")
    assert "has another day or place" in (await nino.last()).text
    assert "14 February 2027, 15:00" in (await nino.last()).text

    await swept(valley, 2, 9)  # three days before the first day: it is no longer that
    assert await heard(nino, "to the women of the village") == 0
    await swept(valley, 2, 11)
    said = (await nino.last()).text
    assert "Your first need, on the women's list, is: 💡 Lighting – No light in the lane." in said
    assert "at place 2" in said
    assert await heard(vano, "to the women of the village") == 0
    await swept(valley, 2, 13)
    assert await heard(nino, "is near") == await heard(vano, "is near") == 1

    await swept(valley, 2, 15)
    assert "Who came, and what was chosen?" in (await leader.last()).text
    await leader.tap("Tell what came of it")
    for label in ("Araguli", "Tell what came of it"):
        await leader.tap(label)
    await leader.send("3")
    await leader.send("27")
    assert "women: fewer than five, 27 men" in (await leader.tap("No light in the lane")).text
    await leader.tap("Yes, tell everybody")
    told = (await vano.last()).text
    assert "Chosen by show of hands: 💡 Lighting – No light in the lane" in told
    assert "it stood at place 2" in told
    assert "3 women" not in told
    await open_(nino, "The assembly of my village")
    assert "Chosen by show of hands" in (await nino.last()).text
    await swept(valley, 2, 22)  # it is told: nobody is asked again
    assert await heard(leader, "Who came, and what was chosen?") == 1


async def test_where_womens_list_is_hidden_nothing_is_said_of_it(valley: Valley) -> None:
    nino, tamaz = await valley.resident("nino", sex="woman"), await trustee(valley)
    assert "has no list yet" in await set_day(tamaz, "12.02.2027")
    await swept(valley, 2, 9)
    said = (await nino.last()).text
    assert "Your hand counts" in said
    assert "first need" not in said


async def test_who_may_not_set_or_tell_is_refused_and_nothing_is_told_before_its_day(valley: Valley) -> None:
    await valley.member("lela", Role.LEADER)
    await trustee(valley)
    now, day = valley.town.clock.now(), valley.town.clock.now() + timedelta(days=20)
    lela, tamaz = await valley.person("lela"), await valley.person("tamaz")
    told: dict[str, Any] = {"village_id": ARAGULI, "starts_at": day, "place": "the school", "now": now, "zone": TBILISI}
    async with valley.town.engine.begin() as db:
        with pytest.raises(Refused) as refused:
            await assemblies.set_(db, **told, by=lela)
        assert refused.value.facts == {"action": Action.SET_ASSEMBLY}
        await assemblies.set_(db, **told, by=tamaz)
        with pytest.raises(Refused, match="assembly_ahead"):
            await assemblies.tell_outcome(db, assembly_id=1, outcome=Outcome(9, 9), by=lela, now=now)
        late = {**told, "now": day + timedelta(hours=1), "starts_at": day + timedelta(days=3)}
        with pytest.raises(Refused, match="assembly_over"):
            await assemblies.set_(db, **late, by=tamaz)
    assert await valley.rows(select(assembly_outcomes)) == []
