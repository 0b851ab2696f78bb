"""Who sits at the round table, each with a phone: the secretary and a neighbour on Telegram, the mayor on Viber."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from conversations.catalogue import everything
from domain.meetings.record import Record
from domain.people import CONSENT_VERSION, Role
from storage import agreed, meetings
from storage.people import PURPOSE
from storage.tables.people import addresses, consents, people
from storage.tables.polls import needs, polls
from storage.tables.roles import roles
from storage.tables.turns import runs
from tests.fakes.telegram_server import telegram_server
from tests.fakes.viber_files import viber_files
from tests.fakes.viber_server import viber_server
from tests.scenarios.handsets import on_telegram, on_viber
from tests.scenarios.letters import Letters
from tests.scenarios.program import Program, program
from tests.scenarios.town import at
from tests.scenarios.villager import Villager
from tests.stories.valley import ARAGULI, GROUP, MUNICIPALITY, Valley
from tests.town import TBILISI, Town

MAYOR, MEMBER = "გია მაისურაძე", "მანანა"
ROAD, WATER = "ხიდი ჩატეხილია", "სკოლაში წყალი არ არის"
MEETING = 1
BEFORE = at(14, 9)  # a Monday at noon, a month before the table


@dataclass
class Hall:
    """`nana` leads the group and keeps the record, `gia` is the mayor, `manana` a member of the group."""

    program: Program
    letters: Letters
    nana: Villager
    gia: Villager
    manana: Villager
    secretary: int

    async def days_pass(self, until: datetime) -> None:
        async for _moment in self.program.pass_to(until):
            await self.letters.collect()

    async def record(self) -> Record:
        async with self.program.engine.connect() as db:
            return await meetings.read(db, meeting_id=MEETING, zone=TBILISI)


async def gathered(stack: AsyncExitStack, database_url: str, media: Path) -> Hall:
    telegram = await stack.enter_async_context(telegram_server())
    viber = await stack.enter_async_context(viber_server())
    files = await stack.enter_async_context(viber_files())
    apis = {"telegram_api": telegram.address, "viber_api": viber.address}
    running = await stack.enter_async_context(program(database_url, media, **apis, public=True))
    await viber.hooked()
    running.clock.move_to(BEFORE - timedelta(days=40))
    await Valley(Town(running.days.write, everything(), running.clock)).settle()
    letters = Letters(running.engine)
    nana = Villager("nana", "ka", on_telegram(telegram, running, 7001, "ka"), letters)
    gia = Villager("gia", "ka", on_viber(viber, files, running, 1, "ka"), letters)
    manana = Villager("manana", "ka", on_telegram(telegram, running, 7002, "ka"), letters)
    leader = await _known(running, nana, role=Role.LEADER, name="ნანა", group_id=GROUP)
    office = {"office": "მერი", "municipality_id": MUNICIPALITY, "confirmed_at": running.clock.now()}
    await _known(running, gia, role=Role.OFFICIAL, name=MAYOR, **office)
    await _known(running, manana, role=Role.MEMBER, name=MEMBER, group_id=GROUP)
    await _one_list(running, leader)
    running.clock.move_to(BEFORE)
    return Hall(running, letters, nana, gia, manana, leader)


async def _known(running: Program, who: Villager, **role: Any) -> int:
    """Somebody who was welcomed long ago and holds this role."""
    now = running.clock.now()
    await who.start()
    await who.send("/menu")  # who has not written yet is told nothing by Viber
    await running.settle()
    external = await who.phone.external()
    async with running.days.write.begin() as db:
        found = select(addresses.c.person_id).where(addresses.c.external == external)
        person = int((await db.execute(found)).scalar_one())
        told = {"welcomed_at": now, "language": "ka", "village_id": ARAGULI}
        await db.execute(update(people).where(people.c.id == person).values(**told))
        await db.execute(update(runs).where(runs.c.person_id == person).values(state="done"))
        yes = {"purpose": PURPOSE, "version": CONSENT_VERSION, "language": "ka", "given_at": now}
        await db.execute(insert(consents), [{**yes, "person_id": person}])
        await db.execute(insert(roles).values(person_id=person, granted_at=now, **role))
    return person


async def _one_list(running: Program, leader: int) -> None:
    """What the village agreed on, once its poll was over: the bridge first, then the water of the school."""
    now, days = running.clock.now(), timedelta(days=14)
    over = {"opens": now.date() - 2 * days, "closes": now.date() - days, "opened_by": leader, "closed_at": now}
    async with running.days.write.begin() as db:
        made = insert(polls).values(created_at=now, **over).returning(polls.c.id)
        poll_id = int((await db.execute(made)).scalar_one())
        told = {"poll_id": poll_id, "village_id": ARAGULI, "state": "released", "photo_state": "told", "told_at": now}
        for place, (kind, words) in enumerate((("roads", ROAD), ("water", WATER)), start=1):
            await db.execute(insert(needs).values(id=place, kind=kind, words=words, public_words=words, **told))
        await agreed.keep(db, poll_id=poll_id, village_id=ARAGULI, need_ids=[1, 2], by=leader, now=now)
