"""/minutes/TOKEN: the locked minutes for somebody without a chat, and the one button that says they have them."""

from __future__ import annotations

import base64
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import locales
from bot.web.minutes_words import minutes_words
from bot.web.personal_page import HEADERS, form_of, token_of
from bot.web.refusals import Refusal, check_origin
from bot.web.session import choices, spoken
from bot.web.site import AWAY, Site
from domain import codes
from publish import minutes_form, qr
from storage import addenda, minutes_delivery, sealed_papers, sent_files
from storage.addenda import Line
from storage.minutes_delivery import Sent
from storage.sealed_papers import Sealed

LONGEST = 100  # characters of a name or an office
MOST_BYTES = 4096


class MinutesPage:
    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        return [
            Route("/minutes/{token:str}", self.show, methods=["GET"]),
            Route("/minutes/{token:str}", self.receive, methods=["POST"]),
            Route("/minutes/{token:str}/{name:str}", self.file, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Opening it says nothing: previews of links open pages too."""
        sent, paper, files, added = await self._read(request)
        lang = spoken(request)
        with locales.use(lang):
            data: dict[str, Any] = {
                "lang": lang,
                "words": minutes_words(),
                "languages": choices(),
                "path": f"/minutes/{request.path_params['token']}",
                "title": paper.title[lang],
                "who": minutes_form.receiver(sent.name, sent.office),
                "sent": sent,
                "code": codes.shown(paper.code),
                "verify": f"/verify/{paper.code}?lang={lang}",
                "qr": self._qr(request, paper.code),
                "files": sorted(files),
                "waits": sent.received_at is None or any(each.sent.received_at is None for each in added),
            }
            html = self._site.pages.get_template("minutes.html").render(**data)
        return HTMLResponse(html, headers=HEADERS)

    def _qr(self, request: Request, code: str) -> str:
        """Of the address at which a printed page can be verified; it opens nothing that is personal."""
        base = (self._site.public_url or str(request.base_url)).rstrip("/")
        return base64.b64encode(qr.svg(f"{base}/verify/{code}")).decode()

    async def receive(self, request: Request) -> Response:
        check_origin(request, self._site.public_url)
        sent, _paper, _files, added = await self._read(request)
        form = await form_of(request, MOST_BYTES)
        name, office = (form.get(field, "").strip()[:LONGEST] for field in ("name", "office"))
        if not name:
            raise Refusal(400, "malformed", field="name")
        try:
            async with self._site.write.begin() as db:
                now = self._site.clock.now()
                await minutes_delivery.receive(db, receiver_id=sent.id, name=name, office=office, now=now)
                for each in added:
                    line = each.addendum.id, sent.id
                    await addenda.receive(db, line=line, name=name, office=office, now=now)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return RedirectResponse(request.url.path, 303, HEADERS)

    async def file(self, request: Request) -> Response:
        _sent, _paper, files, _added = await self._read(request)
        media_id = files.get(str(request.path_params["name"]))
        path = self._site.media / media_id if media_id else None
        if path is None or not path.is_file():
            raise Refusal(404, "unknown")
        return FileResponse(path, filename=str(request.path_params["name"]), headers=HEADERS)

    async def _read(self, request: Request) -> tuple[Sent, Sealed, dict[str, str], list[Line]]:
        """For whom the link is, the paper of the minutes, all files by name, and what was added."""
        token = token_of(request, self._site)
        try:
            async with self._site.read.connect() as db:
                found = await minutes_delivery.by_link(db, token=token)
                paper = await minutes_delivery.paper(db, meeting_id=found[0]) if found else None
                if found is None or paper is None:
                    raise Refusal(404, "unknown")
                lines, papers = await addenda.of_receiver(db, receiver_id=found[1].id), [paper]
                papers += await sealed_papers.added(db, about=paper.about)
                files = {
                    each: await sent_files.described(db, media_id=each) for one in papers for each in one.files.values()
                }
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return found[1], paper, {name: each for each, (_mime, name) in files.items() if name}, lines
