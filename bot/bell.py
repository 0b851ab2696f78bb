"""Wakes those who wait for a row: an event in one process, LISTEN/NOTIFY between several on PostgreSQL.

A ring may get lost (a connection breaks, a process starts late), so every listener also looks by itself now and then.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from types import TracebackType
from typing import Any, Protocol, Self

import asyncpg  # type: ignore[import-untyped]

CHANNEL = "mrgvali"
EVERYBODY = "*"
AGAIN_AFTER = 2.0
CHECK_AFTER = 10.0


class Ear:
    """One listener's own event: a condition shared by clients breaks when one of them leaves."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Returns when rung since the last wait, or after `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        self._rung.clear()


class Bell(Protocol):
    """`ring` is called after the commit; without a name it wakes everybody.

    `closed` tells long answers to end, so that the program can stop.
    """

    closed: bool

    def ring(self, *names: str) -> None: ...

    def listen(self, name: str, ear: Ear | None = None) -> AbstractContextManager[Ear]: ...

    def close(self) -> None: ...


class LocalBell:
    def __init__(self) -> None:
        self.closed = False
        self._ears: defaultdict[str, set[Ear]] = defaultdict(set)

    def ring(self, *names: str) -> None:
        for name in names or tuple(self._ears):
            for ear in self._ears.get(name, ()):
                ear.ring()

    @contextmanager
    def listen(self, name: str, ear: Ear | None = None) -> Iterator[Ear]:
        """One ear may listen for several names."""
        ear = ear or Ear()
        self._ears[name].add(ear)
        try:
            yield ear
        finally:
            self._ears[name].discard(ear)
            if not self._ears[name]:
                del self._ears[name]

    def close(self) -> None:
        self.closed = True
        LocalBell.ring(self)


class PostgresBell(LocalBell):
    """Rings in this process at once and in the others through one connection of its own.

    `async with PostgresBell(dsn) as bell`, where dsn is "postgresql://…" as asyncpg reads it.
    """

    def __init__(self, dsn: str) -> None:
        super().__init__()
        self._dsn = dsn
        self._told: asyncio.Queue[str] = asyncio.Queue(maxsize=10_000)
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="bell")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def ring(self, *names: str) -> None:
        super().ring(*names)
        for name in names or (EVERYBODY,):
            with suppress(asyncio.QueueFull):  # the others look by themselves
                self._told.put_nowait(name)

    async def _run(self) -> None:
        while True:
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._connected()
            await asyncio.sleep(AGAIN_AFTER)

    async def _connected(self) -> None:
        connection = await asyncpg.connect(self._dsn, timeout=10)
        try:
            connection.add_termination_listener(self._broken)
            await connection.add_listener(CHANNEL, self._heard)
            LocalBell.ring(self)  # whatever was rung while the line was down
            while not connection.is_closed():
                await self._pass_on(connection)
        finally:
            connection.terminate()

    async def _pass_on(self, connection: asyncpg.Connection[Any]) -> None:
        try:
            names = {await asyncio.wait_for(self._told.get(), CHECK_AFTER)}
        except TimeoutError:
            await connection.execute("SELECT 1", timeout=CHECK_AFTER)  # a line that hears nothing may be dead
            return
        while not self._told.empty():
            names.add(self._told.get_nowait())
        try:
            await connection.execute("SELECT pg_notify($1, name) FROM unnest($2::text[]) AS name", CHANNEL, list(names))
        except BaseException:
            self._broken(connection)
            raise

    def _broken(self, _connection: object) -> None:
        """Whoever was not told is told together with all the others, once there is a line again."""
        with suppress(asyncio.QueueFull):
            self._told.put_nowait(EVERYBODY)

    def _heard(self, _connection: object, _pid: int, _channel: str, name: object) -> None:
        LocalBell.ring(self, *(() if name == EVERYBODY else (str(name),)))
