"""The demo's sample municipality in one process, without a network, and the phones of the people who live in it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.terminal import Terminal
from bot.clock import Clock
from bot.demo.data import rows
from bot.demo.seed import HOME, START, seed
from bot.drain import drain
from bot.errors import OperatorError
from bot.inbox import Inbox
from bot.jobs import Jobs
from bot.phone import Phone
from bot.turn import Worker
from bot.workshop import Workshop
from conversations import tap
from conversations.catalogue import everything
from conversations.registry import Entry, Registry
from domain.links import INVITATION, VILLAGE, Links
from domain.people import Action, Role, may
from storage import invitations, migrate, places, stream, turns
from storage.engine import write_engine

ZONE = ZoneInfo("Asia/Tbilisi")
NEWCOMER, NEIGHBOUR = "resident", "neighbour"  # phones of bot/demo/cast.csv
FILE = "village.db"
BY_COMMAND = {"my_data": "/mydata", "forget": "/forget"}


class StandingClock(Clock):
    """The same minute throughout, so that what was played can be played again."""

    def now(self) -> datetime:
        return START


class Camera(Terminal):
    """A terminal whose photos are all the same grey one."""

    async def fetch(self, ref: str, limit: int) -> bytes:
        return await asyncio.to_thread(_grey)


def _grey() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "grey").save(out, "JPEG")
    return out.getvalue()


@dataclass
class Stage:
    engine: AsyncEngine
    folder: Path
    language: str
    registry: Registry = field(default_factory=everything)
    clock: Clock = field(default_factory=StandingClock)
    channel: Terminal = field(default_factory=Camera)

    def __post_init__(self) -> None:
        channels = {self.channel.name: self.channel}
        links = Links("mrgvali_bot", "https://mrgvali.example.ge")
        self.inbox = Inbox(self.engine, self.clock, lambda: None)
        self.worker = Worker(self.engine, channels, self.registry, self.clock, ZONE, lambda _addresses: None, links)
        jobs = Jobs(self.engine, channels, self.clock, self.folder / "media", ZONE)
        self.workshop = Workshop(self.engine, self.clock, jobs.all(), lambda: None)
        self._ids = count(1)

    async def receive(self, name: str, **fields: Any) -> None:
        """Plays what slow work brings back too; the phone then plays what is left, which is nothing."""
        await self.inbox.keep(self.channel, [{"id": f"played-{next(self._ids)}", "from": name, **fields}])
        await drain(self.worker, self.workshop)

    def phone(self, who: str) -> Phone:
        return Phone(self, who, self.language)

    async def pending(self, who: str) -> str | None:
        """The key of the question in front of this person."""
        async with self.engine.connect() as db:
            known = await stream.reader(db, channel=self.channel.name, external=who)
            found = await turns.active_runs(db, people_ids=[known.person_id] if known else [])
        return next((run.pending for run in found if run.state == "front"), None)

    async def begin(self, conversation: str, who: str) -> Phone:
        """As people do: by a link, by a command, or from the menu."""
        entry, phone = self.registry[conversation], self.phone(who)
        if entry.link == VILLAGE:
            await phone.start(VILLAGE + await self._village_code())
        elif entry.link == INVITATION:
            await phone.start(INVITATION + await self._invitation())
        elif entry.name in BY_COMMAND:
            await phone.send(BY_COMMAND[entry.name])
        else:
            await phone.act(tap=tap.data(tap.SYSTEM, "start", entry.name))
        return phone

    async def _village_code(self) -> str:
        async with self.engine.connect() as db:
            [municipality] = await places.municipalities(db)
            found = await places.villages_of(db, municipality_id=municipality.id)
        return next(village.place.code for village in found if village.place.ka == HOME)

    async def _invitation(self) -> str:
        async with self.engine.begin() as db:
            made = await invitations.make(db, by=None, role=Role.COORDINATOR, now=START)
        return made.token


def player(entry: Entry) -> str:
    """Whose phone shows it: somebody of the demo who may begin it."""
    if entry.action is None:
        return NEWCOMER if entry.link == VILLAGE else NEIGHBOUR
    roles = {row["phone"]: Role(row["role"]) for row in rows("cast") if row["phone"] and row["role"]}
    for phone in ("leader", "official", "coordinator"):
        if may([roles[phone]], Action(entry.action)):
            return phone
    raise OperatorError(f'Nobody in the sample municipality may begin "{entry.name}".')


def playable(registry: Registry) -> list[str]:
    """What a person begins; the rest is told to them by the clock, or by what others do."""
    return sorted(name for name, entry in registry.entries.items() if entry.in_menu or entry.link or name in BY_COMMAND)


@asynccontextmanager
async def stage(folder: Path, language: str = "en") -> AsyncIterator[Stage]:
    """The municipality on its first day, in a database of its own; one that lies in the folder is taken as it is."""
    url = f"sqlite+aiosqlite:///{folder}/{FILE}"
    there = await asyncio.to_thread((folder / FILE).exists)
    engine = write_engine(url)
    try:
        made = Stage(engine, folder, language)
        if not there:
            await migrate.upgrade(url)
            await seed(engine, start=START, zone=ZONE, channel=made.channel.name, language=language, opened=False)
        yield made
    finally:
        await engine.dispose()
