"""Invitations guessed, used twice, used at once, forwarded, or given by one who may no longer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from domain.people import Role
from domain.refusal import Refused
from storage import invitations as kept
from storage.tables.roles import invitations, roles
from tests.bad_input.unharmed import unplayed
from tests.stories.valley import GROUP, MUNICIPALITY, Valley
from tests.town import Phone


async def invited(valley: Valley, role: Role = Role.LEADER, by: int | None = None) -> str:
    where: dict[str, Any] = {"group_id": GROUP} if role in kept.IN_A_GROUP else {"municipality_id": MUNICIPALITY}
    async with valley.town.engine.begin() as db:
        made = await kept.make(db, by=by, role=role, now=valley.town.clock.now(), **where)
    return made.token


async def held(valley: Valley) -> int:
    [[count]] = await valley.rows(select(func.count()).select_from(roles))
    return int(count)


async def accept(phone: Phone, token: str) -> str:
    await phone.start(f"i{token}")
    await phone.tap("Prefer not to say")
    return (await phone.tap("Yes, I accept")).text


async def test_only_the_hash_of_a_token_is_kept(valley: Valley) -> None:
    token = await invited(valley)
    [row] = await valley.rows(select(invitations))
    assert token not in str(row)


@pytest.mark.parametrize("guess", ["", "x", "%", "_" * 32, "' OR ''='", "\0", "A" * 32, "{0}", "x" * 10_000])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_guessed_token(valley: Valley, guess: str) -> None:
    await invited(valley)
    nino = await valley.resident("nino")
    said = (await nino.start(f"i{guess}")).text
    assert "do not know this invitation" in said
    assert await held(valley) == 0
    assert await unplayed(valley.town) == []


async def test_a_kept_hash_is_no_token(valley: Valley) -> None:
    await invited(valley)
    [[hashed]] = await valley.rows(select(invitations.c.token_hash))
    nino = await valley.resident("nino")
    assert "do not know this invitation" in (await nino.start(f"i{hashed}")).text


async def test_used_twice(valley: Valley) -> None:
    token = await invited(valley)
    nino, gia = await valley.resident("nino"), await valley.resident("gia")
    assert "welcome" in await accept(nino, token)
    assert "used already" in (await gia.start(f"i{token}")).text
    assert await held(valley) == 1


async def test_two_who_say_yes_one_after_the_other(valley: Valley) -> None:
    """Both were asked while it was still good."""
    token = await invited(valley)
    phones = [await valley.resident(name) for name in ("nino", "gia")]
    for phone in phones:
        await phone.start(f"i{token}")
        await phone.tap("Prefer not to say")
    said = [(await phone.tap("Yes, I accept")).text for phone in phones]
    assert "welcome" in said[0]
    assert "used already" in said[1]
    assert await held(valley) == 1
    assert await unplayed(valley.town) == []


async def test_eight_who_say_yes_at_once(valley: Valley) -> None:
    token = await invited(valley)
    people = []
    for number in range(8):
        await valley.resident(f"n{number}")
        people.append(await valley.person(f"n{number}"))

    async def take(person: int) -> str:
        try:
            async with valley.town.engine.begin() as db:
                now = valley.town.clock.now()
                await kept.accept(db, token=token, person_id=person, name=None, office=None, now=now)
        except Refused as refusal:
            return refusal.reason
        return "taken"

    taken = await asyncio.gather(*(take(person) for person in people))
    assert sorted(taken) == ["invitation_used"] * 7 + ["taken"]
    assert await held(valley) == 1


async def test_two_workers_that_play_two_yeses_at_once(valley: Valley) -> None:
    token = await invited(valley)
    phones = [await valley.resident(name) for name in ("nino", "gia")]
    for phone in phones:
        await phone.start(f"i{token}")
        await phone.tap("Prefer not to say")
    for phone in phones:
        await valley.town.receive(phone.name, tap=await phone.data("Yes, I accept"), callback="c", language="en")
    await asyncio.gather(*(valley.town.new_worker().drain() for _worker in range(2)))
    await valley.town.worker.drain()
    assert await held(valley) == 1
    assert await unplayed(valley.town) == []


async def test_too_old(valley: Valley) -> None:
    token = await invited(valley)
    nino = await valley.resident("nino")
    await nino.start(f"i{token}")
    await nino.tap("Prefer not to say")
    valley.town.clock.forward(timedelta(days=15))
    assert "too old" in (await nino.tap("Yes, I accept")).text
    assert await held(valley) == 0


async def test_given_by_one_who_may_no_longer(valley: Valley) -> None:
    """Made while they were a coordinator, pressed after that ended."""
    await valley.coordinator("former")
    former = await valley.person("former")
    token = await invited(valley, Role.COORDINATOR, by=former)
    async with valley.town.engine.begin() as db:
        await db.execute(update(roles).where(roles.c.person_id == former).values(ended_at=valley.town.clock.now()))
    nino = await valley.resident("nino")
    assert "too old" in (await nino.start(f"i{token}")).text
    assert await held(valley) == 1


async def test_an_official_acts_only_after_a_coordinators_word(valley: Valley) -> None:
    token = await invited(valley, Role.OFFICIAL)
    gio = await valley.resident("gio")
    await gio.start(f"i{token}")
    await gio.send("{0} %s <b>Gio</b> {name}")
    await gio.send("Mayor {office}")
    assert "coordinator looks at it" in (await gio.tap("Yes, I accept")).text
    assert "Only those who were asked" in (await gio.act(tap="0:start:promise_report", callback="c")).text
    cora = await valley.coordinator()
    await cora.send("/menu")
    asked = await cora.tap("Confirm an official")
    assert "{0} %s <b>Gio</b> {name} says that they hold this office: Mayor {office}" in asked.text
    assert await unplayed(valley.town) == []
