"""Slow work of promises: the table of a department, made and read, and the picture of the month."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.workshop import Args, Hopeless, Job, Result
from domain.promise_table import Fault, Line, read
from locales import use
from publish import promise_digest as drawn
from publish import promise_table as published
from storage import places, promise_digest, promise_people, promise_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class PromiseJobs:
    """`bring` gives a file's bytes, `keep` puts one of ours into the folder and answers its id."""

    engine: AsyncEngine
    now: Callable[[], datetime]
    zone: ZoneInfo
    bring: Callable[[str], Awaitable[bytes]]
    keep: Callable[..., Awaitable[str]]

    def all(self) -> dict[str, Job]:
        return {"promise_table": self.make, "read_promise_table": self.read, "promise_digest": self.digest}

    async def digest(self, person_id: int, args: Args) -> Result | None:
        """`args`: municipality, month, language. For who holds an office there; made anew each time."""
        where = {"municipality_id": int(args["municipality"])}
        async with self.engine.connect() as db:
            if where["municipality_id"] not in await promise_people.offices(db, person_id=person_id):
                raise Hopeless("not_allowed")
            today = self.now().astimezone(self.zone).date()
            found = await promise_digest.of_month(db, **where, month=date.fromisoformat(args["month"]), today=today)
            place = await places.municipality(db, **where)
        if not found or place is None:
            return {"photos": []}
        with use(args["language"]):
            picture = await asyncio.to_thread(drawn.png, place.named(args["language"]), found)
        return {"photos": [await self.keep(person_id, picture, "image/png", kind="photo")]}

    async def make(self, person_id: int, args: Args) -> Result | None:
        """`args`: language."""
        today = self.now().astimezone(self.zone).date()
        with use(args["language"]):
            async with self.engine.connect() as db:
                rows = await published.rows(db, person_id=person_id, today=today)
            if not rows:
                return {"empty": True}
            content = await asyncio.to_thread(published.workbook, rows)
        name = f"promises-{today.isoformat()}.xlsx"
        return {"document": await self.keep(person_id, content, XLSX, name=name), "rows": len(rows)}

    async def read(self, person_id: int, args: Args) -> Result | None:
        """`args`: media. What the rows say, and what is wrong with the others; nothing is counted yet."""
        try:
            content = await self.bring(args["media"])
        except ValueError:
            raise Hopeless("no_file") from None
        today = self.now().astimezone(self.zone).date()
        headings, words = published.headings(), published.words()
        filled = await asyncio.to_thread(read, content, headings=headings, words=words, today=today)
        async with self.engine.connect() as db:
            lines, faults = await promise_table.look(db, person_id=person_id, lines=filled.lines)
        found = sorted((*filled.faults, *faults), key=lambda fault: fault.row)
        return {"lines": [_line(each) for each in lines], "faults": [_fault(each) for each in found]}


def _line(line: Line) -> dict[str, Any]:
    return asdict(line) | {"new_due": line.new_due and line.new_due.isoformat()}


def _fault(fault: Fault) -> dict[str, Any]:
    return asdict(fault)
