"""Runs one role or all of them, until SIGTERM: what is in flight ends, or is picked up again at the next start."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from enum import StrEnum
from typing import Any

import structlog
import uvicorn

from bot import memory
from bot.app import LETTERS, TURNS, App
from bot.bell import PostgresBell
from bot.channels.telegram import Telegram
from bot.channels.telegram_api import Api, NotSaid
from bot.channels.telegram_poll import Poll
from bot.errors import OperatorError
from bot.viber_part import viber, viber_links
from bot.web import telegram_hook
from domain.words import meaning
from scheduler.clockwork import clockwork

log = structlog.get_logger()
NET = 0.5  # seconds after which a worker looks by itself, should nobody have called
PAUSE = 1.0  # seconds to wait while the database is away


class Role(StrEnum):
    ALL = "all"
    WEB = "web"
    WORKER = "worker"
    SENDER = "sender"
    CLOCK = "clock"


class Server(uvicorn.Server):
    """Signals are ours: the other parts must stop as well."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(app: App, role: Role, *, ready: Callable[[], None] = lambda: None) -> None:
    """Returns after SIGTERM or SIGINT, when everything under way has ended."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(app.close)
        if isinstance(app.bell, PostgresBell):
            await stack.enter_async_context(app.bell)
        await _run(app, role, stop, ready)


async def _run(app: App, role: Role, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    async with asyncio.TaskGroup() as parts:
        for part in _parts(app, role, stop):
            parts.create_task(part)
        memory.settle()
        ready()
        await stop.wait()
        app.bell.close()
        app.sender.stop()
        app.turns.set()
        app.work.set()


def _parts(app: App, role: Role, stop: asyncio.Event) -> Iterator[Coroutine[Any, Any, None]]:
    if role in (Role.ALL, Role.WEB):
        yield web(app, stop)
        if app.telegram is not None:
            yield telegram(app, app.telegram, stop)
        if app.viber is not None:
            yield viber(app, app.viber, stop)
    if role in (Role.ALL, Role.WORKER):
        yield worker(app, stop)
        yield called(app, TURNS, app.turns.set, stop)
        yield workshop(app, stop)
    if role is not Role.SENDER:  # turns compare words, the board is searched, a sweep learns what it is searched by
        yield asyncio.to_thread(meaning.load)
    if role in (Role.ALL, Role.WORKER, Role.WEB):  # who plays turns, and whose pages lead into the chats
        yield links(app, stop)
        yield viber_links(app, stop)
    if role in (Role.ALL, Role.SENDER):
        yield app.sender.run()
        yield called(app, LETTERS, app.sender.wake, stop)
    if role in (Role.ALL, Role.CLOCK):
        yield clock(app, stop)


def check_free(host: str, port: int, mend: str) -> None:
    """Told before anything runs: uvicorn would end the program in the middle of its start."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OperatorError(f"Nothing can listen on {host}:{port} ({error.strerror}). {mend}") from None


async def web(app: App, stop: asyncio.Event) -> None:
    config = uvicorn.Config(
        app.site(),
        host=app.settings.host,
        port=app.settings.port,
        log_config=None,  # like everything else: bot/logs.py
        log_level="warning",
        access_log=False,  # addresses may carry invitations
        lifespan="off",
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    server = Server(config)
    running = asyncio.create_task(server.serve())
    await asyncio.wait([running, asyncio.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await running


async def telegram(app: App, channel: Telegram, stop: asyncio.Event) -> None:
    """By webhook where we have a public address, else by asking."""
    receiving = asyncio.create_task(_hooked(app, channel) if app.hooked else _polled(app, channel))
    await stop.wait()
    receiving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await receiving


async def _polled(app: App, channel: Telegram) -> None:
    api = Api(channel.token, app.settings.telegram_api)
    try:
        await Poll(channel, api, app.inbox, app.write).run()
    finally:
        await api.close()


async def _hooked(app: App, channel: Telegram) -> None:
    """Tells Telegram where to call, then who we are; each is tried again until it is heard."""
    address = f"{app.settings.public_url}{telegram_hook.PATH}"
    await _insist(lambda: channel.receive_at(address, app.telegram_secret()))
    await _insist(channel.introduce)


async def _insist(step: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            return await step()
        except NotSaid as error:
            log.warning("telegram does not hear us", error=str(error))
            await asyncio.sleep(error.retry_after or 5)


async def worker(app: App, stop: asyncio.Event) -> None:
    await _again_and_again(app.worker.batch, app.turns, stop)


async def links(app: App, stop: asyncio.Event) -> None:
    """Conversations and pages show links into Telegram as soon as we know our name there."""
    while app.telegram is not None and not stop.is_set():
        with contextlib.suppress(NotSaid):
            await app.telegram.learn_name()
            app.worker.links = replace(app.worker.links, telegram_username=app.telegram.username)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 10)


async def called(app: App, name: str, wake: Callable[[], None], stop: asyncio.Event) -> None:
    """Another process rings when it has put something down for us."""
    with app.bell.listen(name) as ear:
        while not stop.is_set():
            await ear.wait(NET)
            wake()


async def workshop(app: App, stop: asyncio.Event) -> None:
    await _again_and_again(app.workshop.once, app.work, stop)


async def _again_and_again(once: Callable[[], Awaitable[object]], news: asyncio.Event, stop: asyncio.Event) -> None:
    """While there is something to do, at once; else when called, or after a little while."""
    while not stop.is_set():
        news.clear()
        try:
            if await once():
                continue
        except Exception:  # the database is away, the disk is full: nothing happened, wait and try again
            log.exception("the database could not be reached")
            await asyncio.sleep(PAUSE)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(NET):
                await news.wait()


async def clock(app: App, stop: asyncio.Event) -> None:
    scheduler = clockwork(app.sweep, app.jobs)
    scheduler.start()
    await stop.wait()
    scheduler.shutdown(wait=False)
