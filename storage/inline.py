"""SQLite's statements run where they are called; only a commit is handed to aiosqlite's thread.

A hop to a thread and back costs as much as a small statement, and SQLAlchemy makes four hops for each. Two things may
last: the commit, until the disk has it, and taking the lock, which another process may hold. For the lock we ask again
and again, and others go on meanwhile (docs/adr/0007-sqlite-runs-where-it-is-called.md).
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import aiosqlite

LOCK = "BEGIN IMMEDIATE"
PATIENCE = 10.0  # seconds another process may hold the file
PAUSE = 0.005
CHUNK = 64  # rows that a cursor without fetchall would read ahead: aiosqlite's own number


class Inline(aiosqlite.Connection):
    async def _connect(self) -> aiosqlite.Connection:
        try:
            return await super()._connect()
        except BaseException:
            self._thread.join(1)  # it has been told to stop; its last word must not come after the loop is closed
            raise

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Every call of aiosqlite's connections and cursors passes here."""
        if fn.__name__ == "commit":
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        if args[:1] == (LOCK,):
            return await _locked(fn, *args)
        self._conn  # noqa: B018 raises for a closed connection, as a hop would
        return fn(*args, **kwargs)


async def _locked(begin: Callable[..., Any], *args: Any) -> Any:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return begin(*args)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        await asyncio.sleep(PAUSE)


def connect(database: str, **settings: Any) -> Inline:
    def opened() -> sqlite3.Connection:
        opening: sqlite3.Connection = sqlite3.connect(database, **{**settings, "check_same_thread": False})
        return opening

    connection = Inline(opened, CHUNK)
    connection._thread.daemon = True  # noqa: SLF001 as SQLAlchemy does: a forgotten connection must not hold up the end
    return connection
