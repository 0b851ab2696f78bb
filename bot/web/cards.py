"""What Facebook and Viber show under a village's link: a title, a sentence, and a picture that is made once.

A crawler has no cookie and starts nothing. There are as many pictures as villages and languages, however many are asked
for: a code that we do not know is shown the general one.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

import locales
from bot.web.refusals import Refusal
from bot.web.session import language
from bot.web.site import AWAY, Site
from domain.links import VILLAGE
from publish import village_card
from storage import places
from storage.places import Village

GENERAL = "mrgvali"
LOCALES = {"ka": "ka_GE", "en": "en_GB", "az": "az_AZ", "hy": "hy_AM", "ru": "ru_RU"}
DAY = 24 * 3600  # seconds
LONGEST_CODE = 48  # letters


class Cards:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._making = asyncio.Lock()

    async def preview(self, start: str) -> dict[str, str]:
        """For the head of the page, in the language in use; addresses are whole where we have a public one."""
        village = await self._village(start.removeprefix(VILLAGE)) if start.startswith(VILLAGE) else None
        code, spoken = village.place.code if village else None, locales.current()
        image = f"/chat/cards/{quote(VILLAGE + code if code else GENERAL)}.png?lang={spoken}"
        return {
            "title": village_card.title(village.place.named(spoken) if village else None),
            "description": f"{village_card.ask()} {village_card.description()}",
            "image": (self._site.public_url or "") + image,
            "url": (code and self._site.links().web(VILLAGE + code)) or "",
            "locale": LOCALES[spoken],
        }

    async def show(self, request: Request) -> Response:
        name, spoken = str(request.path_params["name"]), language(request)
        village = await self._village(name.removeprefix(VILLAGE)) if name.startswith(VILLAGE) else None
        file = await self._file(village.place.named(spoken) if village else None, spoken)
        headers = {"Cache-Control": f"public, max-age={DAY}", "ETag": f'"{file.stem}"'}
        if request.headers.get("if-none-match", "") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return FileResponse(file, media_type="image/png", headers=headers)

    async def _village(self, code: str) -> Village | None:
        """A database that is away only costs the village's name."""
        if len(code) > LONGEST_CODE:
            return None
        try:
            async with self._site.read.connect() as db:
                return await places.village_by_code(db, code=code)
        except AWAY:
            return None

    async def _file(self, village: str | None, spoken: str) -> Path:
        """Named by what stands on it, so that a village that is renamed gets another."""
        with locales.use(spoken):
            said = (spoken, village_card.title(village), village_card.ask(), village_card.description())
            file = self._site.media / "cards" / f"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}.png"
            async with self._making:
                if not await asyncio.to_thread(file.is_file):
                    seconds = self._site.limits.cards.take("cards")
                    if seconds:
                        raise Refusal(429, "too_fast", after=seconds)
                    await asyncio.to_thread(write_whole, file, await asyncio.to_thread(village_card.png, village))
        return file


def write_whole(file: Path, content: bytes) -> None:
    """Whole or not at all: another process may be reading it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{secrets.token_hex(4)}")
    new.write_bytes(content)
    new.replace(file)
