"""The live desk of a round table, on the secretary's phone; and the page that a projector shows the hall."""

from __future__ import annotations

import base64
import io
import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import segno
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from bot.web.meeting_words import choices, meeting_words
from bot.web.refusals import Refusal
from bot.web.site import Site
from conversations import refusals
from domain import codes
from domain.links import ROUND_TABLE
from domain.meetings import vagueness
from domain.meetings.entries import IN_THE_ROOM, Entry, Verb, check_id
from domain.meetings.record import Promise, Record
from domain.promises import Promise as Ruled
from domain.promises import Vague
from domain.refusal import Refused
from locales import current
from publish import meeting_words as said
from publish import promise_words
from storage import meeting_voices, meetings

TABLE = "/workspace/meeting/"
AT_ONCE = 50  # entries of one message
CODE_LASTS = timedelta(hours=10)
AHEAD = timedelta(minutes=5)  # a phone's clock may be a little fast


class MeetingPage:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._zone = ZoneInfo(site.timezone)

    async def page(self, request: Request, person_id: int, token: str) -> str:
        async with self._site.read.connect() as db:
            record = await self._record(db, request, person_id)
            code = await meetings.code(db, meeting_id=record.id)
            voices = await meeting_voices.of(db, meeting_id=record.id)
        day = record.starts_at.astimezone(self._zone).date()
        return self._site.pages.get_template("meeting.html").render(
            words=meeting_words(),
            choices=choices(),
            lang=current(),
            token=token,
            record=record,
            title=said.title(record),
            counts=said.counts(record),
            code=codes.shown(code),
            say=said,
            due=self._due,
            dues=[(each.value, promise_words.in_short(Ruled(day, each), each)) for each in Vague],
            gaps=vagueness.gaps,
            is_vague=vagueness.is_vague,
            voices=voices,
            year=day.year + 1,
        )

    async def screen(self, request: Request, person_id: int, _token: str) -> str:
        """Opening it opens the code: from then on whoever types it was in the room."""
        now = self._site.clock.now()
        async with self._site.write.begin() as db:
            record = await self._record(db, request, person_id)
            await meetings.open_code(db, meeting_id=record.id, until=now + CODE_LASTS)
            code = await meetings.code(db, meeting_id=record.id)
        base = (self._site.public_url or str(request.base_url)).rstrip("/")
        picture = io.BytesIO()
        segno.make(f"{base}/chat?start={ROUND_TABLE}{code}", error="m").save(picture, kind="svg", scale=8, border=2)
        page = self._site.pages.get_template("meeting_screen.html")
        return page.render(
            words=meeting_words(),
            lang=current(),
            title=said.title(record),
            code=codes.shown(code),
            qr=base64.b64encode(picture.getvalue()).decode(),
        )

    async def enter(self, request: Request, person_id: int, body: bytes) -> dict[str, Any]:
        """Each entry by itself: a refused one is told by its id and holds up none of the others."""
        refused: dict[str, str] = {}
        kept: list[str] = []
        meeting_id, now = int(request.path_params["meeting"]), self._site.clock.now()
        for raw in _list(body):
            try:
                entry = _entry(raw, now)
                async with self._site.write.begin() as db:
                    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=person_id)
                    await meetings.keep(db, meeting_id=meeting_id, entry=entry, by=person_id, now=now)
                kept.append(entry.id)
            except Refused as why:
                refused[str(raw.get("id", ""))] = refusals.words(why)
        return {"kept": kept, "refused": refused}

    async def _record(self, db: AsyncConnection, request: Request, person_id: int) -> Record:
        meeting_id = int(request.path_params["meeting"])
        await meetings.require_keeper(db, meeting_id=meeting_id, person_id=person_id)
        return await meetings.read(db, meeting_id=meeting_id, zone=self._zone)

    def _due(self, promise: Promise) -> str:
        return said.due(promise)


def _list(body: bytes) -> list[dict[str, Any]]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "malformed") from None
    if not isinstance(found, list) or len(found) > AT_ONCE or not all(isinstance(each, dict) for each in found):
        raise Refusal(400, "malformed")
    return found


def _entry(raw: dict[str, Any], now: datetime) -> Entry:
    """A phone whose clock is wrong is not believed about what has yet to come."""
    try:
        verb = Verb(raw.get("verb", ""))
        at = datetime.fromisoformat(str(raw.get("at", "")))
    except ValueError:
        raise Refused("entry_unknown") from None
    if verb not in IN_THE_ROOM or at.tzinfo is None or not isinstance(raw.get("body"), dict):
        raise Refused("entry_unknown")
    return Entry(check_id(raw.get("id")), verb, raw["body"], min(at, now) if at < now + AHEAD else now)
