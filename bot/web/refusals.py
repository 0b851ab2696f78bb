"""Typed refusals: what the program reads in `error`, and what a person reads in `message`, or as a page of its own."""

from __future__ import annotations

import asyncio
import math
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

import locales
from bot.web.session import language
from bot.web.words import refusal, refusal_words

PATIENCE = 120.0  # seconds: ten megabytes over a village's line take a minute or two


class Refusal(Exception):
    """Ends a request with a status, a word for the program and a sentence for the person."""

    def __init__(self, status: int, error: str, *, after: float | None = None, field: str | None = None) -> None:
        super().__init__(error)
        self.status, self.error, self.after, self.field = status, error, after, field


async def answer_refusal(request: Request, refusal_: Exception) -> Response:
    assert isinstance(refusal_, Refusal)  # noqa: S101  Starlette's handlers are typed for any exception
    headers = {"Cache-Control": "no-store"}
    if refusal_.after is not None:
        headers["Retry-After"] = str(math.ceil(refusal_.after))
    with locales.use(language(request)):
        message = refusal(refusal_.error)
        if "text/html" in request.headers.get("accept", ""):  # a person's browser goes there, not a script of ours
            return HTMLResponse(_page(request, message), refusal_.status, headers)
    body = {"error": refusal_.error, "message": message}
    if refusal_.field:
        body["field"] = refusal_.field
    return JSONResponse(body, refusal_.status, headers)


def _page(request: Request, message: str) -> str:
    """With the two ways that are always there."""
    page = request.app.state.pages.get_template("refusal.html")
    return str(page.render(lang=locales.current(), title=message, words=refusal_words()))


def check_origin(request: Request, public_url: str | None) -> None:
    """A page of another site must not speak with this person's cookie. Every browser sends one of the two headers."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        raise Refusal(403, "origin")
    origin = request.headers.get("origin")
    ours = {request.headers.get("host"), urlsplit(public_url or "").netloc} - {""}
    if origin is not None and urlsplit(origin).netloc not in ours:  # "null" has none, and is nobody
        raise Refusal(403, "origin")


async def body_of(request: Request, most: int) -> bytes:
    """Read only as far as allowed, whatever the headers claim, and no longer than a slow line needs."""
    if int(request.headers.get("content-length") or 0) > most:
        raise Refusal(413, "too_large")
    try:
        async with asyncio.timeout(PATIENCE):
            return await _read(request, most)
    except TimeoutError:
        raise Refusal(408, "too_slow") from None
    except ClientDisconnect:
        raise Refusal(400, "malformed") from None


async def _read(request: Request, most: int) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise Refusal(413, "too_large")
    return bytes(body)
