"""/board: what was promised to whom and how it stands, for everybody, without a script; each page as data too."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import locales
from bot.web import board_places, board_promise
from bot.web.board_asked import SPOKEN, Asked
from bot.web.board_words import board_words
from bot.web.cards import LOCALES
from bot.web.refusals import Refusal
from bot.web.site import AWAY, Site
from publish import board_words as said
from storage import board

FRESH = "public, max-age=60"  # seconds
Reader = Callable[[AsyncConnection, Asked], Awaitable[dict[str, Any]]]
PAGES: dict[str, tuple[Reader, str]] = {
    "": (board_places.front, "board_place.html"),
    "/municipality/{code:str}": (board_places.municipality, "board_place.html"),
    "/community/{id:int}": (board_places.community, "board_place.html"),
    "/village/{code:str}": (board_places.village, "board_place.html"),
    "/promise/{id:int}": (board_promise.promise, "board_promise.html"),
}


class BoardPage:
    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """The addresses are printed and kept: never changed. The longer endings come first."""
        made = [Route("/board/municipality/{code:str}/head.json", self.head)]
        for path, (reader, template) in PAGES.items():
            made.append(Route(f"/board{path}.json", self._shown(reader, _json)))
            made.append(Route(f"/board{path}", self._shown(reader, self._html(template))))
        return made

    def _shown(self, reader: Reader, form: Callable[[Asked, dict[str, Any]], Response]) -> Any:
        async def show(request: Request) -> Response:
            asked = self._asked(request)
            with locales.use(asked.spoken):
                try:
                    async with self._site.read.connect() as db:
                        data = await reader(db, asked)
                except AWAY:
                    raise Refusal(503, "later", after=5) from None
                return _unless_known(request, form(asked, data))

        return show

    def _html(self, template: str) -> Callable[[Asked, dict[str, Any]], Response]:
        def made(asked: Asked, data: dict[str, Any]) -> Response:
            page = self._site.pages.get_template(template).render(
                lang=asked.spoken,
                locale=LOCALES[asked.spoken],
                words=board_words(),
                rules=said.rules(),
                asked=asked,
                languages=[(each, locales.LANGUAGES[each]) for each in SPOKEN],
                **_EMPTY | data,
            )
            return Response(page, media_type="text/html")

        return made

    async def head(self, request: Request) -> Response:
        """The newest signed head with all its chains, as `mrgvali ledger export` writes it."""
        try:
            async with self._site.read.connect() as db:
                where = await board_places.municipality_of(db, self._asked(request))
                found = await board.head(db, municipality_id=where.id)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        if found is None:
            raise Refusal(404, "unknown")
        body = {"municipality": found.municipality, "day": found.day.isoformat(), "chains": dict(found.chains)}
        body |= {"previous": found.previous, "hash": found.hash, "signature": found.signature}
        return _unless_known(request, JSONResponse(body))

    def _asked(self, request: Request) -> Asked:
        return Asked.of(request, self._today(), self._site.public_url)

    def _today(self) -> date:
        return self._site.clock.now().astimezone(ZoneInfo(self._site.timezone)).date()


# What a page may leave out.
_EMPTY: dict[str, Any] = {"lead": "", "tally": [], "all": 0, "places": [], "places_are": "", "promises": [], "way": []}
_EMPTY |= {"promises_are": "", "many": 0, "page": 1, "pages": 1, "wanted": None, "coming": None, "choices": None}
_EMPTY |= {"villages_found": [], "promise": None, "head": None, "follow": "", "notice": "", "chosen": ""}


def _json(_asked: Asked, data: dict[str, Any]) -> Response:
    return JSONResponse(data)


def _unless_known(request: Request, made: Response) -> Response:
    tag = f'"{hashlib.sha256(bytes(made.body)).hexdigest()[:32]}"'
    headers = {"Cache-Control": FRESH, "ETag": tag, "Vary": "Accept-Language"}
    if request.headers.get("if-none-match", "") == tag:
        return Response(status_code=304, headers=headers)
    made.headers.update(headers)
    return made
