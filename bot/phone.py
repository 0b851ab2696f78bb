"""A phone in the same process: what `mrgvali play` and the tests hold in their hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.turn import Worker
from storage import outbox_reading


@dataclass
class Shown:
    """One message as it stands on the phone now; a button is (label, data)."""

    seq: int
    text: str
    buttons: list[tuple[str, str]]
    raw: dict[str, Any]


class Exchange(Protocol):
    """What a phone is connected to."""

    engine: AsyncEngine
    worker: Worker

    async def receive(self, name: str, **fields: Any) -> None: ...


class NoSuchButton(LookupError):
    """The phone shows no button with these words."""


@dataclass
class Phone:
    """One person's phone: send, tap, back; everything it ever showed is in `messages`."""

    exchange: Exchange
    name: str
    language: str

    async def send(self, text: str) -> Shown:
        return await self.act(text=text)

    async def start(self, payload: str = "") -> Shown:
        return await self.act(start=payload)

    async def photo(self, ref: str = "photo-1", size: int = 1000) -> Shown:
        return await self.act(media={"kind": "photo", "ref": ref, "size": size, "mime": "image/jpeg"})

    async def document(self, ref: str, name: str = "places.csv", size: int = 1000) -> Shown:
        return await self.act(media={"kind": "document", "ref": ref, "size": size, "mime": "text/csv", "name": name})

    async def location(self, lat: float, lon: float) -> Shown:
        return await self.act(location=[lat, lon])

    async def tap(self, label: str) -> Shown:
        """Presses the newest button whose label contains these words."""
        return await self.act(tap=await self.data(label), callback="c")

    async def back(self) -> Shown:
        return await self.send("/back")

    async def data(self, label: str) -> str:
        for message in reversed(await self.messages()):
            for text, data in message.buttons:
                if label in text:
                    return data
        raise NoSuchButton(f"{self.name} has no button {label!r}; the phone shows:\n{await self.screen()}")

    async def act(self, **fields: Any) -> Shown:
        await self.exchange.receive(self.name, language=self.language, **fields)
        await self.exchange.worker.drain()
        return await self.last()

    async def last(self) -> Shown:
        return (await self.messages())[-1]

    async def messages(self) -> list[Shown]:
        """What the phone shows: edits replace, closed questions have lost their buttons."""
        shown: dict[int, Shown] = {}
        async with self.exchange.engine.connect() as db:
            rows = await outbox_reading.of_address(db, external=self.name)
        for seq, raw in rows:
            if raw.get("closes") in shown:
                shown[raw["closes"]].buttons = []
            buttons = [(text, data) for row in raw.get("rows", ()) for text, data, _kind in row]
            at = raw.get("edits") or seq
            shown[at] = Shown(at, raw["text"], buttons, raw)
        return list(shown.values())

    async def texts(self) -> list[str]:
        return [message.text for message in await self.messages()]

    async def screen(self) -> str:
        last = (await self.messages())[-1:]
        return "\n".join(f"{m.text}\n{[text for text, _data in m.buttons]}" for m in last)
