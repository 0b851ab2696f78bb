"""Brings a database to the tables of this program, and back. Alembic is configured from here; there is no ini file."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import write_engine

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_043_216  # any number that is ours: two processes that start at once must not both migrate


async def upgrade(url: str, revision: str = "head") -> None:
    """All in one transaction: a migration that fails leaves nothing behind."""
    await _run(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, revision: str = "base") -> None:
    await _run(url, lambda config: command.downgrade(config, revision))


async def current(engine: AsyncEngine) -> str | None:
    """The revision that the database stands at."""
    async with engine.connect() as db:
        return await db.run_sync(lambda connection: MigrationContext.configure(connection).get_current_revision())


def newest() -> str:
    """The revision that this program needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


async def _run(url: str, act: Callable[[Config], None]) -> None:
    engine = write_engine(url)
    try:
        async with engine.begin() as db:
            await db.run_sync(_locked, act)
    finally:
        await engine.dispose()


def _locked(connection: Connection, act: Callable[[Config], None]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    act(_config(connection))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


async def write_migration(message: str) -> None:
    """A new file in migrations/versions with what the tables have and the migrations so far have not."""
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/newest.db"
        await upgrade(url)
        number = f"{int(newest()) + 1:04}"
        await _run(url, lambda config: _written(config, message, number))


def _written(config: Config, message: str, revision: str) -> None:
    command.revision(config, message=message, autogenerate=True, rev_id=revision)


if __name__ == "__main__":
    asyncio.run(write_migration(sys.argv[1]))
