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
    from importlib import import_module

    registry = Registry()
    for name in (
        "welcome",
        "needs_poll",
        "my_answer",
        "news",
        "release_needs",
        "neighbour",
        "polls_desk",
        "my_data",
        "forget",
    ):
        try:
            module = import_module(f"conversations.{name}")
        except ModuleNotFoundError:
            continue
        for entry in (*getattr(module, "ENTRIES", ()), *([module.ENTRY] if hasattr(module, "ENTRY") else [])):
            registry.add(entry)
    return registry


@pytest.fixture
async def valley(engine: AsyncEngine, registry: Registry) -> Valley:
    valley = Valley(Town(engine, registry))
    await valley.settle()
    return valley
