"""A hostile resident or former coordinator: forged buttons open nothing, and a role that ends, ends at once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from conversations.catalogue import everything
from domain.people import MAY, Action, Role
from storage.tables.roles import groups, invitations, roles
from storage.tables.trainings import trainings
from tests.bad_input.unharmed import unplayed
from tests.stories.valley import Valley
from tests.town import Phone

NOT_ALLOWED = "Only those who were asked to do this can do it."
DESKS = {name: entry for name, entry in everything().entries.items() if entry.action is not None}


OPEN = {"hide", "slip"}  # for whoever holds the phone, or a slip: nothing is asked of them, and nothing kept


async def forge(phone: Phone, conversation: str) -> str:
    return (await phone.act(tap=f"0:start:{conversation}", callback="c")).text


@pytest.mark.parametrize("name", DESKS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_resident_opens_no_desk_by_a_forged_button(valley: Valley, name: str) -> None:
    nino = await valley.resident("nino")
    said = await forge(nino, name)
    assert NOT_ALLOWED in said or "earlier question" in said
    assert await unplayed(valley.town) == []


async def test_a_stranger_opens_nothing_before_they_agreed(valley: Valley) -> None:
    for number, name in enumerate(everything().entries):
        stranger = await valley.town.phone(f"stranger {number}")
        said = await forge(stranger, name)
        assert "Which language" in said or "earlier question" in said or name in OPEN, name
    assert await unplayed(valley.town) == []


async def test_what_is_only_told_cannot_be_begun(valley: Valley) -> None:
    nino = await valley.resident("nino")
    for name, entry in everything().entries.items():
        if not entry.in_menu:
            assert "earlier question" in await forge(nino, name), name
    assert await unplayed(valley.town) == []


async def test_an_official_without_confirmation_holds_no_office(valley: Valley) -> None:
    gio = await valley.resident("gio")
    row = {"person_id": await valley.person("gio"), "role": Role.OFFICIAL, "municipality_id": 1}
    async with valley.town.engine.begin() as db:
        await db.execute(roles.insert().values(**row, name="Gio", office="Mayor", granted_at=valley.town.clock.now()))
    for name, entry in DESKS.items():
        if entry.action is not None and Role.OFFICIAL in MAY[entry.action]:
            assert NOT_ALLOWED in await forge(gio, name), name


async def holder(valley: Valley, action: Action) -> Phone:
    if Role.COORDINATOR in MAY[action]:
        return await valley.coordinator("former")
    if Role.LEADER in MAY[action]:
        return await valley.member("former", Role.LEADER)
    return await valley.official("former", "Gio", "Mayor")


@pytest.mark.parametrize("name", [name for name, entry in DESKS.items() if entry.in_menu])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_role_that_ended_ends_its_conversations_in_the_middle(valley: Valley, name: str) -> None:
    action = DESKS[name].action
    assert action is not None
    await valley.poll()
    former = await holder(valley, action)
    await forge(former, name)
    shown = await former.last()
    ended = update(roles).where(roles.c.person_id == await valley.person("former"))
    async with valley.town.engine.begin() as db:
        await db.execute(ended.values(ended_at=valley.town.clock.now()))
    before = len(await former.messages())
    for _label, data in [*shown.buttons, ("typed", "")]:
        await (former.act(tap=data, callback="c") if data else former.send("let me in"))
    new = (await former.messages())[before:]
    for message in new:
        said = message.text
        assert any(words in said for words in (NOT_ALLOWED, "earlier question", "did not understand", "Stopped")), said
    for table in (groups, trainings, invitations):
        made = select(func.count()).select_from(table)
        assert [row[0] for row in await valley.rows(made)] == [1 if table is groups else 0]
    assert await unplayed(valley.town) == []


async def test_a_button_of_somebody_elses_talk(valley: Valley) -> None:
    """Everybody counts their own talks: the number of another's names nothing of theirs."""
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await forge(cora, "groups_desk")
    pressed = {data for message in await cora.messages() for _label, data in message.buttons}
    for data in pressed:
        shown = await nino.act(tap=data, callback="c")
        assert "New group" not in shown.text
        assert not any("New group" in label for label, _data in shown.buttons)
    assert await unplayed(valley.town) == []


async def test_ten_thousand_links_leave_a_menu_that_can_be_shown(valley: Valley) -> None:
    stranger = await valley.town.phone("stranger")
    nino = await valley.resident("nino")
    for phone in (stranger, nino):
        for number in range(30):
            await phone.start(f"v{number}" + "x" * (10_000 if number == 7 else 0))
        assert len((await phone.send("/menu")).buttons) < 25
    assert await unplayed(valley.town) == []


@pytest.mark.parametrize(
    "payload", ["x", "v", "i", "V", "0", "/", "../..", "i%", "i' OR 1=1", "\0", "გზა", "{0}", "i" * 10_000]
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_link_that_is_none(valley: Valley, payload: str) -> None:
    nino, stranger = await valley.resident("nino"), await valley.town.phone("stranger")
    for phone in (nino, stranger):
        assert (await phone.start(payload)).text
        assert (await phone.send("/menu")).buttons
    assert await unplayed(valley.town) == []
