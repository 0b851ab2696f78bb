"""/health: 200 while messages can be kept, 503 while the database is away. The rest is for those who look after us."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.site import AWAY, Site
from storage import health

LONG = 60.0  # seconds that a message may wait before somebody should look


class Health:
    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: Request) -> Response:
        try:
            async with self._site.read.connect() as db:
                report = await self._report(db)
        except AWAY:
            report = {"status": "away", "database": False}
        status = 503 if report["status"] == "away" else 200
        return JSONResponse(report, status, {"Cache-Control": "no-store"})

    async def _report(self, db: AsyncConnection) -> dict[str, Any]:
        now = self._site.clock.now()
        waiting = _age(now, await health.waiting_since(db, now=now))
        parked = await health.parked(db)
        bots = {
            bot.channel: {"polled_s_ago": _age(now, bot.polled_at), "error": bot.error}
            for bot in await health.all_bots(db)
        }
        swept = await self._site.last_sweep(db) if self._site.last_sweep else None
        well = not parked and (waiting or 0) < LONG and not any(bot["error"] for bot in bots.values())
        return {
            "status": "ok" if well else "look",
            "database": True,
            "waiting_s": waiting,
            "parked": parked,
            "bots": bots,
            "swept_s_ago": _age(now, swept),
        }


def _age(now: datetime, moment: datetime | None) -> float | None:
    return None if moment is None else round((now - moment).total_seconds(), 1)
