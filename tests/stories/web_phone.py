"""A phone on the web chat, by real HTTP: what is sent goes in by its routes, what is seen comes out of them."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from bot.phone import Phone, Shown
from bot.web.session import COOKIE
from tests.stories.stuffers import Session, Web

CAME_IN = 201


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    return file.getvalue()


class WebPhone(Phone):
    """Somebody who was welcomed before; the verbs are those of every phone."""

    def __init__(self, web: Web, session: Session) -> None:
        super().__init__(web.valley.town, session.external, "en")
        self._web, self._session = web, session

    async def photo(self, ref: str = "photo-1", size: int = 1000) -> Shown:
        return await self._file("photos", picture(), "image/jpeg")

    async def document(self, ref: str, name: str = "clip.mp4", size: int = 1000) -> Shown:
        return await self._file("documents", b"a film", "application/octet-stream")

    async def _file(self, where: str, content: bytes, kind: str) -> Shown:
        headers = {"Cookie": self._cookie, "Content-Type": kind}
        kept = await self._session.http.post(f"/chat/{where}", content=content, headers=headers)
        assert kept.status_code == CAME_IN, kept.text
        return await self.act(**kept.json())

    async def act(self, **fields: Any) -> Shown:
        fields.pop("callback", None)
        said = await self._session.say(**fields)
        assert said.status_code == 202, said.text
        await self._web.play()
        return await self.last()

    async def messages(self) -> list[Shown]:
        answer = await self._session.http.get("/chat/history", headers={"Cookie": self._cookie})
        shown: dict[int, Shown] = {}
        for raw in (each for each in answer.json()["messages"] if "own" not in each):
            if raw.get("closes") in shown:
                shown[raw["closes"]].buttons = []
            at = raw.get("edits") or raw["seq"]
            buttons = [(text, data) for row in raw.get("rows", ()) for text, data, _kind in row]
            shown[at] = Shown(at, raw["text"], buttons, raw)
        return list(shown.values())

    @property
    def _cookie(self) -> str:
        return f"{COOKIE}={self._session.token}"
