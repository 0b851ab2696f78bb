"""What is new at the door and on shared phones, on Viber: the local server holds every message against the limits."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.jobs import Jobs
from bot.workshop import Workshop
from conversations import catalogue
from conversations.registry import Registry
from domain.people import Role
from storage.tables.people import addresses
from storage.tables.polls import needs
from tests.fakes.viber_files import Files
from tests.fakes.viber_server import Server
from tests.phones.phone import Screen
from tests.phones.viber import ViberPhone
from tests.stories.valley import GROUP, Valley
from tests.town import TBILISI, Town
from tests.viber_town import ViberTown, viber_town

DOOR = ("Yes, they agree", "Roads", "without words", "Women", "Go on without", "that is all")
GUEST = ("Yes, I agree", "Yes, I am", "Roads", "without words", "Women", "Go on without", "that is all")
RESTED = ("Prefer not", "Prefer not")


@pytest.fixture
def registry() -> Registry:
    return catalogue.everything()


@dataclass
class Village:
    """A valley whose people have Viber; one poll is open."""

    town: ViberTown
    valley: Valley
    folder: Path

    async def phone(self, name: str, role: Role | None = None) -> ViberPhone:
        """Somebody who was welcomed long ago, and has subscribed."""
        await self.valley.resident(name, channel=self.town.viber.name)
        if role is not None:
            await self.valley.grant(name, role, group_id=GROUP)
        phone = self.town.phone(name)
        await phone.start()
        await phone.send("/menu")
        return phone

    async def work(self) -> None:
        """What is slow is done; its results come in as messages."""
        jobs = Jobs(self.town.engine, {self.town.viber.name: self.town.viber}, self.town.clock, self.folder, TBILISI)
        await Workshop(self.town.engine, self.town.clock, jobs.all(), lambda: None).drain()


@pytest.fixture
async def village(
    server: Server, files: Files, engine: AsyncEngine, registry: Registry, tmp_path: Path
) -> AsyncIterator[Village]:
    valley = Valley(Town(engine, registry))
    await valley.settle()
    await valley.poll()
    folder = tmp_path / "media"
    folder.mkdir()
    async with viber_town(server, files, engine, registry, folder) as town:
        yield Village(town, valley, folder)


async def taps(phone: ViberPhone, *labels: str) -> Screen:
    for label in labels:
        await phone.tap(label)
    return await phone.last()


async def said(phone: ViberPhone) -> str:
    return "\n".join(await phone.texts())


async def number(phone: ViberPhone) -> str:
    return str(re.findall(r"number[^:]*: ([0-9 ]{12})", await said(phone))[-1])


async def test_a_round_its_slip_a_rest_and_the_last_house_taken_back(village: Village) -> None:
    manana, nino = await village.phone("manana==", Role.MEMBER), await village.phone("nino==")
    await taps(manana, "A neighbour's answer", "Araguli", *DOOR, *RESTED)
    slip = await number(manana)
    assert "what came of it" in (await nino.send(slip)).text
    await taps(nino, "No, the slip is enough")
    await taps(manana, "A rest", "I remember it")
    await manana.send("/menu")
    await taps(manana, "A neighbour's answer", "Take the last house back", "Yes, take it back")
    assert "slip shows nothing" in await said(manana)
    assert "taken back or erased" in (await nino.send(slip)).text


async def test_a_strangers_viber_joins_by_the_links_context(village: Village) -> None:
    nino, other = await village.phone("nino=="), village.town.phone("nino-2==")
    await taps(nino, "My other phone", "Show me a code")
    code = re.findall(r"Your code: ([0-9 ]+)", await said(nino))[-1].replace(" ", "")
    await other.start("l" + code)
    await other.tap("put them together")
    await other.wait("Done!")  # the question before it speaks of one person too
    rows = await village.valley.rows(select(addresses.c.person_id).where(addresses.c.left_at.is_(None)))
    viber = await village.valley.rows(
        select(addresses.c.person_id).where(addresses.c.channel == village.town.viber.name)
    )
    assert len(rows) > len({row.person_id for row in viber}) == 1


async def test_a_recording_sent_as_a_file_is_heard_typed_and_confirmed(village: Village) -> None:
    mariam, lali = await village.phone("mariam==", Role.LEADER), await village.phone("lali==", Role.MEMBER)
    nino = await village.phone("nino==")
    await taps(mariam, "Groups and invitations", "Who listens", "2. ")
    await lali.wait("Do you agree?")
    await lali.tap("Yes, I listen")
    await lali.send("Lali")
    asked = await taps(nino, "What does my village need", "Roads")
    assert "Lali of your group" in asked.text
    assert "Who suffers" in (await nino.document("note.m4a", b"sound of a bridge")).text
    await taps(nino, "Women", "Go on without", "that is all")
    await village.work()
    await lali.send("The bridge shakes")
    await nino.wait("The bridge shakes")
    assert "recording is deleted" in (await nino.tap("Yes, that is right")).text
    assert [row.words for row in await village.valley.rows(select(needs.c.words))] == ["The bridge shakes"]


async def test_who_spoke_on_anothers_phone_is_told_how_to_clear_it(village: Village) -> None:
    nino = await village.phone("nino==")
    await taps(nino, "Another person", *GUEST, *RESTED, "Hide what was said")
    assert "only you can do it" in (await nino.last()).text
    assert "Clear chat" in (await nino.tap("Yes, hide it")).text
