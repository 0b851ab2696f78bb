"""/board: what was promised to whom and how it stands, for everybody, without a script; each page as data too."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import locales
from bot.web import board_places, board_promise
from bot.web.board_asked import Asked
from bot.web.board_feed import FEEDS
from bot.web.board_files import BoardFiles
from bot.web.board_words import board_words
from bot.web.cards import LOCALES
from bot.web.refusals import Refusal
from bot.web.session import choices
from bot.web.site import AWAY, Site
from publish import board_words as said
from storage import board

FRESH = "public, max-age=60"  # seconds
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed that says nothing yet
Data = dict[str, Any]
Reader = Callable[[AsyncConnection, Asked], Awaitable[Data]]
Form = Callable[[Request, Asked, Data], Awaitable[Response]]
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
        self._files = BoardFiles(site)

    def routes(self) -> list[Route]:
        """The addresses are printed and kept: never changed. The longer endings come first."""
        made = [
            Route("/board/municipality/{code:str}/head.json", self.head),
            Route("/board/village/{code:str}/notice.pdf", self._files.notice),
            Route("/board/photo/{id:int}.jpg", self._files.photo),
        ]
        for path, (reader, template) in PAGES.items():
            made.append(Route(f"/board{path}.json", self._shown(reader, _json)))
            made.append(Route(f"/board{path}.atom", self._shown(FEEDS[path], self._atom)))
            made.append(Route(f"/board{path}.png", self._shown(_whole(reader), self._files.card)))
            made.append(Route(f"/board{path}", self._shown(reader, self._html(template))))
        return made

    def _shown(self, reader: Reader, form: Form) -> Any:
        async def show(request: Request) -> Response:
            asked = self._asked(request)
            with locales.use(asked.spoken):
                try:
                    async with self._site.read.connect() as db:
                        data = await reader(db, asked)
                except AWAY:
                    raise Refusal(503, "later", after=5) from None
                return await form(request, asked, data)

        return show

    def _html(self, template: str) -> Form:
        async def made(request: Request, asked: Asked, data: Data) -> Response:
            page = self._render(
                template,
                asked,
                _EMPTY | data,
                locale=LOCALES[asked.spoken],
                rules=said.rules(),
                languages=choices(),
            )
            return _unless_known(request, Response(page, media_type="text/html"))

        return made

    async def _atom(self, request: Request, asked: Asked, data: Data) -> Response:
        feed = self._render("board.atom", asked, data, epoch=EPOCH)
        return _unless_known(request, Response(feed, media_type="application/atom+xml"))

    def _render(self, template: str, asked: Asked, data: Data, **more: Any) -> str:
        page = self._site.pages.get_template(template)
        return page.render(lang=asked.spoken, words=board_words(), asked=asked, **data, **more)

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
        return Asked.of(request, self._site)


# What a page may leave out.
_EMPTY: Data = {"lead": "", "tally": [], "all": 0, "places": [], "places_are": "", "promises": [], "way": []}
_EMPTY |= {"promises_are": "", "many": 0, "page": 1, "pages": 1, "wanted": None, "coming": None, "choices": None}
_EMPTY |= {"villages_found": [], "promise": None, "head": None, "follow": {}, "notice": "", "chosen": ""}
_EMPTY |= {"grants": [], "grants_are": "", "assembly": None}


def _whole(reader: Reader) -> Reader:
    """What is shared shows the page without any wish."""

    async def read(db: AsyncConnection, asked: Asked) -> Data:
        return await reader(db, asked.whole())

    return read


async def _json(request: Request, _asked: Asked, data: Data) -> Response:
    return _unless_known(request, JSONResponse(data))


def _unless_known(request: Request, made: Response) -> Response:
    tag = f'"{hashlib.sha256(bytes(made.body)).hexdigest()[:32]}"'
    headers = {"Cache-Control": FRESH, "ETag": tag, "Vary": "Accept-Language"}
    if request.headers.get("if-none-match", "") == tag:
        return Response(status_code=304, headers=headers)
    made.headers.update(headers)
    return made
