"""A village whose poll has closed, and the three who make its list: on Telegram, on Viber and on the web."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from domain.needs import Life
from domain.people import Role
from domain.polls import Origin
from scheduler import dialogues as sweeper
from storage.answers import Answer, Told, take
from storage.tables.polls import needs, polls
from storage.tables.roles import roles
from tests.stories.valley import ARAGULI, GROUP, MUNICIPALITY, Valley
from tests.town import TBILISI, TELEGRAM, VIBER, WEB, Phone

BRIDGE, WATER, LIGHT = "The bridge is broken", "No water at the school", "It is dark at night"
KINDS = {BRIDGE: "roads", WATER: "water", LIGHT: "lighting"}
SECRET = "My neighbour Vano steals the pipes"


@dataclass
class Three:
    valley: Valley
    lela: Phone
    mzia: Phone
    gela: Phone
    dato: Phone
    needs: dict[str, int]

    async def open(self, *, trustee: str = "Gela", deputy: str = "Dato", days: str = "7 days") -> None:
        await self.menu(self.lela)
        for words in (BRIDGE, WATER, LIGHT):
            await self.lela.tap(words)
        for label in ("Done", trustee, deputy, days, "Yes, open it"):
            await self.lela.tap(label)

    async def menu(self, phone: Phone, *labels: str) -> str:
        await phone.send("/menu")
        for label in ("The village's list", *labels):
            await phone.tap(label)
        return (await phone.last()).text

    async def vote(self, answer: str = "Yes, this is our list") -> None:
        await self.menu(self.lela, "Let the members vote", "Yes, let the members")
        for phone in (self.lela, self.mzia):
            await phone.tap(answer)

    async def confirm(self, *phones: Phone) -> None:
        for phone in phones:
            await self.menu(phone, "Confirm the list", "Yes: this is what the village needs")

    async def pass_by(self, days: float) -> None:
        """Day after day; the clock looks at each."""
        until = self.valley.town.clock.now() + timedelta(days=days)
        while self.valley.town.clock.now() < until:
            self.valley.town.clock.forward(min(timedelta(hours=12), until - self.valley.town.clock.now()))
            async with self.valley.town.engine.begin() as db:
                await sweeper.sweep(db, self.valley.town.clock.now(), TBILISI)
            await self.valley.town.worker.drain()

    async def leaves(self, phone: Phone) -> None:
        await self._change(phone, ended_at=self.valley.town.clock.now())

    async def _change(self, phone: Phone, **values: datetime) -> None:
        mine = roles.c.person_id == await self.valley.person(phone.name)
        async with self.valley.town.engine.begin() as db:
            await db.execute(update(roles).where(mine).values(**values))


async def three(valley: Valley) -> Three:
    poll_id = await valley.poll(ARAGULI, days=0)
    for name, words in (("nino", BRIDGE), ("eka", WATER), ("soso", LIGHT), ("zura", SECRET)):
        phone = await valley.resident(name)
        answer = Answer(poll_id, ARAGULI, Origin.TELEGRAM, await valley.person(phone.name), sex="woman")
        told = [Told(kind=KINDS.get(words, "safety"), words=words)]
        async with valley.town.engine.begin() as db:
            await take(db, answer=answer, told=told, today=valley.today(), now=valley.town.clock.now())
    await close(valley)
    return await seated(valley)


async def close(valley: Valley) -> None:
    """The poll is over, and the group has read all but one."""
    now = valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        await db.execute(update(needs).where(needs.c.words != SECRET).values(state=Life.RELEASED))
        await db.execute(update(polls).values(closed_at=now, settled_at=now))


async def seated(valley: Valley) -> Three:
    lela = await speaker(valley, "lela", TELEGRAM, Role.LEADER)
    mzia = await speaker(valley, "mzia", TELEGRAM, Role.MEMBER)
    gela = await speaker(valley, "gela", VIBER, Role.TRUSTEE, name="Gela G.", office="trustee of Araguli")
    dato = await speaker(valley, "dato", WEB, Role.DEPUTY, name="Dato D.", office="deputy")
    rows = await valley.rows(select(needs.c.words, needs.c.id))
    return Three(valley, lela, mzia, gela, dato, {row.words: row.id for row in rows})


async def speaker(
    valley: Valley, phone: str, channel: str, role: Role, *, name: str | None = None, office: str | None = None
) -> Phone:
    """Of the group, or of an office that is confirmed already."""
    told = {"name": name, "office": office}
    if role in (Role.LEADER, Role.MEMBER):
        shown = await valley.resident(phone, ARAGULI, channel)
        await valley.grant(phone, role, group_id=GROUP, **told)
        return shown
    shown = await valley.resident(phone, None, channel)
    confirmed = {"municipality_id": MUNICIPALITY, "confirmed_at": valley.town.clock.now()}
    await valley.grant(phone, role, **confirmed, **told)
    return shown
