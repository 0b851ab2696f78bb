"""The whole program with a valley in it, and the doors through which bad input comes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram_api import Api
from conversations.catalogue import everything
from conversations.registry import Registry
from tests.bad_input.door import TOKEN, TelegramDoor
from tests.stories.valley import Valley
from tests.town import Town


@pytest.fixture
def registry() -> Registry:
    return everything()


@pytest.fixture
async def valley(town: Town) -> Valley:
    valley = Valley(town)
    await valley.settle()
    return valley


@pytest.fixture
async def door(town: Town, tmp_path: Path) -> AsyncIterator[TelegramDoor]:
    api = Api(TOKEN, "http://127.0.0.1:1")
    yield TelegramDoor.into(town, api, tmp_path)
    await api.close()
