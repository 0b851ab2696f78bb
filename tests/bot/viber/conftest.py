"""The Viber channel against a local server: no message breaks a limit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.viber import Viber
from bot.channels.viber_api import Api
from bot.media_links import File
from conversations.registry import Entry, Registry
from tests.bot.viber.small_talk import small_talk
from tests.fakes.viber_files import Files, viber_files
from tests.fakes.viber_server import TOKEN, Server, viber_server
from tests.viber_town import ViberTown, viber_town


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with viber_server() as server:
        yield server
        assert server.violations == []


@pytest.fixture
async def files() -> AsyncIterator[Files]:
    async with viber_files() as files:
        yield files


class Shelf:
    """Two files, wherever they are."""

    async def of(self, media_id: str, *, picture: bool) -> File | None:
        if media_id == "erased":
            return None
        base = f"https://needs.example.ge/media/open/1/ab/{media_id}"
        return File(base + (".jpeg" if picture else ".xlsx"), 900, "answers.xlsx", base + ".small.jpeg")


@pytest.fixture
async def viber(server: Server) -> AsyncIterator[Viber]:
    viber = Viber(TOKEN, Shelf(), api=Api(TOKEN, server.address))
    yield viber
    await viber.close()


@pytest.fixture
async def town(
    server: Server, files: Files, engine: AsyncEngine, registry: Registry, tmp_path: Path
) -> AsyncIterator[ViberTown]:
    registry.add(Entry("welcome", small_talk, lambda: "Small talk", in_menu=True, needs_welcome=False))
    (tmp_path / "media").mkdir()
    async with viber_town(server, files, engine, registry, tmp_path / "media") as town:
        yield town
