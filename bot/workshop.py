"""Does slow work outside any transaction: fetches what people sent, makes files, reads lists."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock
from storage import work

log = structlog.get_logger()
PAUSE = timedelta(seconds=20)

Args = dict[str, Any]
Result = dict[str, Any]
# What a kind of work does with its arguments; None where nobody waits for a result.
Job = Callable[[int, Args], Awaitable[Result | None]]


class Hopeless(Exception):
    """Trying again would not help; `args[0]` is a stable key that the conversation turns into words."""


@dataclass(slots=True)
class Workshop:
    """`wake` is called when a result is on its way back."""

    engine: AsyncEngine
    clock: Clock
    jobs: Mapping[str, Job]
    wake: Callable[[], None]

    async def once(self) -> bool:
        """Takes one piece of work; answers whether there was one."""
        async with self.engine.begin() as db:
            rows = await work.claim(db, now=datetime.now(UTC))
        for row in rows:
            await self._do(row)
        return bool(rows)

    async def drain(self) -> None:
        while await self.once():
            pass

    async def _do(self, row: Row[Any]) -> None:
        try:
            result = await self.jobs[row.kind](row.person_id, row.args)
        except Hopeless as reason:
            result = {"error": str(reason)}
        except Exception as error:
            log.exception("work failed", work_id=row.id, kind=row.kind)
            return await self._failed(row, type(error).__name__)
        await self._finish(row, result)

    async def _failed(self, row: Row[Any], error: str) -> None:
        async with self.engine.begin() as db:
            again = await work.fail(db, row=row, error=error, again_at=datetime.now(UTC) + _pause(row))
            if not again:
                await work.tell_failed(db, row=row, now=self.clock.now())
        self.wake()

    async def _finish(self, row: Row[Any], result: Result | None) -> None:
        async with self.engine.begin() as db:
            await work.finish(db, row=row, result=result, now=self.clock.now())
        self.wake()


def _pause(row: Row[Any]) -> timedelta:
    """Doubled where nobody waits: ten tries last for hours."""
    return PAUSE if "key" in row.args else PAUSE * 2 ** (row.attempts - 1)
