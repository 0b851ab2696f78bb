"""/meeting/NUMBER: what came of a round table, for everybody, without a script; and the same as a picture."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

import locales
from bot.web.cards import LOCALES, write_whole
from bot.web.refusals import Refusal
from bot.web.session import choices, spoken
from bot.web.site import AWAY, Site
from bot.web.summary_page_words import summary_page_words
from domain import codes
from domain.links import LARGEST_ID
from domain.meeting_summary import Issue
from publish import minutes_words, summary_picture, summary_words
from storage import meeting_summary, places
from storage.meeting_summary import Whole
from storage.places import Place
from storage.sealed_papers import Sealed

FRESH = "public, max-age=300"  # seconds


class SummaryPage:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._making = asyncio.Lock()

    def routes(self) -> list[Route]:
        """The addresses are printed and sent on: never changed."""
        return [
            Route("/meeting/{id:int}", self.page),
            Route("/meeting/{id:int}/summary.png", self.picture),
        ]

    async def page(self, request: Request) -> Response:
        found, villages, paper = await self._read(request)
        lang = spoken(request)
        with locales.use(lang):
            data = self._data(request, found, villages, paper, lang)
            html = self._site.pages.get_template("summary.html").render(**data)
        headers = {"Cache-Control": FRESH, "ETag": f'"{_digest(html)}"', "Vary": "Accept-Language"}
        if request.headers.get("if-none-match", "") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(html, headers=headers)

    async def picture(self, request: Request) -> Response:
        """Made once for what stands on it, however many ask."""
        found, _villages, _paper = await self._read(request)
        with locales.use(spoken(request)):
            link = self._site.links().meeting_page(found.summary["meeting_id"]) or ""
            digest = summary_picture.digest(found.summary, link=link)
            file = self._site.media / "cards" / f"{digest}.png"
            async with self._making:
                if not await asyncio.to_thread(file.is_file):
                    seconds = self._site.limits.cards.take("cards")
                    if seconds:
                        raise Refusal(429, "too_fast", after=seconds)
                    made = await asyncio.to_thread(summary_picture.png, found.summary, link=link)
                    await asyncio.to_thread(write_whole, file, made)
        headers = {"Cache-Control": FRESH, "ETag": f'"{digest}"'}
        if request.headers.get("if-none-match", "") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return FileResponse(file, media_type="image/png", headers=headers)

    async def _read(self, request: Request) -> tuple[Whole, dict[int, Place], Sealed | None]:
        """What came of it, its villages by number, and the sealed paper; a meeting that is not over is unknown."""
        meeting_id = int(request.path_params["id"])
        if meeting_id > LARGEST_ID:
            raise Refusal(404, "unknown")
        try:
            async with self._site.read.connect() as db:
                found = await meeting_summary.whole(db, meeting_id=meeting_id)
                if found is None:
                    raise Refusal(404, "unknown")
                ids = {each["village_id"] for each in found.summary["issues"]}
                villages = await places.villages_named(db, village_ids=ids)
                paper = await meeting_summary.paper(db, meeting_id=meeting_id)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return found, {each.place.id: each.place for each in villages}, paper

    def _data(
        self, request: Request, found: Whole, villages: dict[int, Place], paper: Sealed | None, lang: str
    ) -> dict[str, Any]:
        path, base = request.url.path, (self._site.public_url or "").rstrip("/")
        zone = ZoneInfo(self._site.timezone)
        return {
            "lang": lang,
            "locale": LOCALES[lang],
            "words": summary_page_words(),
            "title": summary_words.title(found.summary),
            "communities": summary_words.communities(found.summary),
            "counted": summary_words.counted(found.summary),
            "issues": [self._issue(each, found, villages) for each in found.summary["issues"]],
            "added": [summary_words.added(each.astimezone(zone).date()) for each in found.added],
            "code": codes.shown(paper.code) if paper else "",
            "verify": f"/verify/{paper.code}?lang={lang}" if paper else "",
            "path": path,
            "url": f"{base}{path}",
            "image": f"{base}{path}/summary.png?lang={lang}",
            "languages": choices(),
        }

    def _issue(self, issue: Issue, found: Whole, villages: dict[int, Place]) -> dict[str, Any]:
        village = villages.get(issue["village_id"])
        silent = not issue["answers"] and not issue["promises"]
        return {
            "heading": summary_words.heading(issue),
            "village": f"/village/{quote(village.code)}" if village else "",
            "village_name": village.named(locales.current()) if village else "",
            "asked": summary_words.asked(issue),
            "answers": [
                {
                    "by": summary_words.answered_by(each),
                    "kind": each["answer"],
                    "said": minutes_words.answer(each["answer"], each["whose"]),
                    "words": summary_words.explained(each),
                }
                for each in issue["answers"]
            ],
            "promises": [
                {
                    "words": each["words"],
                    "by": summary_words.promised_by(each),
                    "due": summary_words.by_when(each),
                    "board": f"/board/promise/{found.promises[each['entry']]}"
                    if each["entry"] in found.promises
                    else "",
                }
                for each in issue["promises"]
            ],
            "silent": summary_words.silent() if silent else "",
        }


def _digest(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()[:32]
