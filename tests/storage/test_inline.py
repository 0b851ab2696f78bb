"""SQLite without hops: the loop goes on while another process holds the lock, and a commit is one for everybody."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage import inline
from storage.engine import write_engine


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
