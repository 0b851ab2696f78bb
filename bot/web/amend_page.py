"""/amend/TOKEN: somebody who was at a round table and has no chat reads the draft and asks for a change of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import locales
from bot.web.amend_words import amend_words
from bot.web.personal_page import HEADERS, form_of, token_of
from bot.web.refusals import Refusal, check_origin
from bot.web.session import choices, spoken
from bot.web.site import AWAY, Site
from conversations import refusals
from domain.meetings.record import Attendee, Record
from domain.minutes import LONGEST, Amendment, Phase
from domain.refusal import Refused
from domain.typed.text import clean
from publish import amendment_words, minutes_form, minutes_paper
from publish.day_words import day as in_words
from storage import meetings, minutes, minutes_amending, minutes_links, minutes_opening
from storage.minutes import Version

MOST_BYTES = 32 * 1024


@dataclass(frozen=True, slots=True)
class Visit:
    """`until` is empty once nothing can be asked for any more."""

    record: Record
    who: Attendee
    version: Version
    until: date | None
    mine: list[Amendment]


class AmendPage:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._zone = ZoneInfo(site.timezone)

    def routes(self) -> list[Route]:
        here = "/amend/{token:str}"
        return [
            Route(here, self.show, methods=["GET"]),
            Route(here, self.ask, methods=["POST"]),
            Route(f"{here}/draft.pdf", self.draft, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Opening it says nothing: previews of links open pages too."""
        return self._page(request, await self._read(request))

    async def ask(self, request: Request) -> Response:
        check_origin(request, self._site.public_url)
        visit = await self._read(request)
        form = await form_of(request, MOST_BYTES)
        try:
            await self._write(visit, form)
        except Refused as why:
            with locales.use(spoken(request)):
                return self._page(request, visit, refusals.words(why), form)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return RedirectResponse(f"{request.url.path}?lang={spoken(request)}", 303, HEADERS)

    async def draft(self, request: Request) -> Response:
        version = (await self._read(request)).version
        about = minutes_paper.Version(version.body, version.phase, version.version)
        content = await asyncio.to_thread(minutes_paper.pdf, about, spoken(request))
        return Response(content, media_type="application/pdf", headers=HEADERS)

    async def _write(self, visit: Visit, form: dict[str, str]) -> None:
        words, number = _words(form), form.get("item", "0")
        item = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
        now = self._site.clock.now()
        async with self._site.write.begin() as db:
            await meetings.lock(db, meeting_id=visit.record.id)
            asked = {"record": visit.record, "who": visit.who, "item": item or None, "words": words}
            when = {"now": now, "zone": self._zone}
            amendment_id = await minutes_amending.amend_as(db, **asked, **when)  # type: ignore[arg-type]
            about = {"meeting_id": visit.record.id, "amendment_id": amendment_id}
            await minutes_opening.tell_both(db, **about, **when)  # type: ignore[arg-type]

    def _page(self, request: Request, visit: Visit, refused: str = "", form: dict[str, str] | None = None) -> Response:
        """What was typed into a refused `form` stays on the page."""
        lang = spoken(request)
        with locales.use(lang):
            items = [
                (each["number"], f"{each['number']}. {minutes_form.heading(each)}")
                for each in visit.version.body["items"]
            ]
            html = self._site.pages.get_template("amend.html").render(
                lang=lang,
                languages=choices(),
                path=f"/amend/{request.path_params['token']}",
                words=amend_words(),
                title=minutes_form.title(visit.version.body),
                who=minutes_form.receiver(visit.who.name, visit.who.office),
                until=in_words(visit.until) if visit.until else "",
                items=items,
                mine=[(each.words, amendment_words.fate(each)) for each in visit.mine],
                refused=refused,
                form=form or {},
            )
        return HTMLResponse(html, 409 if refused else 200, HEADERS)

    async def _read(self, request: Request) -> Visit:
        token = token_of(request, self._site)
        try:
            async with self._site.read.connect() as db:
                found = await minutes_links.opened(db, token=token, zone=self._zone)
                version = await minutes.newest(db, meeting_id=found[0].id) if found else None
                asked = await minutes.amended(db, meeting_id=found[0].id) if found else []
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        if found is None or version is None or version.phase is Phase.DRAFT:
            raise Refusal(404, "unknown")
        record, who = found
        today = self._site.clock.now().astimezone(self._zone).date()
        still = version.phase is Phase.OPEN and version.until is not None and today <= version.until
        mine = [each for each in asked if (each.name, each.office) == (who.name, who.office)]
        return Visit(record, who, version, version.until if still else None, mine)


def _words(form: dict[str, str]) -> str:
    try:
        words = clean(form.get("words", ""), longest=LONGEST)
    except Refused:
        words = ""
    if not words:
        raise Refused("entry_wrong", field="words")
    return words
