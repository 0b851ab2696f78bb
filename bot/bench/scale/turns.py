"""A turn in the country beside the same turn on an empty database, one after the other in the same minute."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bench.rig import NoFiles, Rig
from bot.bench.scale.databases import Pair
from bot.bench.scale.size import NOW, ZONE, Holders, Size, external
from bot.bench.scale.times import ratio, spread
from bot.bench.stream import typed
from bot.bench.talks import NeedsPoll
from bot.channels.telegram import Telegram
from bot.clock import Clock
from bot.inbox import Inbox
from bot.turn import Worker
from conversations.catalogue import everything
from storage.tables.turns import outbox

MOST_TIMES = 1.2
WARM = 3  # people who answer a poll, and menus of each role, before anything is timed
FIRST_UPDATE = 10_000_000  # of the menus


class NotTheSame(AssertionError):
    """Two different turns measure nothing."""


async def turns(both: Pair, size: Size, users: int, menus: int) -> dict[str, Any]:
    full, empty = await _rig(both.full), await _rig(both.empty)
    poll = await _poll(full, empty, users + WARM)
    shown = {role: await _menus(full, empty, role, size, menus) for role in Holders._fields}
    times = poll["times"]["median_ms"], poll["times"]["p95_ms"]
    return {"needs_poll": poll, "menu": shown, "at_most_times": MOST_TIMES, "holds": max(times) <= MOST_TIMES}


async def _rig(engine: AsyncEngine) -> Rig:
    channel, clock, waiting = Telegram("1:A", NoFiles()), Clock(NOW), asyncio.Event()
    worker = Worker(engine, {channel.name: channel}, everything(), clock, ZONE, lambda _addresses: None)
    async with engine.connect() as db:
        last = (await db.execute(select(func.max(outbox.c.id)))).scalar() or 0
    return Rig(engine, Inbox(engine, clock, waiting.set), worker, channel, waiting, last=last)


async def _poll(full: Rig, empty: Rig, users: int) -> dict[str, Any]:
    """Newcomers from a village's link to the thanks, all at the same question before anybody is at the next."""
    talks, took = (NeedsPoll(users), NeedsPoll(users)), _Took()
    while True:
        raws, same = (talk.next(one.take()) for talk, one in zip(talks, (full, empty), strict=True))
        if raws != same:
            raise NotTheSame("the poll asks otherwise in a full country")
        if not raws:
            return took.figures()
        for user, raw in enumerate(raws):
            await took.play(full, empty, raw, counted=user >= WARM)


async def _menus(full: Rig, empty: Rig, role: str, size: Size, rounds: int) -> dict[str, Any]:
    """What somebody with this role sees first: it tells of more in a country than where nothing was promised."""
    took, offset = _Took(), FIRST_UPDATE + Holders._fields.index(role) * 1000
    for place in range(rounds + WARM):
        there, here = (int(external(getattr(each.holders(place), role))) for each in (size, size.empty()))
        raws = [typed(offset + place, user, "/menu") for user in (there, here)]
        await took.play_each((full, raws[0]), (empty, raws[1]), counted=place >= WARM)
    full.take(), empty.take()
    return took.figures()


class _Took:
    """In milliseconds, in the full database and the empty one; which comes first changes each time."""

    def __init__(self) -> None:
        self._full: list[float] = []
        self._empty: list[float] = []
        self._played = 0

    async def play(self, full: Rig, empty: Rig, raw: str, *, counted: bool) -> None:
        await self.play_each((full, raw), (empty, raw), counted=counted)

    async def play_each(self, full: tuple[Rig, str], empty: tuple[Rig, str], *, counted: bool) -> None:
        pair = [(full, self._full), (empty, self._empty)]
        self._played += 1
        for (rig, raw), took in pair[:: -1 if self._played % 2 else 1]:
            begin = time.perf_counter()
            await rig.keep([raw])
            await rig.turn()
            if counted:
                took.append((time.perf_counter() - begin) * 1000)

    def figures(self) -> dict[str, Any]:
        full, empty = spread(self._full), spread(self._empty)
        return {"full": full, "empty": empty, "times": ratio(full, empty)}
