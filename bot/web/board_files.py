"""What the board gives as files: a picture for who shares an address, and a sheet for the notice board. Each is made
once for what stands on it, however many ask."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import FileResponse, Response

import locales
from bot.web import board_places, open_media
from bot.web.board_asked import Asked
from bot.web.cards import write_whole
from bot.web.refusals import Refusal
from bot.web.site import AWAY, Site
from domain.links import LARGEST_ID
from publish import board_card, board_notice
from publish.day_words import day
from storage import promise_photos

FRESH = "public, max-age=300"  # seconds
PHOTO = {"Cache-Control": FRESH, "Content-Security-Policy": "sandbox; default-src 'none'"}
Data = dict[str, Any]


class BoardFiles:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._making = asyncio.Lock()
        self._two_at_once = asyncio.Semaphore(2)  # a large picture takes hundreds of megabytes while it is open

    async def card(self, request: Request, asked: Asked, data: Data) -> Response:
        """`data` is of the page."""
        shown = board_card.data(data["title"], data.get("lead", ""), data.get("tally", []), data.get("promise"))
        return await self._file(request, "board_card", shown, lambda: board_card.png(shown), "png")

    async def notice(self, request: Request) -> Response:
        asked = Asked.of(request, self._site)
        with locales.use(asked.spoken):
            try:
                async with self._site.read.connect() as db:
                    shown, link = await self._notice(db, asked)
            except AWAY:
                raise Refusal(503, "later", after=5) from None
            return await self._file(request, "board_notice", shown, lambda: board_notice.pdf(shown, link), "pdf")

    async def _notice(self, db: AsyncConnection, asked: Asked) -> tuple[Data, str]:
        page = await board_places.village(db, asked.whole())
        link = f"{asked.absolute}/board/village/{asked.code}"
        return board_notice.data(page, link, day(asked.today)), link

    async def photo(self, request: Request) -> Response:
        """What was seen, released by somebody who looked; it may be hidden again, so it is kept for minutes only."""
        event_id = int(request.path_params["id"])
        if event_id > LARGEST_ID:
            raise Refusal(404, "unknown")
        try:
            async with self._site.read.connect() as db:
                media_id = await promise_photos.shown(db, event_id=event_id)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        path = self._site.media / (media_id or "")
        if media_id is None or not await asyncio.to_thread(path.is_file):
            raise Refusal(404, "unknown")
        async with self._two_at_once:
            return await open_media.picture(path, small="small" in request.query_params, headers=PHOTO)

    async def _file(self, request: Request, name: str, shown: Data, make: Callable[[], bytes], ending: str) -> Response:
        digest = hashlib.sha256(repr((name, shown)).encode()).hexdigest()[:32]
        headers = {"Cache-Control": FRESH, "ETag": f'"{digest}"', "Vary": "Accept-Language"}
        if request.headers.get("if-none-match", "") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        file = self._site.media / "cards" / f"{digest}.{ending}"
        async with self._making:
            if not await asyncio.to_thread(file.is_file):
                await self._make(file, make)
        media_type = "application/pdf" if ending == "pdf" else "image/png"
        return FileResponse(file, media_type=media_type, headers=headers)

    async def _make(self, file: Path, make: Callable[[], bytes]) -> None:
        seconds = self._site.limits.cards.take("cards")
        if seconds:
            raise Refusal(429, "too_fast", after=seconds)
        spoken = locales.current()
        await asyncio.to_thread(write_whole, file, await asyncio.to_thread(_in, spoken, make))


def _in(spoken: str, make: Callable[[], bytes]) -> bytes:
    with locales.use(spoken):
        return make()
