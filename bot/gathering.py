"""Does for all who wait what each of them asked for: one commit, where every commit costs the same."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Gathering(Generic[T]):
    """While one round is under way the next one fills up. A round that fails fails for everybody in it."""

    def __init__(self, work: Callable[[list[T]], Awaitable[None]]) -> None:
        self._work = work
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._rounds: asyncio.Task[None] | None = None

    async def add(self, thing: T) -> None:
        """Returns when it is done; raises what prevented it."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((thing, done))
        if self._rounds is None or self._rounds.done():
            self._rounds = asyncio.create_task(self._go_on())
        await done

    async def _go_on(self) -> None:
        while self._waiting:
            now, self._waiting = self._waiting, []
            error = await self._tried([thing for thing, _done in now])
            for _thing, done in now:
                if done.done():  # whoever asked has gone
                    continue
                if error is None:
                    done.set_result(None)
                else:
                    done.set_exception(error)

    async def _tried(self, things: list[T]) -> Exception | None:
        try:
            await self._work(things)
        except Exception as error:
            return error
        return None
