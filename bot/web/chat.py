"""The chat page: what is said comes in by POST, what is answered goes out as events."""

from __future__ import annotations

import json
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

import locales
from bot.channels.port import Raw
from bot.channels.webchat import Malformed, message
from bot.web.cards import Cards
from bot.web.files import Files
from bot.web.refusals import Refusal, body_of, check_origin
from bot.web.session import Speaker, ip, known_token, language, new_token, remember, speaker
from bot.web.site import AWAY, Site
from bot.web.stream import Place, Streams
from bot.web.words import chat_words
from storage import stream, uploads, web_devices

MOST_BYTES = 64 * 1024
PAGE_OF_HISTORY = 200


class Chat:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._streams = Streams(site)
        self._cards = Cards(site)

    def routes(self) -> list[Route]:
        files = Files(self._site)
        return [
            Route("/", self.home),
            Route("/chat", self.page),
            Route("/chat/cards/{name:str}.png", self._cards.show),
            Route("/chat/history", self.history),
            Route("/chat/events", self.events),
            Route("/chat/messages", self.take, methods=["POST"]),
            Route("/chat/photos", files.photo, methods=["POST"]),
            Route("/chat/documents", files.document, methods=["POST"]),
            Route("/chat/voices", files.voice, methods=["POST"]),
            Route("/media/{id:str}", files.show),
        ]

    async def home(self, request: Request) -> Response:
        return RedirectResponse("/demo" if self._site.demo else "/chat")

    async def page(self, request: Request) -> Response:
        """Opening it starts nothing: previews of links open pages too. The page itself sends the first message."""
        if "phone" in request.query_params and speaker(self._site, request) is None:
            raise Refusal(404, "unknown")
        spoken = await self._language(request)
        start = request.query_params.get("start", "")
        with locales.use(spoken):
            words, preview = chat_words(), await self._cards.preview(start)
        html = self._site.pages.get_template("chat.html").render(
            words=words,
            lang=spoken,
            phone=request.query_params.get("phone", ""),
            start=start,
            preview=preview,
        )
        response = HTMLResponse(html, headers={"Cache-Control": "no-store"})
        if "phone" not in request.query_params:
            remember(response, request, self._site, known_token(self._site, request) or new_token())
        return response

    async def history(self, request: Request) -> Response:
        """What this visitor saw before, their own words in their places; `last` is where the events go on."""
        reader_of = self._speaker(request)
        try:
            messages, own = await self._read(reader_of)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        last = messages[-1]["seq"] if messages else 0
        return JSONResponse({"messages": merged(messages, own), "last": last}, headers={"Cache-Control": "no-store"})

    async def events(self, request: Request) -> Response:
        listener = self._speaker(request)
        self._streams.check_room(listener, ip(request))
        after = request.headers.get("last-event-id") or request.query_params.get("after", "0")
        place = Place(after=int(after) if after.isdecimal() and len(after) < 10 else 0, language=language(request))
        return StreamingResponse(
            self._streams.events(listener, ip(request), place),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def take(self, request: Request) -> Response:
        """202 once the message is committed. The same id twice is one message."""
        check_origin(request, self._site.public_url)
        said_by = self._speaker(request)
        self._check_rate(said_by, ip(request))
        raw = await _raw(request, said_by.external)
        try:
            for kind in raw.keys() & {"photo", "document", "voice"}:
                await self._check_file(said_by, kind, raw[kind])
            await self._keep(request, said_by, raw)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        self._site.bell.ring(f"visitor:{said_by.name}")
        return JSONResponse({"kept": raw["id"]}, 202, {"Cache-Control": "no-store"})

    async def _read(self, reader_of: Speaker) -> tuple[list[dict[str, Any]], list[Raw]]:
        channel = reader_of.channel.name
        async with self._site.read.connect() as db:
            known = await stream.reader(db, channel=channel, external=reader_of.external)
            if known is None:
                return [], []
            messages = await stream.latest(db, reader=known, limit=PAGE_OF_HISTORY)
            return messages, await stream.own(db, reader=known, channel=channel, limit=PAGE_OF_HISTORY)

    async def _language(self, request: Request) -> str:
        """A person who chose a language finds the page in it; a database that is away does not keep the page shut."""
        known_as = speaker(self._site, request)
        if known_as is None or "lang" in request.query_params:
            return language(request)
        try:
            async with self._site.read.connect() as db:
                known = await stream.reader(db, channel=known_as.channel.name, external=known_as.external)
        except AWAY:
            known = None
        return known.language if known and known.language in locales.LANGUAGES else language(request)

    def _speaker(self, request: Request) -> Speaker:
        found = speaker(self._site, request)
        if found is None:
            raise Refusal(401, "no_session")
        return found

    async def _keep(self, request: Request, said_by: Speaker, raw: Raw) -> None:
        """The first message of a day notes with which device it came, in the same transaction."""
        site, day = self._site, self._site.clock.now().astimezone(ZoneInfo(self._site.timezone)).date()
        if "phone" in request.query_params or not site.devices.is_new(said_by.name, day):
            return await site.inbox.keep(said_by.channel, [raw])
        await self._check_newcomer(said_by, ip(request))
        device = site.devices.digest(ip(request), request.headers.get("user-agent", ""), day)
        channel, external = said_by.channel.name, said_by.external
        also = partial(web_devices.note, channel=channel, external=external, day=day, device=device)
        await site.inbox.keep_and(said_by.channel, [raw], also)
        site.devices.noted(said_by.name, day)

    async def _check_newcomer(self, said_by: Speaker, address: str) -> None:
        """Cookies are made up as easily as they are thrown away: whom we have not met counts for their address."""
        async with self._site.read.connect() as db:
            known = await stream.reader(db, channel=said_by.channel.name, external=said_by.external)
        if known is None and (seconds := self._site.limits.newcomers_of_ip.take(address)):
            raise Refusal(429, "too_many_new", after=seconds)

    def _check_rate(self, said_by: Speaker, address: str) -> None:
        seconds = self._site.limits.by_person.take(said_by.name) or self._site.limits.by_ip.take(address)
        if seconds:
            raise Refusal(429, "too_fast", after=seconds)

    async def _check_file(self, said_by: Speaker, kind: str, media_id: str) -> None:
        async with self._site.read.connect() as db:
            kept = await uploads.find(db, media_id=media_id)
        if kept is None or (kept.channel, kept.external) != (said_by.channel.name, said_by.external):
            raise Refusal(400, "malformed", field=kind)


def merged(messages: list[dict[str, Any]], own: list[Raw]) -> list[dict[str, Any]]:
    """Each of the person's own words after the last message they had seen when they said it.

    Taps and commands are left out: the question itself shows what was answered.
    """
    first = messages[0]["seq"] if messages else 0
    words = [_own(raw) for raw in own if raw.get("after", 0) >= first - 1 or len(messages) < PAGE_OF_HISTORY]
    placed = [(message["seq"], 0, message) for message in messages]
    placed += [(word["after"], 1, word) for word in words if len(word) > 2]
    return [item for _, _, item in sorted(placed, key=lambda place: place[:2])]


def _own(raw: Raw) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: raw[name]
        for name in ("text", "photo", "document", "voice", "name", "location")
        if name in raw and not _is_command(raw)
    }
    return {"own": raw.get("id"), "after": raw.get("after", 0), **said}


def _is_command(raw: Raw) -> bool:
    return str(raw.get("text", "")).startswith("/")


async def _raw(request: Request, sender: str) -> Raw:
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise Refusal(415, "not_json")
    body = await body_of(request, MOST_BYTES)
    try:
        return message(json.loads(body), sender)
    except Malformed as wrong:
        raise Refusal(400, "malformed", field=str(wrong)) from None
    except (ValueError, RecursionError):  # not JSON, not UTF-8, or nested to make us fall
        raise Refusal(400, "not_json") from None
