"""What `mrgvali serve` does for Viber: tells it where to call, and learns our name there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.app import App
from bot.channels.viber import Viber
from bot.channels.viber_api import NotSaid
from bot.web import viber_hook

log = structlog.get_logger()
FIRST, LONGEST = 0.5, 60.0  # seconds between two attempts


async def viber(app: App, channel: Viber, stop: asyncio.Event) -> None:
    """Viber calls us while it is told where, and is content only with an answer: so the pages must be up by then."""
    await _until_heard(lambda: channel.receive_at(f"{app.settings.public_url}{viber_hook.PATH}"), stop)


async def viber_links(app: App, stop: asyncio.Event) -> None:
    """Conversations and pages show links into Viber as soon as we know our name there."""
    if app.viber is not None and await _until_heard(app.viber.learn_name, stop):
        app.worker.links = replace(app.worker.links, viber_uri=app.viber.uri)


async def _until_heard(step: Callable[[], Awaitable[None]], stop: asyncio.Event) -> bool:
    pause = FIRST
    while not stop.is_set():
        try:
            await step()
        except NotSaid as error:
            log.warning("viber does not hear us", error=str(error))
        else:
            return True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(LONGEST, pause * 2)
    return False
