"""Invitations: used once, for a while, by whom they are meant for; an official waits for a coordinator's word."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.people import Role, token_hash
from domain.refusal import Refused
from storage import invitations
from storage.tables.roles import invitations as invitations_
from storage.tables.roles import roles
from tests.stories.valley import GROUP, MUNICIPALITY, Valley
from tests.stories.workshop import Bench
from tests.town import Phone


@pytest.fixture
def registry() -> Registry:
    return everything()


async def make(valley: Valley, role: Role, by: str | None = None, **where: Any) -> str:
    """The payload of a new link."""
    by_id = await valley.person(by) if by else None
    async with valley.town.engine.begin() as db:
        made = await invitations.make(db, by=by_id, role=role, now=valley.town.clock.now(), **where)
    return "i" + made.token


async def accept_as_member(phone: Phone, link: str) -> str:
    await phone.start(link)
    await phone.tap("Prefer not to say")
    return (await phone.tap("Yes, I accept")).text


async def held(valley: Valley, name: str) -> list[tuple[str, datetime | None]]:
    query = select(roles).where(roles.c.person_id == await valley.person(name)).order_by(roles.c.id)
    return [(row.role, row.confirmed_at) for row in await valley.rows(query)]


async def test_an_invitation_works_once(valley: Valley) -> None:
    link = await make(valley, Role.MEMBER, group_id=GROUP)
    nino, gia = await valley.resident("nino"), await valley.resident("gia")
    assert "welcome" in await accept_as_member(nino, link)
    assert "used already" in (await gia.start(link)).text
    assert await held(valley, "gia") == []


async def test_who_opens_it_first_but_accepts_second_does_not_get_it(valley: Valley) -> None:
    link = await make(valley, Role.MEMBER, group_id=GROUP)
    nino, gia = await valley.resident("nino"), await valley.resident("gia")
    await gia.start(link)
    await gia.tap("Prefer not to say")
    await accept_as_member(nino, link)
    assert "used already" in (await gia.tap("Yes, I accept")).text
    assert await held(valley, "gia") == []


async def test_two_who_accept_at_the_same_moment_are_one(valley: Valley) -> None:
    link = await make(valley, Role.MEMBER, group_id=GROUP)
    people = [await valley.person((await valley.resident(name)).name) for name in ("nino", "gia", "lia")]

    async def take(person_id: int) -> bool:
        try:
            async with valley.town.engine.begin() as db:
                await invitations.accept(
                    db, token=link[1:], person_id=person_id, name=None, office=None, now=valley.town.clock.now()
                )
        except Refused:
            return False
        return True

    assert sorted(await asyncio.gather(*(take(person) for person in people))) == [False, False, True]


async def test_an_invitation_expires(valley: Valley) -> None:
    link = await make(valley, Role.MEMBER, group_id=GROUP)
    nino = await valley.resident("nino")
    valley.town.clock.forward(timedelta(days=14))
    assert "too old" in (await nino.start(link)).text


async def test_an_unknown_invitation_is_said_to_be_unknown(valley: Valley) -> None:
    nino = await valley.resident("nino")
    assert "do not know this invitation" in (await nino.start("i" + "x" * 32)).text
    assert "do not know this invitation" in (await nino.start("i")).text


async def test_only_the_hash_of_a_token_is_in_the_table(valley: Valley) -> None:
    link = await make(valley, Role.MEMBER, group_id=GROUP)
    [row] = await valley.rows(select(invitations_))
    assert row.token_hash == token_hash(link[1:])
    assert link[1:] not in repr(row)


async def test_a_no_leaves_the_invitation_good(valley: Valley) -> None:
    link = await make(valley, Role.MEMBER, group_id=GROUP)
    nino = await valley.resident("nino")
    await nino.start(link)
    await nino.tap("Prefer not to say")
    assert "stays good" in (await nino.tap("No, thank you")).text
    assert "welcome" in await accept_as_member(nino, link)


async def test_who_is_in_the_group_already_does_not_use_it_up(valley: Valley) -> None:
    link = await make(valley, Role.MEMBER, group_id=GROUP)
    mari = await valley.member("mari")
    assert "have this role already" in (await mari.start(link)).text
    assert "welcome" in await accept_as_member(await valley.resident("nino"), link)


async def test_a_leader_of_yesterday_invites_nobody(valley: Valley) -> None:
    await valley.member("lali", Role.LEADER)
    link = await make(valley, Role.MEMBER, by="lali", group_id=GROUP)
    async with valley.town.engine.begin() as db:
        await db.execute(roles.update().values(ended_at=valley.town.clock.now()))
    assert "too old" in (await (await valley.resident("nino")).start(link)).text


async def test_a_stranger_is_welcomed_first(valley: Valley) -> None:
    link = await make(valley, Role.MEMBER, group_id=GROUP)
    nino = await valley.town.phone("nino")
    await nino.start(link)
    for label in ("English", "Yes, I agree", "Yes, I am", "Hill", "Prefer not to say"):
        await nino.tap(label)
    assert "join the self-help group “Valley group”" in (await nino.tap("Prefer not to say")).text
    await nino.send("Nino")
    assert "welcome" in (await nino.tap("Yes, I accept")).text
    assert await held(valley, "nino") == [(Role.MEMBER, None)]


async def test_an_official_waits_for_the_word_of_a_coordinator(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path)
    cora, gela = await valley.coordinator(), await valley.resident("gela", None)
    await cora.send("/menu")
    await cora.tap("Groups and invitations")
    await cora.tap("Invite an official")
    await cora.tap("trustee")
    link = (await bench.work(cora)).text.rsplit("?start=", 1)[1]
    await gela.start(link)
    await gela.send("Gela Beridze")
    await gela.send("Trustee of the valley")
    assert "A coordinator looks at it now" in (await gela.tap("Yes, I accept")).text
    assert await held(valley, "gela") == [("trustee", None)]

    await valley.town.worker.drain()
    asked = await cora.last()
    assert "Gela Beridze says that they hold this office: Trustee of the valley (trustee, Dzeveri)" in asked.text
    await cora.tap("Yes, it is they")
    await valley.town.worker.drain()
    assert "Your office is confirmed" in (await gela.last()).text
    assert await held(valley, "gela") == [("trustee", valley.town.clock.now())]


async def test_the_second_coordinator_to_decide_is_told_so(valley: Valley) -> None:
    cora, dato = await valley.coordinator(), await valley.coordinator("dato")
    await official_asks(valley, "gela")
    await cora.tap("Yes, it is they")
    assert "decided about this already" in (await dato.tap("No")).text
    assert await held(valley, "gela") == [("official", valley.town.clock.now())]


async def test_an_official_who_is_not_confirmed_hears_it_and_holds_nothing(valley: Valley) -> None:
    cora = await valley.coordinator()
    gela = await official_asks(valley, "gela")
    await cora.tap("No")
    await valley.town.worker.drain()
    assert "could not confirm" in (await gela.last()).text
    [row] = await valley.rows(select(roles).where(roles.c.role == Role.OFFICIAL))
    assert row.ended_at is not None


async def official_asks(valley: Valley, name: str) -> Phone:
    link = await make(valley, Role.OFFICIAL, municipality_id=MUNICIPALITY, office="Water service")
    phone = await valley.resident(name, None)
    await phone.start(link)
    await phone.send("Gela Beridze")
    await phone.tap("Water service")
    await phone.tap("Yes, I accept")
    await valley.town.worker.drain()
    return phone
