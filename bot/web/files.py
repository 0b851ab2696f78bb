"""Pictures and documents that come in over the web, and the files that a person may look at."""

from __future__ import annotations

import asyncio
import mimetypes
import re
import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from bot.pictures import without_exif
from bot.web.refusals import Refusal, body_of, check_origin
from bot.web.session import Speaker, ip, speaker
from bot.web.site import AWAY, Site
from storage import stream, uploads

MOST_BYTES = 10_000_000
MEDIA_ID = re.compile("[0-9a-f]{32}")
SHOWN = ("image/jpeg", "image/png", "image/webp", "application/pdf")
# Browsers record in one of the first three; the others are recordings that lie on a phone as files.
HEARD = ("audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg", "audio/x-m4a", "audio/aac")
# Forms of other sites cannot send these types without asking the browser first.
DOCUMENTS = ("text/csv", "application/octet-stream")


class Files:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._two_at_once = asyncio.Semaphore(2)  # a large picture takes hundreds of megabytes while it is open

    async def photo(self, request: Request) -> Response:
        """POST /chat/photos: the bytes of the picture as they are, with its own Content-Type."""
        if not kind_of(request).startswith("image/"):
            raise Refusal(415, "not_a_picture")
        said_by, content = await self._taken(request)
        return JSONResponse(
            {"photo": await self._keep(said_by, await self._cleaned(content), "photo", "image/jpeg")}, 201
        )

    async def document(self, request: Request) -> Response:
        """POST /chat/documents: kept as it is; nobody but a conversation that asked for a file reads it."""
        if kind_of(request) not in DOCUMENTS:
            raise Refusal(415, "not_a_document")
        said_by, content = await self._taken(request)
        return JSONResponse({"document": await self._keep(said_by, content, "document", kind_of(request))}, 201)

    async def voice(self, request: Request) -> Response:
        """POST /chat/voices: a recording as the browser made it, for the one listener of a group."""
        if kind_of(request) not in HEARD:
            raise Refusal(415, "not_a_voice")
        said_by, content = await self._taken(request)
        if not content:
            raise Refusal(415, "not_a_voice")
        return JSONResponse({"voice": await self._keep(said_by, content, "voice", kind_of(request))}, 201)

    async def _taken(self, request: Request) -> tuple[Speaker, bytes]:
        check_origin(request, self._site.public_url)
        said_by = self._speaker(request)
        self._check_rate(said_by, request)
        return said_by, await body_of(request, MOST_BYTES)

    async def show(self, request: Request) -> Response:
        """GET /media/{id}: only for who sent it or was shown it in the talk."""
        viewer, media_id = self._speaker(request), request.path_params["id"]
        if not MEDIA_ID.fullmatch(media_id):
            raise Refusal(404, "unknown")
        try:
            async with self._site.read.connect() as db:
                kept = await uploads.find(db, media_id=media_id)
                known = await stream.reader(db, channel=viewer.channel.name, external=viewer.external)
                own = kept is not None and (kept.channel, kept.external) == (viewer.channel.name, viewer.external)
                shown = known is not None and await stream.was_shown(db, address_id=known.address_id, media_id=media_id)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        path = self._site.media / media_id
        if kept is None or not (own or shown) or not path.is_file():
            raise Refusal(404, "unknown")
        return file_(path, kept)

    def _speaker(self, request: Request) -> Speaker:
        found = speaker(self._site, request)
        if found is None:
            raise Refusal(401, "no_session")
        return found

    def _check_rate(self, said_by: Speaker, request: Request) -> None:
        limits = self._site.limits
        address = ip(request)
        seconds = limits.photos.take(said_by.name) or limits.files_of_ip.take(address) or limits.by_ip.take(address)
        if seconds:
            raise Refusal(429, "too_fast", after=seconds)

    async def _cleaned(self, body: bytes) -> bytes:
        async with self._two_at_once:
            try:
                return await asyncio.to_thread(without_exif, body)
            except ValueError:
                raise Refusal(415, "not_a_picture") from None

    async def _keep(self, said_by: Speaker, content: bytes, kind: str, mime: str) -> str:
        """The file first: a row never points to nothing. A file without a row is one that nobody can ask for."""
        media_id = secrets.token_hex(16)
        try:
            await asyncio.to_thread(write, self._site.media / media_id, content)
            async with self._site.write.begin() as db:
                known = await stream.reader(db, channel=said_by.channel.name, external=said_by.external)
                if known is None and kind == "voice":  # nobody yet who could be asked for it; it could not be erased
                    raise Refusal(401, "no_session")
                await uploads.keep(
                    db,
                    media_id=media_id,
                    channel=said_by.channel.name,
                    external=said_by.external,
                    person_id=known.person_id if known else None,
                    kind=kind,
                    mime=mime,
                    now=self._site.clock.now(),
                )
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return media_id


def kind_of(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip()


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def file_(path: Path, kept: uploads.Upload) -> Response:
    heard = kept.mime in HEARD
    shown = kept.mime in SHOWN or heard
    caching = "no-store" if heard else "private, max-age=86400"  # a recording is deleted soon, and then it is gone
    headers = {"Cache-Control": caching, "Content-Security-Policy": "sandbox; default-src 'none'"}
    name = kept.name or f"mrgvali{mimetypes.guess_extension(kept.mime or '') or ''}"
    return FileResponse(
        path,
        media_type=kept.mime if kept.mime and shown else "application/octet-stream",
        headers=headers,
        filename=name,
        content_disposition_type="inline" if shown else "attachment",
    )
