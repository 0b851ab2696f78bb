"""Where Telegram calls: an update is acknowledged once it is committed, not before."""

from __future__ import annotations

import hmac
import json
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.port import Inbox
from bot.channels.telegram import Telegram
from bot.channels.telegram_parse import keepable

log = structlog.get_logger()
PATH = "/telegram/webhook"
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 the header's name
LARGEST = 1_000_000


class TooMuch(ValueError):
    """The body is larger than any update."""


def route(telegram: Telegram, inbox: Inbox, secret: str) -> Route:
    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("wrong secret", 403)
        try:
            update = _update(await _body(request))
            telegram.envelope(update)
        except TooMuch:
            return PlainTextResponse("too large", 413)
        except (ValueError, RecursionError):
            return PlainTextResponse("not an update", 400)
        except ClientDisconnect:
            return Response(status_code=400)
        return await _kept(telegram, inbox, update)

    return Route(PATH, receive, methods=["POST"])


async def _kept(telegram: Telegram, inbox: Inbox, update: dict[str, Any]) -> Response:
    try:
        await inbox.keep(telegram, keepable([update]))
    except Exception:  # whatever prevented the commit, Telegram must come again
        log.exception("an update could not be kept", channel=telegram.name)
        return PlainTextResponse("try again", 503)
    return Response()


async def _body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > LARGEST:
        raise TooMuch
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise TooMuch
    return bytes(body)


def _update(body: bytes) -> dict[str, Any]:
    update = json.loads(body)
    if not isinstance(update, dict):
        raise ValueError("an update is an object")
    return update
