"""/budget/TOKEN: the budgeting table for somebody without a chat, this year's and those before, and one button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import locales
from bot.web.budget_words import budget_words
from bot.web.personal_page import HEADERS, form_of, token_of
from bot.web.refusals import Refusal, check_origin
from bot.web.session import choices, spoken
from bot.web.site import AWAY, Site
from domain.budget_sending import LONGEST
from publish import budget_sending_words, day_words
from storage import budget_sendings
from storage.budget_receivers import Receiver
from storage.budget_sendings import Delivery

MOST_BYTES = 4096


class BudgetPage:
    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        return [
            Route("/budget/{token:str}", self.show, methods=["GET"]),
            Route("/budget/{token:str}", self.receive, methods=["POST"]),
            Route("/budget/{token:str}/{name:str}", self.file, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Opening it says nothing: previews of links open pages too."""
        who, sent = await self._read(request)
        lang = spoken(request)
        with locales.use(lang):
            newest = sent[0].sending if sent else None
            words = budget_words()
            title = budget_sending_words.table(newest.year, newest.occasion) if newest else words["first"]
            data: dict[str, Any] = {
                "lang": lang,
                "words": words,
                "languages": choices(),
                "path": f"/budget/{request.path_params['token']}",
                "title": title,
                "who": budget_sending_words.receiver(who),
                "name": who.name,
                "office": who.office,
                "sent": [self._shown(each) for each in sent],
                "waits": bool(sent) and sent[0].received_at is None,
            }
            html = self._site.pages.get_template("budget.html").render(**data)
        return HTMLResponse(html, headers=HEADERS)

    def _shown(self, each: Delivery) -> dict[str, Any]:
        return {
            "title": budget_sending_words.table(each.sending.year, each.sending.occasion),
            "day": day_words.day(each.sending.sent_at.astimezone(ZoneInfo(self._site.timezone)).date()),
            "files": [(name, _label(name)) for name in sorted(each.sending.files)],
        }

    async def receive(self, request: Request) -> Response:
        """For all that was sent to them so far."""
        check_origin(request, self._site.public_url)
        _who, sent = await self._read(request)
        form = await form_of(request, MOST_BYTES)
        name, office = (form.get(field, "").strip()[:LONGEST] for field in ("name", "office"))
        if not name:
            raise Refusal(400, "malformed", field="name")
        ids, now = [each.id for each in sent], self._site.clock.now()
        try:
            async with self._site.write.begin() as db:
                await budget_sendings.receive(db, ids=ids, name=name, office=office, now=now)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return RedirectResponse(request.url.path, 303, HEADERS)

    async def file(self, request: Request) -> Response:
        _who, sent = await self._read(request)
        name = str(request.path_params["name"])
        media_id = next((each.sending.files[name] for each in sent if name in each.sending.files), None)
        path = self._site.media / media_id if media_id else None
        if path is None or not path.is_file():
            raise Refusal(404, "unknown")
        return FileResponse(path, filename=name, headers=HEADERS)

    async def _read(self, request: Request) -> tuple[Receiver, Sequence[Delivery]]:
        """Whose link it is, and what was sent to them, the newest first."""
        token = token_of(request, self._site)
        try:
            async with self._site.read.connect() as db:
                found = await budget_sendings.by_link(db, token=token)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        if found is None:
            raise Refusal(404, "unknown")
        return found


def _label(name: str) -> str:
    """ "…-ka.pdf" is "ქართული, PDF"."""
    stem, _dot, form = name.rpartition(".")
    language = locales.LANGUAGES[stem.rpartition("-")[2]]
    return f"{language}, {'PDF' if form == 'pdf' else 'Excel'}"
