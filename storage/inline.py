"""SQLite's calls run where they are made; only what may last is handed to aiosqlite's thread.

A hop to a thread and back costs as much as a small statement, and SQLAlchemy makes four hops for each. Of the writer
two things may last: the commit, until the disk has it, and taking the lock, which another process may hold. For the
lock we ask again and again, and others go on meanwhile. Of a reader its queries may last, and nothing else
(docs/adr/0007-sqlite-runs-where-it-is-called.md).
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import aiosqlite

BEGIN, LOCK = "BEGIN", "BEGIN IMMEDIATE"  # of a reader, which waits for nobody; of the writer
PATIENCE = 10.0  # seconds another process may hold the file
PAUSE = 0.005
CHUNK = 64  # rows that a cursor without fetchall would read ahead: aiosqlite's own number


class Inline(aiosqlite.Connection):
    """Of the writer."""

    lasting = frozenset({"commit"})

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        # What the thread has not ended yet, though nobody may wait for it any more: whoever did was cancelled.
        self._under_way: set[object] = set()

    async def _connect(self) -> aiosqlite.Connection:
        try:
            return await super()._connect()
        except BaseException:
            self._thread.join(1)  # it has been told to stop; its last word must not come after the loop is closed
            raise

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Every call of aiosqlite's connections and cursors passes here."""
        if self._under_way or (fn.__name__ in self.lasting and args[:1] != (BEGIN,)):
            return await super()._execute(self._handed(fn), *args, **kwargs)  # type: ignore[no-untyped-call]
        if args[:1] == (LOCK,):
            return await _locked(fn, *args)
        self._conn  # noqa: B018 raises for a closed connection, as a hop would
        return fn(*args, **kwargs)

    def _handed(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        """SQLite must not be called from two threads at once: until this has ended, everything is handed over."""
        token = object()
        self._under_way.add(token)

        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return fn(*args, **kwargs)
            finally:
                self._under_way.discard(token)

        return call


class Reading(Inline):
    lasting = frozenset({"execute", "fetchall", "fetchmany", "fetchone"})


T = TypeVar("T", bound=Inline)


async def _locked(begin: Callable[..., Any], *args: Any) -> Any:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return begin(*args)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        await asyncio.sleep(PAUSE)


def writer(database: str, **settings: Any) -> Inline:
    return _connect(Inline, database, settings)


def reader(database: str, **settings: Any) -> Reading:
    return _connect(Reading, database, settings)


def _connect(kind: type[T], database: str, settings: Mapping[str, Any]) -> T:
    def opened() -> sqlite3.Connection:
        opening: sqlite3.Connection = sqlite3.connect(database, **{**settings, "check_same_thread": False})
        return opening

    connection = kind(opened, CHUNK)
    connection._thread.daemon = True  # noqa: SLF001 as SQLAlchemy does: a forgotten connection must not hold up the end
    return connection
