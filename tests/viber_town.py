"""The whole program on Viber in this process: callbacks come in over HTTP, answers go out over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.bell import Ear
from bot.channels.viber import Viber
from bot.channels.viber_api import Api
from bot.greeting import Greeter
from bot.inbox import Inbox
from bot.media_links import MediaLinks, Signature
from bot.outbox import Sender
from bot.turn import Worker
from bot.web import open_media, viber_hook
from bot.web.refusals import Refusal, answer_refusal
from conversations.registry import Registry
from tests.fakes.viber_files import Files
from tests.fakes.viber_server import TOKEN, Server
from tests.phones.viber import ViberPhone
from tests.ports import free_port
from tests.served import served
from tests.telegram_town import UNHURRIED
from tests.town import TBILISI, StoppedClock

SIGNATURE = Signature(b"a key for the addresses of files")


@dataclass
class ViberTown:
    server: Server
    files: Files
    engine: AsyncEngine
    clock: StoppedClock
    viber: Viber
    worker: Worker
    sender: Sender
    address: str

    def phone(self, name: str, language: str = "en") -> ViberPhone:
        return ViberPhone.of(self.server, self.files, name, language)


@asynccontextmanager
async def viber_town(
    server: Server, files: Files, engine: AsyncEngine, registry: Registry, media: Path
) -> AsyncIterator[ViberTown]:
    clock, turns, port = StoppedClock(), Ear(), free_port()
    links = MediaLinks(engine, media, f"http://127.0.0.1:{port}", SIGNATURE)
    viber = Viber(TOKEN, links, api=Api(TOKEN, server.address), rate=1000)
    sender = Sender(engine, {viber.name: viber}, chat=UNHURRIED)
    worker = Worker(engine, {viber.name: viber}, registry, clock, TBILISI, lambda _addresses: sender.wake())
    greeter = Greeter(engine, worker, clock, viber)
    office = viber_hook.Office(viber, Inbox(engine, clock, turns.ring), engine, greeter, clock, sender.wake)
    routes: list[BaseRoute] = [viber_hook.route(office), open_media.route(engine, media, SIGNATURE)]
    app = Starlette(routes=routes, exception_handlers={Refusal: answer_refusal})
    async with AsyncExitStack() as stack:
        stack.push_async_callback(viber.close)
        address = await stack.enter_async_context(served(app, port))
        await viber.receive_at(address + viber_hook.PATH)
        await stack.enter_async_context(_running(sender.run))
        await stack.enter_async_context(_running(lambda: _play(worker, turns)))
        yield ViberTown(server, files, engine, clock, viber, worker, sender, address)


async def _play(worker: Worker, turns: Ear) -> None:
    while True:
        await worker.drain()
        await turns.wait(0.5)


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
