"""/invited/TOKEN: an official without a chat sees the issues and their briefs, replies, and answers in writing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import locales
from bot import brief_file
from bot.web.invitation_words import invitation_words
from bot.web.personal_page import HEADERS, form_of, token_of
from bot.web.refusals import Refusal, check_origin
from bot.web.session import choices, spoken
from bot.web.site import AWAY, Site
from conversations import refusals
from domain.meetings import changes
from domain.meetings.changes import Changes
from domain.meetings.entries import NAME, WORDS
from domain.meetings.record import Answer, Given, Guest, Item, Record, Reply, Source, State
from domain.refusal import Refused
from domain.typed.text import clean
from publish import meeting_calendar
from publish import meeting_words as said
from publish.day_words import day as in_words
from storage import meeting_guests, meeting_links, meeting_writing, meetings

MOST_BYTES = 64 * 1024
OPEN_FOR = timedelta(days=60)  # after the day: then the link has done its work
Act = Callable[[AsyncConnection, "Visit", dict[str, str]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Visit:
    record: Record
    guest: Guest
    changes: Changes


class InvitationPage:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._zone = ZoneInfo(site.timezone)

    def routes(self) -> list[Route]:
        here = "/invited/{token:str}"
        return [
            Route(here, self.show, methods=["GET"]),
            Route(f"{here}/reply", self.reply, methods=["POST"]),
            Route(f"{here}/answer", self.answer, methods=["POST"]),
            Route(f"{here}/round-table.ics", self.calendar, methods=["GET"]),
            Route(f"{here}/brief-{{item:str}}.pdf", self.brief, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Opening it says nothing: previews of links open pages too."""
        return self._page(request, await self._read(request))

    async def reply(self, request: Request) -> Response:
        return await self._act(request, self._reply)

    async def answer(self, request: Request) -> Response:
        return await self._act(request, self._answer)

    async def calendar(self, request: Request) -> Response:
        visit = await self._read(request)
        with locales.use(spoken(request)):
            content = meeting_calendar.file(visit.record, self._zone, self._site.clock.now())
        return Response(content, media_type=meeting_calendar.MIME, headers=HEADERS)

    async def brief(self, request: Request) -> Response:
        visit = await self._read(request)
        item = visit.record.item(str(request.path_params["item"]))
        if item is None:
            raise Refusal(404, "unknown")
        try:
            async with self._site.read.connect() as db:
                today = self._site.clock.now().astimezone(self._zone).date()
                about = await brief_file.read(db, need_id=item.need_id, today=today)
        except Refused:
            raise Refusal(404, "unknown") from None
        content = await brief_file.made(about, self._site.media, "pdf", spoken(request))
        return Response(content, media_type="application/pdf", headers=HEADERS)

    def _page(self, request: Request, visit: Visit, refused: str = "", form: dict[str, str] | None = None) -> Response:
        """What was typed into a refused `form` stays on the page."""
        lang, record = spoken(request), visit.record
        with locales.use(lang):
            html = self._site.pages.get_template("invitation.html").render(
                lang=lang,
                languages=choices(),
                path=f"/invited/{request.path_params['token']}",
                words=invitation_words(),
                title=said.title(record),
                when=self._when(record.starts_at),
                record=record,
                changes=visit.changes,
                when_before=self._when(visit.changes.starts_at),
                guest=visit.guest,
                open=record.state is State.PLANNED,
                say=said,
                replies=list(Reply),
                answers=[(each.value, said.own_answer(each)) for each in Answer],
                written={item.id: _beforehand(item) for item in record.items},
                refused=refused,
                form=form or {},
            )
        return HTMLResponse(html, 409 if refused else 200, HEADERS)

    def _when(self, moment: datetime | None) -> str:
        at = moment.astimezone(self._zone) if moment else None
        return f"{in_words(at.date())}, {at:%H:%M}" if at else ""

    async def _act(self, request: Request, act: Act) -> Response:
        check_origin(request, self._site.public_url)
        visit = await self._read(request)
        form = await form_of(request, MOST_BYTES)
        try:
            async with self._site.write.begin() as db:
                await meetings.lock(db, meeting_id=visit.record.id)
                record = await meetings.read(db, meeting_id=visit.record.id, zone=self._zone)
                await act(db, replace(visit, record=record), form)
        except Refused as why:
            with locales.use(spoken(request)):
                return self._page(request, visit, refusals.words(why), form)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return RedirectResponse(f"/invited/{request.path_params['token']}?lang={spoken(request)}", 303, HEADERS)

    async def _reply(self, db: AsyncConnection, visit: Visit, form: dict[str, str]) -> None:
        meeting_guests.require_planned(visit.record)
        reply = _one(Reply, form.get("reply"))
        here: dict[str, Any] = {"record": visit.record, "guest": visit.guest.id, "of": _moment(form.get("of", ""))}
        who = _who(form) if reply is Reply.SENDS else ""
        await meeting_guests.reply(db, **here, reply=reply, who=who, by=None, now=self._site.clock.now())

    async def _answer(self, db: AsyncConnection, visit: Visit, form: dict[str, str]) -> None:
        answer, words = _one(Answer, form.get("answer")), _text(form, "words", WORDS)
        here: dict[str, Any] = {"record": visit.record, "guest": visit.guest.id, "item": form.get("item", "")}
        now = self._site.clock.now()
        await meeting_writing.write_as(db, **here, answer=answer, words=words, by=None, now=now)

    async def _read(self, request: Request) -> Visit:
        token = token_of(request, self._site)
        try:
            async with self._site.read.connect() as db:
                found = await meeting_links.opened(db, token=token)
                record = await meetings.read(db, meeting_id=found[0], zone=self._zone) if found else None
                entries = await meetings.entries(db, meeting_id=found[0]) if found else []
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        guest = next((each for each in record.guests if found and each.id == found[1]), None) if record else None
        if record is None or guest is None or record.starts_at + OPEN_FOR < self._site.clock.now():
            raise Refusal(404, "unknown")
        return Visit(record, guest, changes.since(entries, guest.id))


def _beforehand(item: Item) -> list[Given]:
    """What was answered in writing, whoever it was: each of them stands in the agenda."""
    return [each for each in item.answers if each.source is Source.BEFOREHAND]


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _one(kind: Any, value: str | None) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise Refused("entry_wrong", field="answer") from None


def _who(form: dict[str, str]) -> str:
    try:
        return _text(form, "who", NAME)
    except Refused:
        raise Refused("nobody_sent") from None


def _text(form: dict[str, str], field: str, longest: int) -> str:
    try:
        words = clean(form.get(field, ""), longest=longest)
    except Refused:
        words = ""
    if not words:
        raise Refused("entry_wrong", field=field)
    return words
