"""Recordings of promises at the desk: the page names one, keeps it while there is no connection, then sends it."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.files import HEARD, MEDIA_ID, MOST_BYTES, file_, kind_of, write
from bot.web.refusals import Refusal, body_of
from bot.web.site import AWAY, Site
from domain.refusal import Refused
from storage import meeting_voices, meetings, uploads
from storage.uploads import Upload


class MeetingVoice:
    def __init__(self, site: Site) -> None:
        self._site = site

    async def take(self, request: Request, person_id: int) -> Response:
        """Sent twice it is kept once. The file first: a row never points to nothing."""
        meeting_id, media_id = _named(request)
        mime = kind_of(request)
        if mime not in HEARD:
            raise Refusal(415, "not_a_voice")
        async with self._site.read.connect() as db:
            known = await meetings.may_keep(db, meeting_id=meeting_id, person_id=person_id)
            here = await meeting_voices.find(db, meeting_id=meeting_id, media_id=media_id) is not None
            taken = await uploads.find(db, media_id=media_id) is not None
        if not known:
            raise Refusal(403, "origin")
        content = await body_of(request, MOST_BYTES)
        if not here and (taken or not content):  # never over another's file
            raise Refusal(415, "not_a_voice")
        if not here:
            await self._keep(request, person_id, content, mime)
        return JSONResponse({"voice": media_id}, 201)

    async def _keep(self, request: Request, person_id: int, content: bytes, mime: str) -> None:
        meeting_id, media_id = _named(request)
        try:
            await asyncio.to_thread(write, self._site.media / media_id, content)
            async with self._site.write.begin() as db:
                about = {"meeting_id": meeting_id, "media_id": media_id, "mime": mime}
                await meeting_voices.take(db, **about, by=person_id, now=self._site.clock.now())  # type: ignore[arg-type]
        except Refused:
            raise Refusal(415, "not_a_voice") from None
        except AWAY:
            raise Refusal(503, "later", after=5) from None

    async def play(self, request: Request, person_id: int) -> Response:
        """Only for whoever keeps this record."""
        meeting_id, media_id = _named(request)
        try:
            async with self._site.read.connect() as db:
                known = await meetings.may_keep(db, meeting_id=meeting_id, person_id=person_id)
                mime = await meeting_voices.find(db, meeting_id=meeting_id, media_id=media_id) if known else None
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        path = self._site.media / media_id
        if mime is None or not path.is_file():
            raise Refusal(404, "unknown")
        return file_(path, Upload(None, None, mime, None))


def _named(request: Request) -> tuple[int, str]:
    media_id = str(request.path_params["voice"])
    if not MEDIA_ID.fullmatch(media_id):
        raise Refusal(404, "unknown")
    return int(request.path_params["meeting"]), media_id
