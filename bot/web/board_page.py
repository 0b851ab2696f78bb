"""/board: what was promised to whom and how it stands, for everybody, without a script; each page as JSON too."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import locales
from bot.web.board_words import board_words
from bot.web.cards import LOCALES, LONGEST_CODE
from bot.web.refusals import Refusal
from bot.web.session import HOME, language
from bot.web.site import AWAY, Site
from domain.promises import Axis
from domain.tally import Lot, lot, tally
from publish import board_words as said
from publish import promise_words
from publish.day_words import day
from storage import board, meeting_summary, places, promise_reading, promises
from storage.places import Place
from storage.promises import Dossier

FRESH = "public, max-age=60"  # seconds
SPOKEN = ("ka", "en")
ON_A_PAGE = 20
LARGEST_ID = 2**63 - 1


class BoardPage:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._readers = {
            "": self._front,
            "/municipality/{code:str}": self._municipality,
            "/village/{code:str}": self._village,
            "/promise/{id:int}": self._promise,
        }

    def routes(self) -> list[Route]:
        """The addresses are printed and kept: never changed."""
        made = [Route("/board/municipality/{code:str}/head.json", self.head)]
        for path, reader in self._readers.items():
            made.append(Route(f"/board{path}.json", self._shown(reader, as_json=True)))
            made.append(Route(f"/board{path}", self._shown(reader, as_json=False)))
        return made

    def _shown(self, reader: Any, *, as_json: bool) -> Any:
        async def show(request: Request) -> Response:
            spoken = language(request)
            spoken = spoken if spoken in SPOKEN else HOME
            with locales.use(spoken):
                try:
                    async with self._site.read.connect() as db:
                        data = await reader(db, request, spoken)
                except AWAY:
                    raise Refusal(503, "later", after=5) from None
                made: Response = JSONResponse(data) if as_json else self._html(request, data, spoken)
            return _unless_known(request, made)

        return show

    def _html(self, request: Request, data: dict[str, Any], spoken: str) -> Response:
        base = (self._site.public_url or "").rstrip("/")
        kept = request.query_params.get("page")
        page = self._site.pages.get_template("board.html").render(
            lang=spoken,
            locale=LOCALES[spoken],
            words=board_words(),
            path=request.url.path,
            url=f"{base}{request.url.path}",
            image=f"{base}/chat/cards/mrgvali.png?lang={spoken}",
            keep=f"&page={quote(kept)}" if kept else "",
            languages=[(each, locales.LANGUAGES[each]) for each in SPOKEN],
            **{"lead": "", "tally": [], "places": [], "promises": None, "promise": None, "head": None, "way": []}
            | data,
        )
        return Response(page, media_type="text/html")

    async def head(self, request: Request) -> Response:
        """The newest signed head with all its chains, as `mrgvali ledger export` writes it."""
        try:
            async with self._site.read.connect() as db:
                where = await _municipality(db, request)
                found = await board.head(db, municipality_id=where.id)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        if found is None:
            raise Refusal(404, "unknown")
        body = {"municipality": found.municipality, "day": found.day.isoformat(), "chains": dict(found.chains)}
        body |= {"previous": found.previous, "hash": found.hash, "signature": found.signature}
        return _unless_known(request, JSONResponse(body))

    async def _front(self, db: AsyncConnection, _request: Request, spoken: str) -> dict[str, Any]:
        rows = await board.counted(db)
        listed = [_link("municipality", place, spoken) | {"many": many} for place, many in rows]
        return {"title": board_words()["board"], "places": listed, "places_are": board_words()["municipalities"]}

    async def _municipality(self, db: AsyncConnection, request: Request, spoken: str) -> dict[str, Any]:
        where = await _municipality(db, request)
        found = await board.of_municipality(db, municipality_id=where.id)
        villages = await places.villages_of(db, municipality_id=where.id)
        many = {one.place.id: 0 for one in villages}
        for one in found:
            for village in villages:
                theirs = village.place.id == one.new.village_id
                many[village.place.id] += theirs or (
                    one.new.village_id is None and village.community.id == one.new.community_id
                )
        listed = [_link("village", one.place, spoken) | {"many": many[one.place.id]} for one in villages]
        top = await board.head(db, municipality_id=where.id)
        sealed = {"day": day(top.day), "hash": top.hash} if top else {"day": None, "hash": None}
        return self._stands(request, found) | {
            "title": where.named(spoken),
            "places": listed,
            "places_are": board_words()["villages"],
            "head": sealed | {"address": f"/board/municipality/{quote(where.code)}/head.json"},
        }

    async def _village(self, db: AsyncConnection, request: Request, spoken: str) -> dict[str, Any]:
        village = await places.village_by_code(db, code=_code(request))
        if village is None:
            raise Refusal(404, "unknown")
        found = await promises.of_village(db, village_id=village.place.id)
        way = [_link("municipality", village.municipality, spoken)]
        return self._stands(request, found) | {"title": village.place.named(spoken), "way": way}

    async def _promise(self, db: AsyncConnection, request: Request, spoken: str) -> dict[str, Any]:
        number = request.path_params["id"]
        if number > LARGEST_ID or not await board.exists(db, promise_id=number):
            raise Refusal(404, "unknown")
        one = await promises.dossier(db, promise_id=number)
        where = await places.municipality(db, municipality_id=one.municipality_id)
        around = await promise_reading.around(db, promise=one.new)
        place = around.place
        way = [_link("municipality", where, spoken)] if where else []
        way += [] if around.whole_community else [_link("village", place, spoken)]
        verdict, words = one.verdict(self._today()), board_words()
        story = [{"day": said.on(told), "words": line} for told in one.told if (line := said.happened(told))]
        shown = self._line(one) | {
            "speaker": one.new.speaker,
            "made_on": day(one.new.made_on),
            "by_when": promise_words.by_when(one.new.promise),
            "reason": promise_words.reason(verdict.reason),
            "place": place.named(spoken),
            "story": story,
            "unseen": "" if one.last(Axis.GROUP) else words["unseen"],
            "unheard": "" if one.last(Axis.OFFICIAL) else words["unheard"],
            "meeting": await _meeting(db, number),
        }
        return {"title": promise_words.quoted(one.new.words), "promise": shown, "way": way}

    def _stands(self, request: Request, found: Sequence[Dossier]) -> dict[str, Any]:
        """In one sentence, as a bar, and promise by promise, the newest first."""
        today = self._today()
        counted = tally([one.verdict(today) for one in found if one.counted], today)
        pages = max(1, -(-len(found) // ON_A_PAGE))
        page = min(_page(request), pages)
        newest = list(reversed(found))[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        return {
            "lead": said.sentence(counted),
            "tally": _bar(counted.lots),
            "promises": [self._line(one) for one in newest],
            "page": page,
            "pages": pages,
        }

    def _line(self, one: Dossier) -> dict[str, Any]:
        today = self._today()
        verdict = one.verdict(today)
        return {
            "address": f"/board/promise/{one.id}",
            "words": one.new.words,
            "office": one.new.office,
            "status": promise_words.status(verdict),
            "lot": lot(verdict, today).value,
            "due": verdict.due.isoformat() if verdict.due else None,
        }

    def _today(self) -> date:
        return self._site.clock.now().astimezone(ZoneInfo(self._site.timezone)).date()


def _bar(lots: dict[Lot, int]) -> list[dict[str, Any]]:
    """Each lot that is not empty, with where it begins on the bar and how wide it is, of 100."""
    whole, start, made = sum(lots.values()), 0.0, []
    for one, many in lots.items():
        if many:
            width = 100 * many / whole
            made.append(
                {"lot": one.value, "name": said.lot(one), "many": many, "x": round(start, 2), "w": round(width, 2)}
            )
            start += width
    return made


async def _meeting(db: AsyncConnection, promise_id: int) -> dict[str, str] | None:
    """Where it was promised, with what else was answered there."""
    held = await meeting_summary.of_promise(db, promise_id=promise_id)
    return None if held is None else {"day": day(held.day), "address": f"/meeting/{held.meeting_id}"}


def _link(kind: str, place: Place, spoken: str) -> dict[str, Any]:
    return {"name": place.named(spoken), "address": f"/board/{kind}/{quote(place.code)}"}


async def _municipality(db: AsyncConnection, request: Request) -> Place:
    code = _code(request)
    found = next((one for one in await places.municipalities(db) if one.code == code), None)
    if found is None:
        raise Refusal(404, "unknown")
    return found


def _code(request: Request) -> str:
    code = str(request.path_params["code"])
    if len(code) > LONGEST_CODE:
        raise Refusal(404, "unknown")
    return code


def _page(request: Request) -> int:
    asked = request.query_params.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1


def _unless_known(request: Request, made: Response) -> Response:
    tag = f'"{hashlib.sha256(bytes(made.body)).hexdigest()[:32]}"'
    headers = {"Cache-Control": FRESH, "ETag": tag, "Vary": "Accept-Language"}
    if request.headers.get("if-none-match", "") == tag:
        return Response(status_code=304, headers=headers)
    made.headers.update(headers)
    return made
