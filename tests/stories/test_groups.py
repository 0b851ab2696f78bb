"""A coordinator makes a group and invites its leader; the leader invites members and sees them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.people import Role
from storage.tables.roles import groups, roles
from tests.stories.valley import HILL, Valley
from tests.stories.workshop import Bench
from tests.town import Phone


@pytest.fixture
def registry() -> Registry:
    return everything()


@pytest.fixture
def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path)


async def invited_by(phone: Phone) -> str:
    """The payload of the newest link on this phone."""
    texts = " ".join(await phone.texts())
    return texts.rsplit("?start=", 1)[1].split()[0]


async def test_a_coordinator_makes_a_group_and_its_leader_comes_by_the_link(bench: Bench) -> None:
    valley = bench.valley
    cora = await valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Groups and invitations")
    await cora.tap("New group")
    await cora.tap("Hill")
    await cora.tap("Like its community")
    assert "The group is made" in (await cora.last()).text
    await cora.tap("Yes, invite")
    assert "works once, and lasts until 16 March 2026" in (await cora.last()).text
    picture = await bench.work(cora)
    assert picture.raw["photo"]
    assert (bench.folder / picture.raw["photo"]).read_bytes().startswith(b"\x89PNG")

    lali = await valley.resident("lali")
    await lali.start(await invited_by(cora))
    assert "lead the self-help group “გორა”" in (await lali.last()).text
    await lali.send("Lali")
    await lali.tap("Yes, I accept")
    assert "welcome" in (await lali.last()).text
    assert [(row.community_id, row.name) for row in await valley.rows(select(groups).order_by(groups.c.id))][1:] == [
        (HILL, "გორა")
    ]
    await lali.send("/menu")
    assert await lali.data("Groups and invitations")


async def test_a_leader_invites_a_member_hears_of_them_and_ends_the_membership(bench: Bench) -> None:
    valley = bench.valley
    lali, nino = await valley.member("lali", Role.LEADER), await valley.resident("nino")
    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    assert [text for text, _data in (await lali.last()).buttons][:2] == ["Invite a member", "See the members"]
    await lali.tap("Invite a member")
    await bench.work(lali)
    await nino.start(await invited_by(lali))
    await nino.send("Nino")
    await nino.tap("Yes, I accept")
    await valley.town.worker.drain()
    assert "Nino joined your group “Valley group”." in (await lali.last()).text

    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    listed = await lali.tap("See the members")
    assert "1. leader, Araguli" in listed.text
    assert "2. Nino, member, Araguli, since 2 March 2026" in listed.text
    await lali.tap("2. Nino")
    assert "has ended" in (await lali.tap("Yes, end it")).text
    await valley.town.worker.drain()
    assert "Your place in the group “Valley group” has ended" in (await nino.last()).text
    rows = await valley.rows(select(roles).where(roles.c.role == Role.MEMBER))
    assert [row.ended_at for row in rows] == [valley.town.clock.now()]


async def test_a_leader_does_not_end_another_leader(bench: Bench) -> None:
    valley = bench.valley
    lali = await valley.member("lali", Role.LEADER)
    await valley.member("mzia", Role.LEADER)
    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    await lali.tap("See the members")
    await lali.tap("2. leader")
    assert "Only those who were asked" in (await lali.tap("Yes, end it")).text
    rows = await valley.rows(select(roles).where(roles.c.role == Role.LEADER))
    assert [row.ended_at for row in rows] == [None, None]


async def test_a_leader_whose_place_ended_finds_nothing_more_to_do(bench: Bench) -> None:
    valley = bench.valley
    lali = await valley.member("lali", Role.LEADER)
    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    async with valley.town.engine.begin() as db:
        await db.execute(roles.update().values(ended_at=valley.town.clock.now() - timedelta(minutes=1)))
    assert "Only those who were asked" in (await lali.tap("Invite a member")).text
    assert "?start=" not in " ".join(await lali.texts())
