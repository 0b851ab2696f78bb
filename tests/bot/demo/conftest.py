"""The demo as it is built, made once and copied for each test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.demo.command import Stage


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "8080"
    asyncio.run(_built(folder))
    return folder


async def _built(folder: Path) -> None:
    app = await Stage(folder).build("127.0.0.1", 0, keep=False)
    await app.close()


@pytest.fixture
def demo_stage(first_day: Path, tmp_path: Path) -> Stage:
    shutil.copytree(first_day, tmp_path / "demo")
    return Stage(tmp_path / "demo")


@pytest.fixture
async def app(demo_stage: Stage) -> AsyncIterator[App]:
    app = await demo_stage.build("127.0.0.1", 0, keep=True)
    yield app
    await app.close()
