"""Nobody acts beyond their role: not by a menu, not by a forged button, not by an old link, not by the storage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.people import Role
from domain.refusal import Refused
from domain.trainings import Answer, Kind, Repeat, Topic
from storage import groups, invitations, offices, parked, trainings
from storage.tables.people import addresses
from storage.tables.places import communities, municipalities
from storage.tables.roles import groups as groups_
from storage.tables.roles import invitations as invitations_
from storage.tables.roles import roles
from storage.tables.trainings import trainings as trainings_
from storage.tables.turns import inbox
from storage.trainings import Plan
from tests.stories.valley import GROUP, HILL, MUNICIPALITY, Valley
from tests.town import TBILISI, Phone

Act = Callable[[AsyncConnection, int, Valley], Awaitable[object]]

ELSEWHERE = 2  # another municipality


@pytest.fixture
def registry() -> Registry:
    return everything()


def plan(municipality_id: int) -> Plan:
    day, hour = date(2026, 3, 10), time(14)
    return Plan(
        Kind.TRAINING, Topic.LAW, None, municipality_id, None, ["residents"], day, hour, "School", Repeat.ONCE, 1
    )


async def make_group(db: AsyncConnection, by: int, valley: Valley) -> object:
    return await groups.make(db, by=by, community_id=HILL, name="Hill", now=valley.town.clock.now())


async def see_members(db: AsyncConnection, by: int, valley: Valley) -> object:
    return await groups.members(db, by=by, group_id=GROUP)


async def end_a_leader(db: AsyncConnection, by: int, valley: Valley) -> None:
    role_id = (
        (await db.execute(select(roles.c.id).where(roles.c.role == Role.LEADER).order_by(roles.c.id))).scalars().first()
    )
    await groups.end_membership(db, by=by, role_id=role_id or 0, now=valley.town.clock.now())


async def confirm(db: AsyncConnection, by: int, valley: Valley) -> None:
    role_id = (await db.execute(select(roles.c.id).where(roles.c.role == Role.TRUSTEE))).scalar_one()
    await offices.decide(db, by=by, role_id=role_id, confirmed=True, now=valley.town.clock.now())


async def announce(db: AsyncConnection, by: int, valley: Valley) -> object:
    return await trainings.plan(db, by=by, planned=plan(MUNICIPALITY), now=valley.town.clock.now(), zone=TBILISI)


async def play_parked_again(db: AsyncConnection, by: int, valley: Valley) -> object:
    return await parked.play_again(db, by=by)


def inviting(role: Role, **where: Any) -> Act:
    async def act(db: AsyncConnection, by: int, valley: Valley) -> object:
        return await invitations.make(db, by=by, role=role, now=valley.town.clock.now(), **where)

    return act


GROUP_HERE, HERE = {"group_id": GROUP}, {"municipality_id": MUNICIPALITY}
COORDINATORS = {"cora"}
ACTS: dict[str, tuple[Act, set[str]]] = {
    "make a group": (make_group, COORDINATORS),
    "see members": (see_members, {"cora", "lali"}),
    "end a leader": (end_a_leader, COORDINATORS),
    "confirm an official": (confirm, COORDINATORS),
    "announce a training": (announce, COORDINATORS),
    "play parked messages": (play_parked_again, COORDINATORS),
    "invite a member": (inviting(Role.MEMBER, **GROUP_HERE), {"cora", "lali"}),
    "invite a leader": (inviting(Role.LEADER, **GROUP_HERE), COORDINATORS),
    "invite a trustee": (inviting(Role.TRUSTEE, **HERE), COORDINATORS),
    "invite a deputy": (inviting(Role.DEPUTY, **HERE), COORDINATORS),
    "invite an official": (inviting(Role.OFFICIAL, **HERE), COORDINATORS),
    "invite a coordinator": (inviting(Role.COORDINATOR, **HERE), COORDINATORS),
    "invite a coordinator of all": (inviting(Role.COORDINATOR), set()),
}


async def everybody(valley: Valley) -> dict[str, int]:
    """One of each role here, an official nobody confirmed yet, and a coordinator and a leader from elsewhere."""
    await valley.coordinator("cora")
    await valley.member("lali", Role.LEADER)
    await valley.member("mari")
    await valley.resident("nino")
    await valley.official("gela", "Gela Beridze", "Water service")
    for name in ("zaza", "from_afar", "far_leader"):
        await valley.resident(name, None)
    names = "cora lali mari nino gela zaza from_afar far_leader".split()
    ids = {name: await valley.person(name) for name in names}
    await elsewhere(valley, ids)
    return ids


async def elsewhere(valley: Valley, ids: dict[str, int]) -> None:
    now = valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        await db.execute(insert(municipalities), [{"code": "shore", "name_ka": "ნაპირი", "name_en": "Shore"}])
        sea = {"municipality_id": ELSEWHERE, "name_ka": "ზღვა", "name_en": "Sea"}
        community_id = (await db.execute(insert(communities).values(**sea).returning(communities.c.id))).scalar_one()
        await db.execute(insert(groups_), [{"community_id": community_id, "name": "Sea", "created_at": now}])
        for name, role, place in (
            ("zaza", Role.TRUSTEE, {"municipality_id": MUNICIPALITY}),
            ("from_afar", Role.COORDINATOR, {"municipality_id": ELSEWHERE}),
            ("far_leader", Role.LEADER, {"group_id": GROUP + 1}),
        ):
            await db.execute(insert(roles).values(person_id=ids[name], role=role, granted_at=now, **place))


@pytest.mark.parametrize("what", ACTS)
async def test_only_those_whose_role_allows_it_there(valley: Valley, what: str) -> None:
    act, allowed = ACTS[what]
    everyone = await everybody(valley)
    if what == "play parked messages":
        allowed = allowed | {"from_afar"}  # a parked message belongs to no municipality
    able = {name for name, person_id in everyone.items() if await may(valley, act, person_id)}
    assert able == allowed


async def may(valley: Valley, act: Act, person_id: int) -> bool:
    """Tries it, and takes it back."""
    async with valley.town.engine.connect() as db:
        try:
            await act(db, person_id, valley)
        except Refused as refused:
            return refused.reason != "not_allowed"
        finally:
            await db.rollback()
    return True


DESK = ("groups_desk", "places_desk", "training_desk", "parked", "confirm_official")


@pytest.mark.parametrize("conversation", DESK)
async def test_a_forged_button_begins_nothing(valley: Valley, conversation: str) -> None:
    nino = await valley.resident("nino")
    await valley.member("mari")
    for phone in (nino, await valley.town.phone("mari")):
        said = await press(phone, f"0:start:{conversation}")
        assert "Only those who were asked to do this can do it" in said
    assert await nothing_done(valley)


@pytest.mark.parametrize(
    "conversation",
    [
        "training_reminder",
        "training_invite",
        "training_cancelled",
        "member_joined",
        "membership_ended",
        "invitation",
        "office_decided",
        "nonsense",
    ],
)
async def test_what_only_the_program_begins_cannot_be_begun_by_a_button(valley: Valley, conversation: str) -> None:
    nino = await valley.resident("nino")
    assert "belongs to an earlier question" in await press(nino, f"0:start:{conversation}")
    assert await valley.rows(select(inbox.c.id).where(inbox.c.status == "parked")) == []


async def press(phone: Phone, data: str) -> str:
    return (await phone.act(tap=data, callback="c")).text


async def nothing_done(valley: Valley) -> bool:
    counts = [await valley.rows(select(func.count()).select_from(table)) for table in (invitations_, trainings_)]
    return [row[0][0] for row in counts] == [0, 0]


async def test_a_leader_cannot_answer_with_a_choice_that_is_not_shown(valley: Valley) -> None:
    lali = await valley.member("lali", Role.LEADER)
    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    run = (await lali.data("Invite a member")).split(":")[0]
    for choice in ("new", "leader", "office", "coordinator"):
        assert "no longer there" in await press(lali, f"{run}:what:{choice}")
    assert await nothing_done(valley)


async def test_each_menu_shows_what_is_theirs(valley: Valley) -> None:
    nino, lali, cora = (
        await valley.resident("nino"),
        await valley.member("lali", Role.LEADER),
        await valley.coordinator(),
    )
    assert not await desk_buttons(nino)
    assert await desk_buttons(lali) == {"groups_desk"}
    assert await desk_buttons(cora) == {"groups_desk", "places_desk", "training_desk"}
    assert len((await cora.last()).buttons) <= 11, "a coordinator's menu can be read at a glance"


async def desk_buttons(phone: Phone) -> set[str]:
    shown = await phone.send("/menu")
    begun = {data.removeprefix("0:start:") for _text, data in shown.buttons if data.startswith("0:start:")}
    return begun & set(DESK)


async def test_a_coordinator_sees_what_is_stuck_but_not_its_words(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    async with valley.town.engine.begin() as db:
        await db.execute(
            insert(inbox),
            [{
                "channel": "terminal", "external_id": "stuck", "person_id": await person_id(db, nino.name),
                "payload": '{"text": "a secret"}', "received_at": valley.town.clock.now(),
                "status": "parked", "error": "KeyError at welcome.py:7",
            }],
        )  # fmt: skip
    await cora.send("/menu")
    shown = await cora.tap("Messages that are stuck")
    assert "1 message is stuck" in shown.text
    assert "1 × KeyError at welcome.py:7" in shown.text
    assert "secret" not in " ".join(await cora.texts())


async def person_id(db: AsyncConnection, name: str) -> int:
    query = select(addresses.c.person_id).where(addresses.c.external == name)
    return int((await db.execute(query)).scalar_one())


async def test_an_invitation_to_a_training_is_answered_by_who_was_invited(valley: Valley) -> None:
    ids = await everybody(valley)
    now = valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        await trainings.plan(db, by=ids["cora"], planned=plan(MUNICIPALITY), now=now, zone=TBILISI)
        training_id = (await db.execute(select(trainings_.c.id))).scalar_one()
        with pytest.raises(Refused):
            await trainings.answer(db, person_id=ids["zaza"], training_id=training_id, said=Answer.COMING, now=now)
