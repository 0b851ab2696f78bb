"""Asks Telegram for updates: each batch is committed before the next question confirms it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.port import Inbox, Raw
from bot.channels.telegram import Telegram
from bot.channels.telegram_api import Api, NotSaid
from bot.channels.telegram_parse import WANTED, keepable
from storage import bots

log = structlog.get_logger()
POLL_SECONDS = 50
PATIENCE = 10.0  # seconds more than Telegram takes to answer
BATCH = 100
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
NOTED_EVERY = timedelta(seconds=15)


class Unnumbered(ValueError):
    """None of the updates has a number, so they come again and again; we slow down."""


class Poll:
    """`api` has a connection of its own: answers never wait behind a long poll."""

    def __init__(
        self, telegram: Telegram, api: Api, inbox: Inbox, engine: AsyncEngine, *, seconds: int = POLL_SECONDS
    ) -> None:
        self._telegram, self._api, self._inbox, self._engine, self._seconds = telegram, api, inbox, engine, seconds
        self._offset: int | None = None
        self._noted: datetime | None = None

    async def run(self) -> None:
        """Until cancelled; what was not committed by then comes again at the next start."""
        await self._insist(self._telegram.receive_by_polling)
        # Beside it: Telegram may refuse a new menu for hours, and people must be heard meanwhile.
        introducing = asyncio.create_task(self._insist(self._telegram.introduce))
        try:
            while True:
                await self._insist(self.once)
        finally:
            introducing.cancel()

    async def once(self) -> None:
        """One question and its answer, kept. Raises NotSaid, or whatever the database raises."""
        raws = await self._ask()
        if raws:
            await self._insist(partial(self._keep, raws))
        else:
            # Nothing is unconfirmed any more. After a quiet week Telegram counts from a new random number, and
            # a stale offset would throw away what lies below it.
            self._offset = None
            await self._note()

    async def _ask(self) -> list[Raw]:
        params: dict[str, Any] = {"timeout": self._seconds, "limit": BATCH, "allowed_updates": list(WANTED)}
        if self._offset is not None:
            params["offset"] = self._offset
        result = await self._api.call("getUpdates", params, read=self._seconds + PATIENCE)
        return keepable([raw for raw in result if isinstance(raw, dict)])

    async def _keep(self, raws: list[Raw]) -> None:
        numbers = [raw["update_id"] for raw in raws if isinstance(raw.get("update_id"), int)]
        offset = max(numbers) + 1 if numbers else None
        await self._inbox.keep(self._telegram, raws, offset)
        self._offset = offset
        if offset is None:
            raise Unnumbered

    async def _insist(self, step: Callable[[], Any]) -> None:
        """Tries until it is done, with growing pauses: a poll that dies leaves the bot deaf."""
        failures = 0
        while True:
            try:
                return await step()  # type: ignore[no-any-return]
            except Exception as error:
                pause = PAUSES[min(failures, len(PAUSES) - 1)]
                failures += 1
                log.warning("telegram polling failed", channel=self._telegram.name, error=_reason(error), pause=pause)
                await self._report(_reason(error))
                await asyncio.sleep(_asked_pause(error) or pause)

    async def _note(self) -> None:
        """Seldom: an idle bot need not write every minute more than /health reads."""
        now = datetime.now(UTC)
        if self._noted is not None and now - self._noted < NOTED_EVERY:
            return
        async with self._engine.begin() as db:
            await bots.heard(db, channel=self._telegram.name, now=now)
        self._noted = now

    async def _report(self, reason: str) -> None:
        self._noted = None
        try:
            async with self._engine.begin() as db:
                await bots.failed(db, channel=self._telegram.name, error=reason)
        except Exception:
            log.exception("the failure could not be noted", channel=self._telegram.name)


def _reason(error: Exception) -> str:
    """Of a database's error only the kind: its text may carry what people wrote."""
    if isinstance(error, NotSaid) and error.code == 409:
        return f"{error} (another program polls with the same token, or a webhook is set)"
    return str(error) if isinstance(error, NotSaid) else type(error).__name__


def _asked_pause(error: Exception) -> float | None:
    return error.retry_after if isinstance(error, NotSaid) and error.code else None
