"""A self-help group with Telegram: a leader, four members, and their chat on the local Bot API server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from conversations.registry import Registry
from domain.links import Links
from domain.people import Role
from scheduler import group_questions
from storage import group_chats
from storage.tables.people import addresses
from storage.tables.turns import inbox, outbox
from tests.fakes.telegram_chats import BOT
from tests.fakes.telegram_group import Group
from tests.fakes.telegram_server import Server, User
from tests.phones.telegram import TelegramPhone
from tests.stories.valley import GROUP, Valley
from tests.telegram_town import TelegramTown, telegram_town
from tests.town import TBILISI, Town

CHANNEL = f"telegram:{BOT['id']}"
LALI, MEMBERS = 101, (102, 103, 104, 105)
ROOM = -777
LONGEST = 15.0


@dataclass
class GroupTown:
    """`lali` leads; the members have no names but their numbers."""

    valley: Valley
    town: TelegramTown
    server: Server

    async def settle(self) -> None:
        await self.valley.settle()
        for number in (LALI, *MEMBERS):
            await self.member(number, Role.LEADER if number == LALI else Role.MEMBER)

    async def member(self, number: int, role: Role = Role.MEMBER) -> None:
        await self.valley.member(f"m{number}", role)
        await self._on_telegram(number)

    async def resident(self, number: int) -> TelegramPhone:
        await self.valley.resident(f"m{number}")
        await self._on_telegram(number)
        return self.phone(number)

    async def _on_telegram(self, number: int) -> None:
        async with self.valley.town.engine.begin() as db:
            here = update(addresses).where(addresses.c.external == f"m{number}")
            await db.execute(here.values(channel=CHANNEL, external=str(number)))

    @property
    def lali(self) -> TelegramPhone:
        return self.phone(LALI)

    def phone(self, number: int) -> TelegramPhone:
        return self.town.phone(number)

    def user(self, number: int) -> User:
        return self.server.user(number)

    async def code(self) -> str:
        by, now = await self.valley.person(str(LALI)), self.valley.town.clock.now()
        async with self.valley.town.engine.begin() as db:
            return await group_chats.make_code(db, by=by, group_id=GROUP, now=now)

    async def chat(self, room: int = ROOM) -> Group:
        """The group's own chat, bound and greeted in."""
        group = Group.of(self.server, room, "Valley women")
        group.add_bot(self.lali.user, f"g{await self.code()}")
        await self.lali.tap("Yes, it is ours")
        await self.until(lambda: any("From now on" in post.text for post in group.posts), "a greeting")
        return group

    async def sweep(self) -> None:
        async with self.valley.town.engine.begin() as db:
            await group_questions.sweep(db, self.valley.town.clock.now(), TBILISI)
        self.town.turns.ring()

    async def still(self) -> None:
        """All that came was played, and all that was written is sent."""
        await self.until(lambda: self.server.undelivered == 0, "everything delivered")
        async with asyncio.timeout(LONGEST):
            while await self._busy():
                self.town.turns.ring()
                await self.server.change(0.03)

    async def _busy(self) -> bool:
        due = inbox.c.due_at.is_(None) | (inbox.c.due_at <= self.valley.town.clock.now())
        waits = select(inbox.c.id).where(inbox.c.status == "new", due)
        unsent = select(outbox.c.id).where(outbox.c.status.in_(("pending", "sending")))
        async with self.valley.town.engine.connect() as db:
            return any([(await db.execute(each.limit(1))).first() for each in (waits, unsent)])

    async def until(self, happened: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + LONGEST
        while not happened():
            if time.monotonic() > until:
                raise AssertionError(f"{what} never came: {self.seen()}")
            await self.server.change(0.05)

    def seen(self) -> list[Any]:
        return [(chat.id, [message.text for message in chat.from_bot()][-2:]) for chat in self._chats()]

    def _chats(self) -> list[Any]:
        return list(self.server.telegram.chats.values())

    async def ack(self, tapped: str) -> dict[str, Any]:
        """What the person who pressed was told."""
        found: list[dict[str, Any]] = []

        def came() -> bool:
            found[:] = [ack for ack in self.server.telegram.acks if ack["callback_query_id"] == tapped]
            return bool(found)

        await self.until(came, "an answer to the tap")
        return found[0]

    async def tapped(self, group: Group, number: int, label: str) -> str:
        return str((await self.ack(group.tap(self.user(number), label))).get("text"))


@asynccontextmanager
async def group_town(
    server: Server, engine: Any, registry: Registry, media: Path, *, webhook: bool = False
) -> AsyncIterator[GroupTown]:
    valley = Valley(Town(engine, registry))
    links = Links(str(BOT["username"]), "https://mrgvali.example.ge")
    async with telegram_town(
        server, engine, registry, media, webhook=webhook, clock=valley.town.clock, links=links
    ) as town:
        group = GroupTown(valley, town, server)
        await group.settle()
        yield group
        assert server.errors == []
