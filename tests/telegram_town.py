"""The whole program on Telegram in this process: updates come by polling or webhook, answers go out over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette

from bot.bell import Ear
from bot.channels.telegram import Telegram
from bot.channels.telegram_api import Api
from bot.channels.telegram_poll import Poll
from bot.clock import Clock
from bot.inbox import Inbox
from bot.outbox import Sender
from bot.pacing import ChatPace
from bot.shelf import MediaFolder
from bot.turn import Worker
from bot.web import telegram_hook
from conversations.registry import Registry
from domain.links import Links
from tests.fakes.telegram_server import TOKEN, Server
from tests.phones.telegram import TelegramPhone
from tests.served import served
from tests.town import TBILISI, StoppedClock

SECRET = "a-secret-between-us"
UNHURRIED = ChatPace(rate=1000, burst=1000)  # a story taps faster than people do


@dataclass
class TelegramTown:
    """`turns.ring` after anything that a sweep put into the inbox."""

    server: Server
    engine: AsyncEngine
    clock: Clock
    worker: Worker
    sender: Sender
    turns: Ear

    def phone(self, user_id: int, language: str = "en") -> TelegramPhone:
        return TelegramPhone.of(self.server, user_id, language)


@asynccontextmanager
async def telegram_town(
    server: Server,
    engine: AsyncEngine,
    registry: Registry,
    media: Path,
    *,
    webhook: bool = False,
    clock: Clock | None = None,
    chat: ChatPace = UNHURRIED,
    links: Links = Links(),  # noqa: B008 it is frozen
) -> AsyncIterator[TelegramTown]:
    clock = clock or StoppedClock()
    turns = Ear()
    telegram = Telegram(TOKEN, MediaFolder(engine, media), address=server.address, rate=1000)
    channels = {telegram.name: telegram}
    inbox = Inbox(engine, clock, turns.ring)
    sender = Sender(engine, channels, chat=chat, group=chat)
    worker = Worker(engine, channels, registry, clock, TBILISI, lambda _addresses: sender.wake(), links)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(telegram.close)
        for part in (sender.run, _playing(worker, turns)):
            await stack.enter_async_context(_running(part))
        if webhook:
            await stack.enter_async_context(_hooked(telegram, inbox))
        else:
            await stack.enter_async_context(_polled(telegram, inbox, engine, server))
        yield TelegramTown(server, engine, clock, worker, sender, turns)


def _playing(worker: Worker, turns: Ear) -> Callable[[], Awaitable[None]]:
    async def play() -> None:
        while True:
            await worker.drain()
            await turns.wait(0.5)

    return play


@asynccontextmanager
async def _polled(telegram: Telegram, inbox: Inbox, engine: AsyncEngine, server: Server) -> AsyncIterator[None]:
    api = Api(TOKEN, server.address, connections=2)
    async with _running(Poll(telegram, api, inbox, engine, seconds=5).run):
        yield
    await api.close()


@asynccontextmanager
async def _hooked(telegram: Telegram, inbox: Inbox) -> AsyncIterator[None]:
    async with served(Starlette(routes=[telegram_hook.route(telegram, inbox, SECRET)])) as address:
        await telegram.receive_at(f"{address}{telegram_hook.PATH}", SECRET)
        yield
        await telegram.receive_by_polling()


@asynccontextmanager
async def _running(part: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    async def run() -> None:
        await part()

    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
