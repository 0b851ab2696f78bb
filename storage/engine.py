"""Opens the database: one writer with immediate transactions on SQLite, a pool on PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import inline

# Errors are made with hide_parameters: what a person wrote stands in no message of theirs.
# A frozen worker must not hold people for ever: PostgreSQL ends its transaction, and with it the row locks.
SERVER_SETTINGS = {
    "idle_in_transaction_session_timeout": "10000",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "timezone": "UTC",
}
# Last: from then on the lock is waited for by us, not by SQLite, which would hold up everything else meanwhile.
WRITER = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=0")


def write_engine(url: str) -> AsyncEngine:
    """The engine of turns and sweeps."""
    if not is_sqlite(url):
        return _postgresql(url)
    connecting = {"timeout": inline.PATIENCE, "async_creator_fn": inline.connect}
    engine = create_async_engine(url, hide_parameters=True, pool_size=1, max_overflow=0, connect_args=connecting)
    _prepare(engine, begin=inline.LOCK, pragmas=WRITER)
    return engine


def read_engine(url: str) -> AsyncEngine:
    """The engine of pages and figures: it cannot write."""
    if not is_sqlite(url):
        return _postgresql(url)
    engine = create_async_engine(url, hide_parameters=True, connect_args={"timeout": inline.PATIENCE})
    _prepare(engine, begin="BEGIN", pragmas=("query_only=ON",))
    return engine


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _postgresql(url: str) -> AsyncEngine:
    settings = {"server_settings": SERVER_SETTINGS}
    return create_async_engine(url, hide_parameters=True, pool_size=10, pool_pre_ping=True, connect_args=settings)


def _set(connection: Any, pragma: str) -> None:
    """Two processes that open a new file at once both turn it to WAL, and for that SQLite waits for nobody."""
    until = time.monotonic() + inline.PATIENCE
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(inline.PAUSE)


def _prepare(engine: AsyncEngine, *, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        # Python's own BEGIN is deferred: a read that later writes would fail at once with SQLITE_BUSY_SNAPSHOT.
        connection.isolation_level = None
        for pragma in pragmas:
            _set(connection, pragma)

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql(begin)
