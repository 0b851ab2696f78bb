"""The Telegram channel against a local Bot API server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.channels.telegram import Telegram
from tests.fakes.telegram_server import TOKEN, Server, telegram_server


@dataclass
class Drawer:
    """Files in memory."""

    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    refs: dict[tuple[str, str], str] = field(default_factory=dict)

    async def known(self, channel: str, media_id: str) -> str | None:
        return self.refs.get((channel, media_id))

    async def remember(self, channel: str, media_id: str, ref: str) -> None:
        self.refs[channel, media_id] = ref

    async def read(self, media_id: str) -> tuple[str, bytes]:
        if media_id not in self.files:
            raise FileNotFoundError(media_id)
        return self.files[media_id]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with telegram_server() as server:
        yield server
        assert server.errors == []


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
async def telegram(server: Server, drawer: Drawer) -> AsyncIterator[Telegram]:
    telegram = Telegram(TOKEN, drawer, address=server.address)
    yield telegram
    await telegram.close()
