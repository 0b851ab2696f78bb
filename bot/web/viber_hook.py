"""Where Viber calls: what is said is committed before it is acknowledged; an opened chat is greeted in the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.port import Raw
from bot.channels.viber import Viber
from bot.channels.viber_parse import MESSAGE, RECEIPTS, STARTED, SUBSCRIBED, keepable, user_of
from bot.clock import Clock
from bot.gathering import Gathering
from bot.greeting import Greeter
from bot.inbox import Inbox
from bot.web.telegram_hook import TooMuch, _body
from storage import greetings, receipts
from storage.jsontext import loads_anything

log = structlog.get_logger()
PATH = "/viber/webhook"
SIGNATURE = "X-Viber-Content-Signature"
EARLY = (1.0, 5.0)  # seconds: a receipt may come before we have noted that the message was sent
LONGEST_REASON = 200
WRITTEN = {MESSAGE, SUBSCRIBED}  # what nobody can do who has not subscribed


@dataclass(frozen=True, slots=True)
class Office:
    """What a callback needs; `released` is called when somebody who could not be written to may be now."""

    viber: Viber
    inbox: Inbox
    engine: AsyncEngine
    greeter: Greeter
    clock: Clock
    released: Callable[[], None]


def route(office: Office) -> Route:
    hook = Hook(office)
    return Route(PATH, hook.receive, methods=["POST"])


class Hook:
    def __init__(self, office: Office) -> None:
        self._office = office
        self._kept = Gathering(self._keep)
        self._noted = Gathering(self._note)
        self._late: set[asyncio.Task[None]] = set()

    async def receive(self, request: Request) -> Response:
        try:
            body = await _body(request)
            if not self._office.viber.signed(body, request.headers.get(SIGNATURE, "")):
                return PlainTextResponse("wrong signature", 403)
            raw = _callback(body)
        except TooMuch:
            return PlainTextResponse("too large", 413)
        except (ValueError, RecursionError):
            return PlainTextResponse("not a callback", 400)
        except ClientDisconnect:
            return Response(status_code=400)
        return await self._heard(raw)

    async def _heard(self, raw: Raw) -> Response:
        try:
            if raw["event"] == STARTED:
                return await self._greeted(raw)
            if raw["event"] in RECEIPTS:
                await self._noted.add(raw)
            elif raw["event"] != "webhook":  # that one only asks whether we are there
                await self._kept.add(keepable(raw))
        except Exception:  # whatever prevented the commit, Viber must come again
            log.exception("a callback could not be kept", channel=self._office.viber.name)
            return PlainTextResponse("try again", 503)
        return Response()

    async def _greeted(self, raw: Raw) -> Response:
        answer = await self._office.greeter.greet(keepable(raw), subscribed=raw.get("subscribed") is True)
        return Response() if answer is None else JSONResponse(answer)

    async def _keep(self, raws: list[Raw]) -> None:
        """Who writes has subscribed by that: what waited for them may go."""
        office = self._office
        externals = sorted({user for raw in raws if raw["event"] in WRITTEN and (user := user_of(raw))})
        released = False

        async def release(db: AsyncConnection) -> None:
            nonlocal released
            released = bool(externals) and await greetings.release(db, channel=office.viber.name, externals=externals)

        await office.inbox.keep_and(office.viber, raws, release)
        if released:
            office.released()

    async def _note(self, raws: list[Raw]) -> None:
        unknown = await self._noted_now(raws)
        if unknown:
            task = asyncio.create_task(self._note_later(unknown))
            self._late.add(task)
            task.add_done_callback(self._late.discard)

    async def _noted_now(self, raws: list[Raw]) -> list[Raw]:
        """Those that name no message we know of."""
        unknown = []
        async with self._office.engine.begin() as db:
            for raw in raws:
                about = _receipt(raw)
                known = await receipts.note(db, channel=self._office.viber.name, now=self._office.clock.now(), **about)
                if not known:
                    unknown.append(raw)
                elif raw["event"] == "failed":
                    log.warning("a message failed after it was sent", ref=about["ref"])
        return unknown

    async def _note_later(self, raws: list[Raw]) -> None:
        for pause in EARLY:
            await asyncio.sleep(pause)
            try:
                raws = await self._noted_now(raws)
            except Exception:
                log.exception("receipts could not be noted")
            if not raws:
                return


def _callback(body: bytes) -> Raw:
    raw = loads_anything(body)
    if not isinstance(raw, dict) or not isinstance(raw.get("event"), str):
        raise ValueError("a callback is an object with an event")
    return raw


def _receipt(raw: Raw) -> dict[str, Any]:
    reason = str(raw.get("desc") or "failed on the phone").replace("\0", "")
    reason = reason.encode("utf-8", "ignore").decode()[:LONGEST_REASON]
    ref = str(raw.get("message_token"))[:128].replace("\0", "")
    return {"external": user_of(raw) or "", "ref": ref, "event": raw["event"], "reason": reason}
