"""/minutes/TOKEN: the locked minutes for somebody without a chat, and the one button that says they have them."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
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
from locales import LANGUAGES
from publish import minutes_form, qr
from storage import addenda, minutes_delivery, sealed_papers, sent_files
from storage.addenda import Line
from storage.minutes_delivery import Sent
from storage.sealed_papers import Sealed

LONGEST = 100  # characters of a name or an office
MOST_BYTES = 4096
FORMS = {"pdf": "PDF", "docx": "Word"}


@dataclass(frozen=True, slots=True)
class Paper:
    """`files`: the media id of each, by its name, which ends in its language and its form."""

    sealed: Sealed
    files: dict[str, str]


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
        sent, papers, added = await self._read(request)
        paper, lang = papers[0].sealed, spoken(request)
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
                "papers": [(each.sealed.title[lang], _links(each.files, lang)) for each in papers],
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
        sent, _papers, added = await self._read(request)
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
        _sent, papers, _added = await self._read(request)
        name = str(request.path_params["name"])
        media_id = next((each.files[name] for each in papers if name in each.files), None)
        path = self._site.media / media_id if media_id else None
        if path is None or not path.is_file():
            raise Refusal(404, "unknown")
        return FileResponse(path, filename=name, headers=HEADERS)

    async def _read(self, request: Request) -> tuple[Sent, list[Paper], list[Line]]:
        """For whom the link is, the minutes and what was added to them, and what of it they have."""
        token = token_of(request, self._site)
        try:
            async with self._site.read.connect() as db:
                found = await minutes_delivery.by_link(db, token=token)
                minutes = await minutes_delivery.paper(db, meeting_id=found[0]) if found else None
                if found is None or minutes is None:
                    raise Refusal(404, "unknown")
                lines = await addenda.of_receiver(db, receiver_id=found[1].id)
                there = [minutes, *await sealed_papers.added(db, about=minutes.about)]
                papers = [Paper(each, await sent_files.named(db, media_ids=each.files.values())) for each in there]
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return found[1], papers, lines


def _links(names: Iterable[str], lang: str) -> list[tuple[str, str]]:
    """(name, what it is): the reader's own language first, and to read before to change."""
    found = [(name, *name.rpartition("-")[2].split(".")) for name in names]
    found.sort(key=lambda each: (each[1] != lang, each[1], each[2] != "pdf"))
    return [(name, f"{LANGUAGES.get(code, code)}, {FORMS.get(form, form)}") for name, code, form in found]
