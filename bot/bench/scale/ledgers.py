"""Every hash of the country recomputed."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bench.scale.size import Size
from storage import ledger_check


class LedgerBroken(AssertionError):
    """A ledger that does not verify measures nothing."""


async def verify(read: AsyncEngine, size: Size, secret: str) -> dict[str, Any]:
    begin = time.perf_counter()
    async with read.connect() as db:
        broken = await ledger_check.verify(db, secret=secret.encode())
    if broken is not None:
        raise LedgerBroken(str(broken))
    seconds, events = time.perf_counter() - begin, size.figures()["events"]
    return {"events": events, "seconds": round(seconds, 1), "events_per_s": round(events / seconds), "whole": True}
