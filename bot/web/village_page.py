"""/village/CODE: what a village chose, for everybody, without a script; and the same as a picture."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

import locales
from bot.web.cards import LOCALES, LONGEST_CODE, write_whole
from bot.web.refusals import Refusal
from bot.web.session import language
from bot.web.site import AWAY, Site
from bot.web.village_words import village_words
from domain.links import VILLAGE
from publish import assembly_words, chosen_picture
from publish.assembly_words import Chosen
from publish.chosen_picture import List
from publish.day_words import day
from storage import choosings, meeting_summary, places
from storage.assemblies import Assembly
from storage.meeting_summary import Held
from storage.places import Place

FRESH = "public, max-age=300"  # seconds
SPOKEN = ("ka", "en")  # in which the page is whole


@dataclass(frozen=True)
class Read:
    """The village, what it chose, if it has, the round tables its community sat at, and its newest assembly."""

    village: Place
    shown: List | None
    tables: list[Held]
    assembly: tuple[Assembly, Chosen | None] | None


class VillagePage:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._making = asyncio.Lock()
        self._zone = ZoneInfo(site.timezone)

    def routes(self) -> list[Route]:
        return [
            Route("/village/{code:str}", self.page),
            Route("/village/{code:str}/list.png", self.picture),
        ]

    async def page(self, request: Request) -> Response:
        read, spoken = await self._read(request), language(request)
        with locales.use(spoken):
            now = self._site.clock.now()
            assembly = None if read.assembly is None else assembly_words.page(*read.assembly, now, self._zone)
            of = chosen_picture.digest(read.shown) if read.shown else "none"
            digest = f'"{of}-{len(read.tables)}-{_digest(assembly)}-{spoken}"'
            headers = {"Cache-Control": FRESH, "ETag": digest, "Vary": "Accept-Language"}
            if request.headers.get("if-none-match", "") == digest:
                return Response(status_code=304, headers=headers)
            html = self._site.pages.get_template("village.html").render(**self._data(read, spoken), assembly=assembly)
        return HTMLResponse(html, headers=headers)

    async def picture(self, request: Request) -> Response:
        """Made once for what stands on it, however many ask."""
        shown = (await self._read(request)).shown
        if shown is None:
            raise Refusal(404, "unknown")
        with locales.use(language(request)):
            file = self._site.media / "cards" / f"{chosen_picture.digest(shown)}.png"
            async with self._making:
                if not await asyncio.to_thread(file.is_file):
                    seconds = self._site.limits.cards.take("cards")
                    if seconds:
                        raise Refusal(429, "too_fast", after=seconds)
                    await asyncio.to_thread(write_whole, file, await asyncio.to_thread(chosen_picture.png, shown))
        headers = {"Cache-Control": FRESH, "ETag": f'"{file.stem}"'}
        if request.headers.get("if-none-match", "") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return FileResponse(file, media_type="image/png", headers=headers)

    async def _read(self, request: Request) -> Read:
        code = str(request.path_params["code"])
        if len(code) > LONGEST_CODE:
            raise Refusal(404, "unknown")
        try:
            async with self._site.read.connect() as db:
                village = await places.village_by_code(db, code=code)
                if village is None:
                    raise Refusal(404, "unknown")
                found = await choosings.latest(db, village_id=village.place.id)
                shown = None if found is None else await chosen_picture.read(db, choosing_id=found)
                tables = await meeting_summary.of_village(db, village_id=village.place.id)
                held = await assembly_words.newest(db, village_id=village.place.id)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return Read(village.place, shown, tables, held)

    def _data(self, read: Read, spoken: str) -> dict[str, Any]:
        village, shown = read.village, read.shown
        path, base = f"/village/{quote(village.code)}", (self._site.public_url or "").rstrip("/")
        return {
            "lang": spoken,
            "locale": LOCALES[spoken],
            "words": village_words(),
            "village": village.named(spoken),
            "list": None if shown is None else chosen_picture.data(shown),
            "meetings": [{"day": day(each.day), "address": f"/meeting/{each.meeting_id}"} for each in read.tables],
            "path": path,
            "url": f"{base}{path}",
            "image": f"{base}{path}/list.png?lang={spoken}",
            "languages": [(each, locales.LANGUAGES[each]) for each in SPOKEN if each in locales.LANGUAGES],
            "board": f"/board/village/{quote(village.code)}?lang={spoken}",
            "chat": f"/chat?start={quote(VILLAGE + village.code)}",
        }


def _digest(assembly: dict[str, Any] | None) -> str:
    return hashlib.sha256(repr(assembly).encode()).hexdigest()[:16] if assembly else "none"
