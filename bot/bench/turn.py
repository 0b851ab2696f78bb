"""`mrgvali bench turn`: from raw JSON to a committed answer and a built reply, on SQLite with synchronous=FULL."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bench.stopwatch import Stopwatch
from bot.bench.stream import STEPS, updates
from bot.channels.port import Target
from bot.channels.telegram import Telegram
from bot.channels.telegram_request import sending
from bot.clock import Clock
from bot.inbox import Inbox
from bot.turn import Worker
from conversations.chat import Chat
from conversations.message import Outgoing
from conversations.registry import Entry, Registry
from storage.engine import write_engine
from storage.jsontext import loads
from storage.tables.all import metadata
from storage.tables.people import addresses
from storage.tables.turns import outbox

POLLED = 100  # updates that one getUpdates brings at most
SINGLE_TURNS = 200


async def dialogue(chat: Chat) -> None:
    """The rivals' dialogue: eight questions and a thank you, every answer kept."""
    for step in range(1, STEPS + 1):
        await chat.part(str(step)).text("answer", f"Question {step}?")
    chat.say("Thank you")


class NoFiles:
    """The dialogue has none."""

    async def known(self, channel: str, media_id: str) -> str | None:
        return None

    async def remember(self, channel: str, media_id: str, ref: str) -> None:
        """Nothing to remember."""

    async def read(self, media_id: str) -> tuple[str, bytes]:
        raise FileNotFoundError(media_id)


@dataclass
class Rig:
    """The program between the wire and the wire: inbox, worker, and the building of requests."""

    engine: AsyncEngine
    inbox: Inbox
    worker: Worker
    channel: Telegram
    built: int = 0
    last: int = 0
    fed: bool = False
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    async def feed(self, raws: list[str]) -> None:
        for at in range(0, len(raws), POLLED):
            await self.inbox.keep(self.channel, [json.loads(raw) for raw in raws[at : at + POLLED]])
        self.fed = True
        self.waiting.set()

    async def play(self) -> None:
        while True:
            done = self.fed
            played = await self.worker.batch()
            await self.build()
            if not played and done:
                return
            if not played:
                self.waiting.clear()
                await self.waiting.wait()

    async def build(self) -> None:
        """The requests of every answer committed since the last time."""
        query = select(outbox.c.id, outbox.c.payload, addresses.c.external).join(addresses, addresses.c.id == outbox.c.address_id)
        async with self.engine.connect() as db:
            rows = (await db.execute(query.where(outbox.c.id > self.last).order_by(outbox.c.id))).all()
        for number, payload, external in rows:
            sending(Target(external), Outgoing.from_json(loads(payload)))
            self.last = number
        self.built += len(rows)


async def rig(folder: str, registry: Registry) -> Rig:
    engine = write_engine(f"sqlite+aiosqlite:///{folder}/bench.db")
    async with engine.begin() as db:
        await db.run_sync(metadata.create_all)
    channel, clock = Telegram("1:A", NoFiles()), Clock()
    waiting = asyncio.Event()
    worker = Worker(engine, {channel.name: channel}, registry, clock, ZoneInfo("Asia/Tbilisi"), lambda _addresses: None)
    return Rig(engine, Inbox(engine, clock, waiting.set), worker, channel, waiting=waiting)


async def loaded(users: int, registry: Registry) -> dict[str, Any]:
    """All dialogues open at once, as fast as they go."""
    with tempfile.TemporaryDirectory() as folder:
        ours = await rig(folder, registry)
        raws = list(updates(users))
        with Stopwatch(len(raws)) as watch:
            await asyncio.gather(ours.feed(raws), ours.play())
        await _all_kept(ours, len(raws))
        await ours.engine.dispose()
    return watch.figures()


async def _all_kept(ours: Rig, wanted: int) -> None:
    async with ours.engine.connect() as db:
        kept = (await db.execute(select(func.count()).select_from(outbox))).scalar_one()
    if (kept, ours.built) != (wanted, wanted):
        raise SystemExit(f"{wanted} updates, but {kept} answers kept and {ours.built} replies built")


async def unloaded(registry: Registry) -> dict[str, Any]:
    """One update at a time, each from raw JSON to its built reply."""
    with tempfile.TemporaryDirectory() as folder:
        ours = await rig(folder, registry)
        took = []
        for raw in _first(updates(SINGLE_TURNS), SINGLE_TURNS):
            begin = time.perf_counter()
            await ours.inbox.keep(ours.channel, [json.loads(raw)])
            await ours.worker.batch()
            await ours.build()
            took.append((time.perf_counter() - begin) * 1000)
        await ours.engine.dispose()
    cuts = statistics.quantiles(took[10:], n=100)
    return {"p50_ms": round(cuts[49], 2), "p99_ms": round(cuts[98], 2)}


def _first(stream: Iterator[str], count: int) -> Iterator[str]:
    return (raw for _number, raw in zip(range(count), stream, strict=False))


def peers(users: int) -> list[dict[str, Any]]:
    """Each in a process of its own, on the same core, in the same minute."""
    return [_peer(name, users) for name in ("ptb", "aiogram3")]


def _peer(name: str, users: int) -> dict[str, Any]:
    command = [sys.executable, "-m", f"bot.bench.peers.{name}", str(users)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def on_one_core() -> None:
    """Ours, its database threads and the rivals: all on one processor, so that the figures are a core's."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def only(entry: Entry) -> Registry:
    registry = Registry()
    registry.add(entry)
    return registry


def run(users: int, *, with_peers: bool) -> dict[str, Any]:
    on_one_core()
    registry = only(Entry("welcome", dialogue, lambda: "Dialogue"))
    out: dict[str, Any] = {"users": users, "rivals": peers(users) if with_peers else []}
    out["dialogue"] = {**asyncio.run(loaded(users, registry)), **asyncio.run(unloaded(registry)), "kept": "everything"}
    for rival in out["rivals"]:
        rival["ours_is_times"] = round(out["dialogue"]["updates_per_s"] / rival["updates_per_s"], 2)
    return out
