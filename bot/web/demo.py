"""/demo: four phones of one village side by side, and its calendar to move."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

import locales
from bot.web.refusals import Refusal, body_of, check_origin
from bot.web.session import language
from bot.web.site import Demo, Site
from bot.web.words import demo_words
from domain.year import Standing, Year, stand
from locales import _, ngettext
from publish import year_ring, year_words
from storage import stream, year

STEPS_OF_TIME = ("day", "week", "next")
PHONES = ("resident", "leader", "official", "coordinator")
WHOSE_YEAR = "leader"


class DemoPages:
    def __init__(self, site: Site, demo: Demo) -> None:
        self._site, self._demo = site, demo
        self._moving = asyncio.Lock()

    def routes(self) -> list[Route]:
        return [
            Route("/demo", self.page),
            Route("/demo/clock", self.clock, methods=["GET"]),
            Route("/demo/clock", self.move, methods=["POST"]),
            Route("/demo/reset", self.reset, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        spoken = language(request)
        with locales.use(spoken):
            words, today = demo_words(), await self._today(spoken)
        html = self._site.pages.get_template("demo.html").render(
            words=words,
            lang=spoken,
            languages=locales.LANGUAGES,
            phones=[(name, self._demo.phones[name].name) for name in PHONES if name in self._demo.phones],
            today=today,
        )
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

    async def clock(self, request: Request) -> Response:
        spoken = language(request)
        with locales.use(spoken):
            return JSONResponse(await self._today(spoken))

    async def move(self, request: Request) -> Response:
        """POST {"by": "day" | "week" | "next"}."""
        check_origin(request, self._site.public_url)
        by = await _asked(request)
        async with self._alone():
            told = await self._demo.advance(by)
        spoken = language(request)
        with locales.use(spoken):
            said = _what_happened(int(told.get("messages", 0)))
            return JSONResponse(await self._today(spoken) | {"said": said})

    async def reset(self, request: Request) -> Response:
        check_origin(request, self._site.public_url)
        async with self._alone():
            await self._demo.reset()
        return await self.clock(request)

    def _alone(self) -> asyncio.Lock:
        if self._moving.locked():
            raise Refusal(409, "busy", after=1)
        return self._moving

    async def _today(self, spoken: str) -> dict[str, Any]:
        """The day, and how the year of the leader's community stands on it."""
        here = self._site.clock.now().astimezone(self._zone)
        standing = await self._standing(here)
        return {
            "ring": year_ring.svg(standing, _("The ring of eight steps")),
            "steps": [_step(each) for each in standing.steps],
            "weekday": format_date(here, "EEEE", locale=spoken),
            "day": str(here.day),
            "month": format_date(here, "LLLL", locale=spoken),
            "date": format_date(here, "EEEE, d MMMM y", locale=spoken),
            "time": format_time(here, "HH:mm", locale=spoken),
        }

    async def _standing(self, here: datetime) -> Year:
        leader = self._demo.phones.get(WHOSE_YEAR)
        async with self._site.read.connect() as db:
            known = leader and await stream.reader(db, channel=self._demo.channel.name, external=leader.external)
            shares = await year.shares_of(db, person_id=known.person_id, village_id=None) if known else {}
            years = await year.standing(db, where=[*shares][:1], now=self._site.clock.now(), zone=self._zone)
        return next(iter(years.values()), stand({}, here.year, here.date()))

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._site.timezone)


def _step(standing: Standing) -> dict[str, str]:
    name, how = year_words.step(standing.step), year_words.state(standing)
    return {"name": name, "is": standing.state.value, "state": how}


def _what_happened(messages: int) -> str:
    if messages == 0:
        return _("A quiet time: nothing was sent.")
    return ngettext("{count} message went out.", "{count} messages went out.", messages).format(count=messages)


async def _asked(request: Request) -> str:
    try:
        body: Any = json.loads(await body_of(request, 1024))
    except ValueError:
        raise Refusal(400, "not_json") from None
    by = body.get("by") if isinstance(body, dict) else None
    if by not in STEPS_OF_TIME:
        raise Refusal(400, "malformed", field="by")
    return str(by)
