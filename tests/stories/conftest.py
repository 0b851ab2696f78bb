"""The whole program with a municipality in it: two communities, three villages."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.catalogue import everything
from conversations.registry import Registry
from tests.stories.valley import Valley
from tests.town import Town


@pytest.fixture
def registry() -> Registry:
    return everything()


@pytest.fixture
async def valley(engine: AsyncEngine, registry: Registry) -> Valley:
    valley = Valley(Town(engine, registry))
    await valley.settle()
    return valley
