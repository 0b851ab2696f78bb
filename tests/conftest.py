"""What every story needs: a database of its own on each engine, and a town with people in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.registry import Registry
from storage.engine import write_engine
from storage.tables.all import metadata
from tests.town import Town


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = write_engine(f"sqlite+aiosqlite:///{tmp_path}/town.db")
    async with engine.begin() as db:
        await db.run_sync(metadata.create_all)
    yield engine
    await engine.dispose()


@pytest.fixture
def registry() -> Registry:
    return Registry()


@pytest.fixture
async def town(engine: AsyncEngine, registry: Registry) -> Town:
    return Town(engine, registry)
