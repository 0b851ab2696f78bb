"""What every story needs: a database of its own on each engine, and a town with people in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.registry import Registry
from storage.tables.all import metadata
from tests.both_engines import pytest_addoption, pytest_collection_modifyitems  # noqa: F401 pytest finds them here
from tests.engines import writing
from tests.postgres import Server, server
from tests.town import Town


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All tables, made once and copied for each test; in WAL mode, as `mrgvali db upgrade` leaves a file behind: to
    turn to it the first writer would wait for every reader."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA journal_mode=WAL")
    metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, sqlite_file: Path) -> AsyncIterator[str]:
    """A database with all tables, on each engine."""
    if request.param == "postgresql":
        postgres: Server = request.getfixturevalue("postgres")
        url = await postgres.lend(metadata)
        yield url
        await postgres.take_back(url, metadata)
        return
    folder = sqlite_file.parent / "town"
    shutil.rmtree(folder, ignore_errors=True)  # the last story's
    folder.mkdir()
    shutil.copyfile(sqlite_file, folder / "town.db")
    yield f"sqlite+aiosqlite:///{folder}/town.db"


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    async with writing(database_url) as engine:
        yield engine


@pytest.fixture
def registry() -> Registry:
    return Registry()


@pytest.fixture
async def town(engine: AsyncEngine, registry: Registry) -> Town:
    return Town(engine, registry)
