"""A PostgreSQL for the tests: the one that MRGVALI_TEST_POSTGRES names, else one that lives as long as they do."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import NoReturn

import pytest
from sqlalchemy import MetaData
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.bench.postgres import installed, started

# What a crash would destroy may be destroyed: it makes each test several times faster.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}


# Emptying a database is ten times cheaper than making one. The append-only tables let nobody delete, but for this.
EMPTY = """
DO $$ DECLARE each record; BEGIN
  PERFORM set_config('lock_timeout', '5s', true), set_config('session_replication_role', 'replica', true);
  FOR each IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM %I', each.name);
  END LOOP;
  FOR each IN SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public' LOOP
    PERFORM setval(format('%I', each.name), 1, false);
  END LOOP;
END $$
"""


@dataclass
class Server:
    """Gives each test a database of its own; those with tables are emptied and given again."""

    admin: URL
    _names: Iterator[int] = field(default_factory=count)
    _spare: dict[int, list[str]] = field(default_factory=dict)

    async def fresh(self) -> str:
        """The address of a new database without tables."""
        name = f"mrgvali_test_{os.getpid()}_{next(self._names)}"
        await self._run(self._address(self.admin.database), f"CREATE DATABASE {name}")
        return self._address(name)

    async def drop(self, url: str) -> None:
        name = make_url(url).database
        await self._run(self._address(self.admin.database), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    async def lend(self, metadata: MetaData) -> str:
        """A database with these tables and nothing in them."""
        spare = self._spare.setdefault(id(metadata), [])
        if spare:
            return spare.pop()
        url = await self.fresh()
        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.begin() as db:
            await db.run_sync(metadata.create_all)
        await engine.dispose()
        return url

    async def take_back(self, url: str, metadata: MetaData) -> None:
        try:
            await self._run(url, EMPTY)
        except DBAPIError:  # somebody still holds a lock, or we may not: the next test gets a new one
            return await self.drop(url)
        self._spare[id(metadata)].append(url)

    async def forget(self) -> None:
        for url in [url for spare in self._spare.values() for url in spare]:
            await self.drop(url)

    async def _run(self, url: str, statement: str) -> None:
        """CREATE and DROP DATABASE run in no transaction."""
        engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as db:
                await db.exec_driver_sql(statement)
        finally:
            await engine.dispose()

    def _address(self, name: str | None) -> str:
        return self.admin.set(drivername="postgresql+asyncpg", database=name).render_as_string(hide_password=False)


@contextmanager
def server() -> Iterator[Server]:
    """Skips the test where there is no PostgreSQL; in CI that is a failure."""
    given = os.environ.get("MRGVALI_TEST_POSTGRES")
    if given:
        named = Server(make_url(given))
        yield named
        asyncio.run(named.forget())
        return
    with started(installed() or _missing(), CARELESS) as port:
        yield Server(URL.create("postgresql", "postgres", host="127.0.0.1", port=port, database="postgres"))


def _missing() -> NoReturn:
    reason = "PostgreSQL is not here: set MRGVALI_TEST_POSTGRES, or install it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
