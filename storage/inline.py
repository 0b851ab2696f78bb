"""SQLite's statements run where they are called; only what may wait is handed to aiosqlite's thread.

A hop to a thread and back costs as much as a small statement, and SQLAlchemy makes four hops for each. What waits is
taking the lock, which another process may hold, and the commit, which lasts until the disk has it
(docs/adr/0007-sqlite-runs-where-it-is-called.md).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

LOCK = "BEGIN IMMEDIATE"
CHUNK = 64  # rows that a cursor without fetchall would read ahead: aiosqlite's own number


class Inline(aiosqlite.Connection):
    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Every call of aiosqlite's connections and cursors passes here."""
        if fn.__name__ == "commit" or args[:1] == (LOCK,):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        self._conn  # noqa: B018 raises for a closed connection, as a hop would
        return fn(*args, **kwargs)


def connect(database: str, **settings: Any) -> Inline:
    def opened() -> sqlite3.Connection:
        opening: sqlite3.Connection = sqlite3.connect(database, **{**settings, "check_same_thread": False})
        return opening

    connection = Inline(opened, CHUNK)
    connection._thread.daemon = True  # noqa: SLF001 as SQLAlchemy does: a forgotten connection must not hold up the end
    return connection
