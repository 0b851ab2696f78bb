from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from domain.words import meaning
from tests.bot.web.village import Village, village
from tests.bot.web.visitor import Visitor
from tests.phones import web


@pytest.fixture
async def closed(database_url: str, tmp_path: Path) -> AsyncIterator[Village]:
    """A village whose pages are not served yet."""
    await asyncio.to_thread(meaning.load)
    async with village(database_url, tmp_path) as made:
        yield made


@pytest.fixture
async def served(closed: Village) -> AsyncIterator[Village]:
    async with closed.open():
        yield closed


@pytest.fixture
async def nino(served: Village) -> AsyncIterator[Visitor]:
    async with Visitor(served.base) as visitor:
        yield visitor


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with web.browser() as opened:
        yield opened
