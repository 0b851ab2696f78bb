"""SQLite without hops: the loop goes on while another process holds the lock, and a commit is one for everybody."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage import inline
from storage.engine import read_engine, write_engine

SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n ORDER BY i DESC"


@pytest.fixture
def other(tmp_path: Path) -> sqlite3.Connection:
    """Another process's connection to the same file."""
    return sqlite3.connect(tmp_path / "shared.db", isolation_level=None, check_same_thread=False)


async def test_the_lock_is_waited_for_while_the_loop_goes_on(tmp_path: Path, other: sqlite3.Connection) -> None:
    engine = write_engine(f"sqlite+aiosqlite:///{tmp_path}/shared.db")
    async with engine.begin():
        pass  # a new file turns to WAL when it is opened first, and for that nobody waits
    other.execute("CREATE TABLE notes (words TEXT)")
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with engine.begin() as db:
            await db.execute(text("INSERT INTO notes VALUES ('ours')"))

    async with asyncio.timeout(30):
        writing = asyncio.create_task(write())
        for _step in range(10):
            await asyncio.sleep(0)
        assert not writing.done()
        other.execute("COMMIT")
        await writing
    assert other.execute("SELECT words FROM notes").fetchall() == [("ours",)]
    await engine.dispose()
    other.close()


async def test_a_lock_held_too_long_is_an_error(
    tmp_path: Path, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline, "PATIENCE", 0.0)
    engine = write_engine(f"sqlite+aiosqlite:///{tmp_path}/shared.db")
    async with engine.begin():
        pass
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        async with engine.begin():
            pass
    await engine.dispose()
    other.close()


async def test_who_goes_away_in_the_middle_of_a_query_hurts_nobody(tmp_path: Path) -> None:
    """The thread goes on with the query of a page that was closed: meanwhile nobody else touches its connection."""
    url = f"sqlite+aiosqlite:///{tmp_path}/shared.db"
    writer, reader, chance = write_engine(url), read_engine(url), Random(1)
    async with writer.begin():
        pass  # the file is there

    async def look() -> int:
        async with reader.connect() as db:
            return len((await db.execute(text(SLOW))).all())

    for _round in range(40):
        pages = [asyncio.create_task(look()) for _page in range(4)]
        await asyncio.sleep(chance.random() / 50)
        for page in pages:
            page.cancel()
        await asyncio.gather(*pages, return_exceptions=True)
    assert await look() == 20_000
    await reader.dispose()
    await writer.dispose()
