"""A database that was brought up step by step is the one that the program's tables describe; and down again."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url

from storage import migrate
from storage.engine import write_engine
from storage.tables.all import metadata
from storage.tables.append_only import ONLY_GROWS, guards
from storage.tables.locked import CLOSED, locks
from tests.postgres import Server

ROOT = Path(__file__).parents[2]
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/empty.db"
        return
    postgres: Server = request.getfixturevalue("postgres")
    url = await postgres.fresh()
    yield url
    await postgres.drop(url)


async def look(url: str, read: Any) -> Any:
    engine = write_engine(url)
    async with engine.connect() as db:
        found = await db.run_sync(read)
    await engine.dispose()
    return found


def differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version", "sqlite_sequence"}


def triggers(connection: Connection) -> list[str]:
    return list(connection.execute(text(TRIGGERS[connection.dialect.name])).scalars())


async def test_the_models_match_the_migrations(empty: str) -> None:
    await migrate.upgrade(empty)
    assert await look(empty, differences) == []


async def test_every_table_that_only_grows_is_guarded(empty: str) -> None:
    await migrate.upgrade(empty)
    dialect = make_url(empty).get_backend_name()
    guarded = [table.name for table in metadata.sorted_tables if table.info.get(ONLY_GROWS)]
    wanted = re.findall(r"CREATE TRIGGER (\w+)", "".join("".join(guards(dialect, name)) for name in guarded))
    closed = [(table.name, *table.info[CLOSED]) for table in metadata.sorted_tables if CLOSED in table.info]
    wanted += re.findall(r"CREATE TRIGGER (\w+)", "".join("".join(locks(dialect, *each)) for each in closed))
    assert await look(empty, triggers) == sorted(wanted)
    assert "promise_events" in guarded


async def test_down_leaves_nothing_behind_and_up_again_works(empty: str) -> None:
    await migrate.upgrade(empty)
    assert await look(empty, tables) == set(metadata.tables)
    await migrate.downgrade(empty)
    assert await look(empty, tables) == set()
    await migrate.upgrade(empty)
    assert await look(empty, differences) == []


async def test_up_twice_changes_nothing(empty: str) -> None:
    for _again in range(2):
        await migrate.upgrade(empty)
    engine = write_engine(empty)
    assert await migrate.current(engine) == migrate.newest()
    await engine.dispose()


async def test_two_processes_that_start_at_once_both_find_it_done(empty: str) -> None:
    program = f"import asyncio; from storage import migrate; asyncio.run(migrate.upgrade({empty!r}))"
    both = [await asyncio.create_subprocess_exec(sys.executable, "-c", program, cwd=ROOT) for _process in range(2)]
    assert [await process.wait() for process in both] == [0, 0]
    assert await look(empty, tables) == set(metadata.tables)


async def test_a_database_that_is_not_ours_yet_stands_nowhere(empty: str) -> None:
    engine = write_engine(empty)
    assert await migrate.current(engine) is None
    await engine.dispose()
