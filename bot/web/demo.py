"""/demo: four phones of one village side by side, and its calendar to move."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

import locales
from bot.web.refusals import Refusal, body_of, check_origin
from bot.web.ring import ring
from bot.web.session import language
from bot.web.site import Demo, Site
from bot.web.words import demo_words, step_words
from locales import _, ngettext

STEPS_OF_TIME = ("day", "week", "next")
PHONES = ("resident", "leader", "official", "coordinator")


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
            words, steps = demo_words(), step_words()
        html = self._site.pages.get_template("demo.html").render(
            words=words,
            steps=steps,
            ring=ring(steps, words["ring"]),
            lang=spoken,
            languages=locales.LANGUAGES,
            phones=[(name, self._demo.phones[name].name) for name in PHONES if name in self._demo.phones],
            today=self._today(spoken),
        )
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

    async def clock(self, request: Request) -> Response:
        return JSONResponse(self._today(language(request)))

    async def move(self, request: Request) -> Response:
        """POST {"by": "day" | "week" | "next"}."""
        check_origin(request, self._site.public_url)
        by = await _asked(request)
        async with self._alone():
            told = await self._demo.advance(by)
        spoken = language(request)
        with locales.use(spoken):
            return JSONResponse(self._today(spoken) | {"said": _what_happened(int(told.get("messages", 0)))})

    async def reset(self, request: Request) -> Response:
        check_origin(request, self._site.public_url)
        async with self._alone():
            await self._demo.reset()
        return JSONResponse(self._today(language(request)))

    def _alone(self) -> asyncio.Lock:
        if self._moving.locked():
            raise Refusal(409, "busy", after=1)
        return self._moving

    def _today(self, spoken: str) -> dict[str, str]:
        here = self._site.clock.now().astimezone(ZoneInfo(self._site.timezone))
        return {
            "weekday": format_date(here, "EEEE", locale=spoken),
            "day": str(here.day),
            "month": format_date(here, "LLLL", locale=spoken),
            "date": format_date(here, "EEEE, d MMMM y", locale=spoken),
            "time": format_time(here, "HH:mm", locale=spoken),
        }


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
