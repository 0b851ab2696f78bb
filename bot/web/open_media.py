"""GET /media/open/{until}/{signature}/{name}: a file of ours, for a channel that fetches what it shows."""

from __future__ import annotations

import asyncio
import io
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.media_links import PATH, PICTURE, SMALL, Signature
from bot.web.refusals import Refusal
from bot.web.site import AWAY
from storage import sent_files

NAME = re.compile(r"(?P<id>[0-9a-f]{1,64})(?P<ending>(\.small)?\.[0-9A-Za-z]{1,16})")
HEADERS = {"Cache-Control": "private, max-age=86400", "Content-Security-Policy": "sandbox; default-src 'none'"}
LARGEST_PICTURE = 1_000_000  # bytes that an iPhone's Viber takes
SIDES, SMALL_SIDE = (1600, 1200, 800), 400  # pixels


def route(engine: AsyncEngine, folder: Path, signature: Signature) -> Route:
    two_at_once = asyncio.Semaphore(2)  # a large picture takes hundreds of megabytes while it is open

    async def show(request: Request) -> Response:
        name, until = request.path_params["name"], request.path_params["until"]
        fits = NAME.fullmatch(name)
        if fits is None or not signature.holds(name, until, request.path_params["signature"]):
            raise Refusal(404, "unknown")
        path = folder / fits["id"]
        if not await asyncio.to_thread(path.is_file):
            raise Refusal(404, "unknown")
        if fits["ending"] not in (PICTURE, SMALL):
            return await _document(engine, path, fits["id"])
        async with two_at_once:
            return await picture(path, small=fits["ending"] == SMALL)

    return Route(PATH + "/{until:int}/{signature:str}/{name:str}", show)


async def picture(path: Path, *, small: bool, headers: Mapping[str, str] = HEADERS) -> Response:
    """As a JPEG of a size that every phone can show."""
    try:
        content = await asyncio.to_thread(_jpeg, path, small)
    except (OSError, ValueError, SyntaxError):
        raise Refusal(404, "unknown") from None
    return Response(content, media_type="image/jpeg", headers=headers)


def _jpeg(path: Path, small: bool) -> bytes:
    content = path.read_bytes()
    if not small and len(content) <= LARGEST_PICTURE and content.startswith(b"\xff\xd8"):
        return content
    with Image.open(io.BytesIO(content)) as picture:
        whole = picture.convert("RGB")
    for side in (SMALL_SIDE,) if small else (max(whole.size), *SIDES):
        whole.thumbnail((side, side))
        out = io.BytesIO()
        whole.save(out, "JPEG", quality=75 if small else 85)
        if out.tell() <= LARGEST_PICTURE:
            break
    return out.getvalue()


async def _document(engine: AsyncEngine, path: Path, media_id: str) -> Response:
    try:
        async with engine.connect() as db:
            mime, name = await sent_files.described(db, media_id=media_id)
    except AWAY:
        raise Refusal(503, "later", after=5) from None
    return FileResponse(
        path,
        media_type=mime or "application/octet-stream",
        headers=HEADERS,
        filename=name or f"mrgvali{mimetypes.guess_extension(mime or '') or ''}",
        content_disposition_type="attachment",
    )
