"""The pages with the real inbox and the real turn behind them, and a talk made for these tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bell import LocalBell
from bot.channels.webchat import WebChat
from bot.inbox import Inbox
from bot.turn import Worker
from bot.web.app import build
from bot.web.site import Demo, Phone, Site
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry, Registry
from locales import _
from storage.jsontext import dumps
from storage.tables.people import addresses, people
from storage.tables.turns import outbox
from tests.engines import reading, writing
from tests.served import served
from tests.town import MONDAY_NOON, TBILISI, StoppedClock

KINDS = [Option("road", "Road"), Option("water", "Water"), Option("light", "Street lighting")]


async def talk(chat: Chat) -> None:
    kind = await chat.pick("kind", "What does your village need most?", KINDS)
    words = await chat.text("words", "Tell it in your own words.")
    chat.say(f"Thank you: {kind}, {words[:40]}")


def registry() -> Registry:
    made = Registry()
    made.add(Entry("welcome", talk, lambda: _("Needs of the village"), in_menu=True, needs_welcome=False))
    return made


@dataclass
class Village:
    site: Site
    write: AsyncEngine
    worker: Worker
    clock: StoppedClock
    waked: asyncio.Event
    base: str = ""

    async def play(self) -> None:
        while True:
            await self.waked.wait()
            self.waked.clear()
            await self.worker.drain()

    async def write_to(self, external: str, seq: int, **payload: Any) -> None:
        """A message as a turn writes it, without a turn."""
        async with self.write.begin() as db:
            query = select(addresses.c.id, addresses.c.person_id).where(addresses.c.external == external)
            found = (await db.execute(query)).one()
            row = {
                "person_id": found.person_id,
                "address_id": found.id,
                "lane": 0,
                "kind": "message",
                "status": "stream",
            }
            await db.execute(
                insert(outbox), [{**row, "seq": seq, "payload": dumps(payload), "created_at": self.site.clock.now()}]
            )
        self.site.bell.ring(f"address:{found.id}")

    async def settle(self, external: str, channel: str = "web", language: str = "en") -> None:
        """Gives this address a person, as its first message would."""
        async with self.write.begin() as db:
            now = self.site.clock.now()
            made = await db.execute(insert(people).values(created_at=now, language=language).returning(people.c.id))
            await db.execute(insert(addresses).values(channel=channel, external=external, person_id=made.scalar_one()))

    @asynccontextmanager
    async def open(self, **changes: Any) -> AsyncIterator[Village]:
        """Serves the pages; `changes` replace parts of the site."""
        self.site = replace(self.site, **changes)
        playing = asyncio.create_task(self.play())
        try:
            async with served(build(self.site)) as self.base:
                yield self
                self.site.bell.close()
        finally:
            playing.cancel()
            with suppress(asyncio.CancelledError):
                await playing


@asynccontextmanager
async def village(url: str, folder: Path) -> AsyncIterator[Village]:
    async with writing(url) as write, reading(url) as read:
        yield _village(write, read, folder)


def _village(write: AsyncEngine, read: AsyncEngine, folder: Path) -> Village:
    clock, bell, waked = StoppedClock(MONDAY_NOON), LocalBell(), asyncio.Event()
    chat, phones = WebChat("web", folder / "media"), WebChat("web:demo", folder / "media")
    inbox = Inbox(write, clock, waked.set)

    def written(ids: Collection[int]) -> None:
        bell.ring(*(f"address:{address_id}" for address_id in ids))

    worker = Worker(write, {one.name: one for one in (chat, phones)}, registry(), clock, TBILISI, written)
    demo = Demo(phones, {name: Phone(name, who) for name, who in PEOPLE.items()}, _advance(clock), _nothing)
    site = Site(
        read=read, write=write, inbox=inbox, chat=chat, bell=bell, clock=clock, media=folder / "media", demo=demo
    )
    return Village(site, write, worker, clock, waked)


PEOPLE = {"resident": "ნინო", "leader": "მაია", "official": "გიორგი", "coordinator": "თამარი"}


def _advance(clock: StoppedClock) -> Any:
    async def advance(by: str) -> dict[str, int]:
        clock.forward(timedelta(days={"day": 1, "week": 7, "next": 2}[by]))
        return {"messages": {"day": 0, "week": 14, "next": 1}[by]}

    return advance


async def _nothing() -> None:
    return None
