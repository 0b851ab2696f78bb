"""/verify/CODE: what a paper is, whether it is the newest, and whether a file is still what was handed out.

Without a script: the file is posted and only its hash is looked at; with one it does not even leave the phone.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import locales
from bot.web.cards import LOCALES
from bot.web.refusals import Refusal, body_of
from bot.web.session import choices, ip, language, spoken
from bot.web.site import AWAY, Site
from bot.web.verify_words import verify_words
from domain import codes
from publish.day_words import day
from storage import sealed_papers
from storage.sealed_papers import Sealed

MOST_BYTES = 20_000_000
HASH = re.compile("[0-9a-f]{64}")


class VerifyPage:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._two_at_once = asyncio.Semaphore(2)  # a posted file is in memory meanwhile

    def routes(self) -> list[Route]:
        return [
            Route("/verify", self.ask),
            Route("/verify/{code:str}", self.show, methods=["GET"]),
            Route("/verify/{code:str}", self.compare, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        typed = codes.read(request.query_params.get("code", ""))
        if typed:
            return RedirectResponse(f"/verify/{typed}?lang={language(request)}", 303)
        return self._page(request, None, asked=False)

    async def show(self, request: Request) -> Response:
        """`?sha256=` is what a page or a program has computed of a file in its hands."""
        found, beside = await self._find(request)
        given = request.query_params.get("sha256", "").lower()
        return self._page(request, found, given if HASH.fullmatch(given) else "", beside=beside)

    async def compare(self, request: Request) -> Response:
        found, beside = await self._find(request)
        async with self._two_at_once:
            content = await _file(request, await body_of(request, MOST_BYTES))
            given = await asyncio.to_thread(sealed_papers.digest, content) if content else ""
        return self._page(request, found, given, beside=beside)

    async def _find(self, request: Request) -> tuple[Sealed | None, list[Sealed]]:
        """The paper, and what was added to it.

        Bounded for each address, and more so for codes that do not exist: so nobody tries them all.
        """
        limits, address = self._site.limits, ip(request)
        if seconds := limits.by_ip.take(address):
            raise Refusal(429, "too_fast", after=seconds)
        typed = codes.read(str(request.path_params["code"]))
        try:
            async with self._site.read.connect() as db:
                found = await sealed_papers.find(db, code=typed) if typed else None
                beside = await sealed_papers.added(db, about=found.about) if found else []
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        if found is None and (seconds := limits.wrong_codes.take(address)):
            raise Refusal(429, "too_fast", after=seconds)
        return found, beside

    def _page(
        self,
        request: Request,
        found: Sealed | None,
        given: str = "",
        *,
        asked: bool = True,
        beside: Sequence[Sealed] = (),
    ) -> Response:
        lang = spoken(request)
        with locales.use(lang):
            shown = None if found is None else self._shown(found, lang)
            data: dict[str, Any] = {
                "lang": lang,
                "locale": LOCALES[lang],
                "languages": choices(),
                "words": verify_words(),
                "paper": shown,
                "asked": asked,
                "added": [
                    {"title": each.title[lang], "address": f"/verify/{each.code}?lang={lang}"} for each in beside
                ],
                "given": given,
                "same": found is not None and found.holds(given),
            }
            html = self._site.pages.get_template("verify.html").render(**data)
        status = 404 if asked and found is None else 200
        return HTMLResponse(html, status, {"Cache-Control": "no-store"})

    def _shown(self, found: Sealed, lang: str) -> dict[str, Any]:
        local = found.made_at.astimezone(ZoneInfo(self._site.timezone))
        return {
            "code": codes.shown(found.code),
            "path": f"/verify/{found.code}",
            "title": found.title.get(lang) or next(iter(found.title.values())),
            "version": found.version,
            "made": f"{day(local.date())}, {local:%H:%M}",
            "sha256": found.sha256,
            "files": " ".join(found.files),
            "newer": found.replaced_by and f"/verify/{found.replaced_by}?lang={lang}",
        }


async def _file(request: Request, body: bytes) -> bytes:
    """The first file of a posted form; empty where there is none. Nothing of it is kept."""

    async def parts() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await MultiPartParser(request.headers, parts(), max_files=1, max_fields=4).parse()
    except (MultiPartException, KeyError):
        raise Refusal(415, "not_a_document") from None
    try:
        given = form.get("file")
        return await given.read() if isinstance(given, UploadFile) else b""
    finally:
        await form.close()
