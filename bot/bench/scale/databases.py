"""Two databases of one kind, side by side: PostgreSQL where it is installed, with its own defaults, else SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bench import postgres
from storage.engine import read_engine, write_engine
from storage.tables.all import metadata


@dataclass(frozen=True, slots=True)
class Pair:
    """`full` is where the country is; `empty` is beside it."""

    full: AsyncEngine
    empty: AsyncEngine
    read: AsyncEngine


@asynccontextmanager
async def pair(*, sqlite: bool) -> AsyncIterator[Pair]:
    if sqlite:
        with TemporaryDirectory() as folder:
            async with _opened(*(f"sqlite+aiosqlite:///{folder}/{name}.db" for name in ("full", "empty"))) as both:
                yield both
        return
    with postgres.server() as address:
        async with _opened(await address.make("full"), await address.make("empty")) as both:
            yield both


@asynccontextmanager
async def _opened(full: str, empty: str) -> AsyncIterator[Pair]:
    both = Pair(write_engine(full), write_engine(empty), read_engine(full))
    for engine in (both.full, both.empty):
        async with engine.begin() as db:
            await db.run_sync(metadata.create_all)
    yield both
    for engine in (both.full, both.empty, both.read):
        await engine.dispose()


async def settled(engine: AsyncEngine) -> None:
    """What autovacuum would have done by the time that a country is there; SQLite plans without it."""
    if engine.dialect.name == "sqlite":
        return
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
        await db.exec_driver_sql("VACUUM ANALYZE")
        await db.exec_driver_sql("CHECKPOINT")
