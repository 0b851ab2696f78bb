"""Whoever stuffs a poll: by many sessions of the open web from one computer, and by homes that nobody visited."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx

from bot.bell import LocalBell
from bot.channels.webchat import WebChat
from bot.web.app import build
from bot.web.rates import Buckets
from bot.web.session import COOKIE
from bot.web.site import Limits, Site
from domain.people import CONSENT_VERSION
from domain.polls import Origin
from storage import answers
from storage.answers import Answer, Told
from storage.engine import read_engine
from tests.served import served
from tests.stories.valley import ARAGULI, Valley

PATIENT = Buckets(burst=100_000, rate=1000)  # who waits as long as he is asked to


@dataclass
class Session:
    """A visitor of the open web: a cookie, and what its page shows last."""

    http: httpx.AsyncClient
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    async def say(self, **said: object) -> httpx.Response:
        body = {"id": str(uuid4()), **said}
        return await self.http.post("/chat/messages", json=body, headers={"Cookie": f"{COOKIE}={self.token}"})

    @property
    def external(self) -> str:
        return hashlib.sha256(self.token.encode()).hexdigest()

    async def shows(self) -> dict[str, object]:
        answer = await self.http.get("/chat/history", headers={"Cookie": f"{COOKIE}={self.token}"})
        shown: dict[str, object] = [each for each in answer.json()["messages"] if "own" not in each][-1]
        return shown

    async def data(self, label: str) -> str:
        shown = await self.shows()
        buttons = [button for row in shown.get("rows", ()) for button in row]  # type: ignore[attr-defined]
        found = [data for text, data, _kind in buttons if label in text]
        assert found, f"no button {label!r}: {shown}"
        return str(found[0])


@dataclass
class Web:
    """The web chat of the valley, by real HTTP."""

    valley: Valley
    http: httpx.AsyncClient

    def session(self) -> Session:
        return Session(self.http)

    async def welcomed(self, count: int) -> list[Session]:
        """So many who went through the welcome before, all alike."""
        sessions = [self.session() for _each in range(count)]
        for each in sessions:
            await self.valley.resident(each.external, channel="web")
        return sessions

    async def play(self) -> None:
        await self.valley.town.worker.drain()

    @asynccontextmanager
    async def playing(self) -> AsyncIterator[None]:
        """For a browser, which does not tell when it has said something."""
        playing = asyncio.create_task(self._play_on())
        try:
            yield
        finally:
            playing.cancel()
            with suppress(asyncio.CancelledError):
                await playing

    async def _play_on(self) -> None:
        while True:
            await self.play()
            await asyncio.sleep(0.05)

    async def answer(self, one: Session, *taps: str, words: str, link: str = "varaguli") -> list[dict[str, str]]:
        """From the link to the last question but one; what was sent, to be sent again by others."""
        sent: list[dict[str, str]] = []

        async def send(**said: str) -> None:
            sent.append(said)
            assert (await one.say(**said)).status_code == 202
            await self.play()

        await send(start=link)
        for label in taps:
            await (send(text=words) if label == "words" else send(tap=await one.data(label)))
        return sent

    async def repeat(self, sessions: list[Session], sent: list[dict[str, str]]) -> list[int]:
        """The same messages by each of them, as a script would send them."""
        statuses = []
        for said in sent:
            done = await asyncio.gather(*(each.say(**said) for each in sessions))
            statuses += [answer.status_code for answer in done]
            await self.play()
        return statuses


@asynccontextmanager
async def web_of(valley: Valley, url: str, folder: Path, limits: Limits | None = None) -> AsyncIterator[Web]:
    town, chat = valley.town, WebChat("web", folder)
    read, bell = read_engine(url), LocalBell()
    town.worker = town.new_worker()
    town.worker.wake = lambda ids: bell.ring(*(f"address:{each}" for each in ids))
    town.worker.channels = {town.channel.name: town.channel, chat.name: chat}
    site = Site(
        read=read,
        write=town.engine,
        inbox=town.inbox,
        chat=chat,
        bell=bell,
        clock=town.clock,
        media=folder,
        limits=limits or Limits(by_ip=PATIENT, by_person=PATIENT),
    )
    async with served(build(site)) as base, httpx.AsyncClient(base_url=base, timeout=30, params={"lang": "en"}) as http:
        yield Web(valley, http)
    await read.dispose()


async def homes(valley: Valley, poll_id: int, by: int, count: int, apart: timedelta, told: Told) -> None:
    """As `neighbour` saves them, one after the other."""
    answer = Answer(poll_id, ARAGULI, Origin.DOOR_TO_DOOR, None, by, None, None, CONSENT_VERSION)
    async with valley.town.engine.begin() as db:
        for number in range(count):
            at = valley.town.clock.now() + number * apart
            await answers.save(db, answer=answer, told=[told], today=valley.today(), now=at)
