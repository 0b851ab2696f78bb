"""A small municipality, and the people of it: residents who were welcomed, a group, a coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from domain.people import CONSENT_VERSION, Role
from storage import polls
from storage.people import PURPOSE
from storage.tables.people import addresses, consents, people
from storage.tables.places import communities, municipalities, villages
from storage.tables.roles import groups, roles
from tests.town import TBILISI, Phone, Town

MUNICIPALITY = 1
VALLEY, HILL = 1, 2  # communities
ARAGULI, ZEMO, MTA = 1, 2, 3  # villages; Mta alone is on the hill
GROUP = 1


@dataclass
class Valley:
    """`town` with places in it."""

    town: Town

    async def settle(self) -> None:
        """Everything gets its number from the database, which goes on counting from there."""
        async with self.town.engine.begin() as db:
            await db.execute(
                insert(municipalities),
                [{"code": "dzeveri", "name_ka": "ძევერი", "name_en": "Dzeveri"}],
            )
            both = [
                {"name_ka": "ხეობა", "name_en": "Valley"},
                {"name_ka": "გორა", "name_en": "Hill"},
            ]
            await db.execute(insert(communities), [{**one, "municipality_id": MUNICIPALITY} for one in both])
            three = [(VALLEY, "არაგული", "Araguli"), (VALLEY, "ზემო", "Zemo"), (HILL, "მთა", "Mta")]
            rows = [
                {"community_id": community, "code": en.lower(), "name_ka": ka, "name_en": en}
                for community, ka, en in three
            ]
            await db.execute(insert(villages), rows)
            now = self.town.clock.now()
            await db.execute(insert(groups), [{"community_id": VALLEY, "name": "Valley group", "created_at": now}])

    async def resident(self, name: str, village: int | None = ARAGULI, channel: str = "terminal", **told: Any) -> Phone:
        """Somebody who was welcomed long ago."""
        now = self.town.clock.now()
        async with self.town.engine.begin() as db:
            row = {"created_at": now, "welcomed_at": now, "language": "en", "village_id": village, **told}
            person = (await db.execute(insert(people).values(**row).returning(people.c.id))).scalar_one()
            address = {"channel": channel, "external": name, "person_id": person}
            address_id = (await db.execute(insert(addresses).values(**address).returning(addresses.c.id))).scalar_one()
            await db.execute(people.update().where(people.c.id == person).values(address_id=address_id))
            yes = {"purpose": PURPOSE, "version": CONSENT_VERSION, "language": "en", "given_at": now}
            await db.execute(insert(consents), [{**yes, "person_id": person}])
        return await self.town.phone(name, channel=channel)

    async def member(self, name: str, role: Role = Role.MEMBER) -> Phone:
        phone = await self.resident(name)
        await self.grant(name, role, group_id=GROUP)
        return phone

    async def coordinator(self, name: str = "cora") -> Phone:
        phone = await self.resident(name, None)
        await self.grant(name, Role.COORDINATOR, municipality_id=MUNICIPALITY)
        return phone

    async def official(self, name: str, public_name: str, office: str) -> Phone:
        """Confirmed by a coordinator."""
        phone = await self.resident(name, None)
        confirmed = {"confirmed_at": self.town.clock.now(), "municipality_id": MUNICIPALITY}
        await self.grant(name, Role.OFFICIAL, name=public_name, office=office, **confirmed)
        return phone

    async def grant(self, phone: str, role: Role, **where: Any) -> None:
        row = {"person_id": await self.person(phone), "role": role, "granted_at": self.town.clock.now(), **where}
        async with self.town.engine.begin() as db:
            await db.execute(insert(roles), [row])

    async def person(self, name: str) -> int:
        query = select(addresses.c.person_id).where(addresses.c.external == name)
        async with self.town.engine.connect() as db:
            return int((await db.execute(query)).scalar_one())

    def today(self) -> date:
        return self.town.clock.now().astimezone(TBILISI).date()

    async def poll(self, *where: int, days: int = 14) -> int:
        """Opened by a coordinator; nobody has been told yet."""
        opener = await self.coordinator("opener")
        opened_by = await self.person(opener.name)
        async with self.town.engine.begin() as db:
            return await polls.open_(
                db,
                villages=where or (ARAGULI, ZEMO),
                opens=self.today(),
                closes=self.today() + timedelta(days=days),
                opened_by=opened_by,
                now=self.town.clock.now(),
                zone=TBILISI,
            )

    async def rows(self, query: Any) -> list[Any]:
        async with self.town.engine.connect() as db:
            return list((await db.execute(query)).all())
