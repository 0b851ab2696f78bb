"""Moves the demo's clock through every due moment in order, so that reminders arrive as they would have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.app import App
from bot.drain import drain
from storage import outbox_reading, queue

STEPS = {"day": timedelta(days=1), "week": timedelta(days=7)}
FURTHEST = timedelta(days=120)  # how far "to the next event" looks before it gives up


@dataclass(frozen=True, slots=True)
class Calendar:
    """`watched` are the addresses of the phones that somebody looks at."""

    app: App
    watched: Collection[str]

    async def advance(self, by: str) -> Mapping[str, Any]:
        """ "day", "week", or "next": until one of the phones says something. Answers {"messages": …}, of everybody."""
        before, shown = await self._written(), await self._shown()
        start = self.app.clock.now()
        until = start + STEPS.get(by, FURTHEST)
        while (moment := await self._next(until)) is not None:
            await self.stand_at(moment)
            if by == "next" and await self._shown() > shown:
                break
        else:
            if by != "next":
                await self.stand_at(until)
        return {"messages": await self._written() - before}

    async def _next(self, until: datetime) -> datetime | None:
        """The next moment at which anything comes due; None when there is none before `until`."""
        now = self.app.clock.now()
        async with self.app.write.begin() as db:
            moments = [await job.next_due(db, now, self.app.settings.zone) for job in self.app.jobs]
            moments.append(await queue.next_due(db))
        # What was due already has been swept: only what lies ahead can move the clock.
        return min((moment for moment in moments if moment is not None and now < moment <= until), default=None)

    async def stand_at(self, moment: datetime) -> None:
        """At this moment everything that is due is done, and everybody has heard of it."""
        self.app.clock.move_to(moment)
        for job in self.app.jobs:
            await self.app.sweep(job)
        await drain(self.app.worker, self.app.workshop)

    async def _written(self) -> int:
        async with self.app.read.connect() as db:
            return await outbox_reading.count(db)

    async def _shown(self) -> int:
        async with self.app.read.connect() as db:
            return await outbox_reading.count(db, externals=self.watched)
