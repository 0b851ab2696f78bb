"""The sender: takes what waits, sends it in order and in pace, and marks what became of it.

One transaction a round marks the last results and takes the next letters; nothing is sent inside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bundles import bundle_of, receivers_of
from bot.channels.port import Ack, Again, Broadcasting, Channel, Outcome, Refused, Sent
from bot.letters import LEASE, Room, take
from bot.pacing import GROUP_PACE, ChatPace, Floods
from bot.settling import Done, settle
from bot.taken import Taken
from conversations.message import Outgoing
from storage import outbox

log = structlog.get_logger()
AT_ONCE, BROADCASTS_AT_ONCE = 30, 20
SOON, IDLE = 0.2, 0.5  # seconds between two looks: while something is under way, and otherwise
LONGEST_SEND = LEASE.total_seconds() - 10  # so that nobody else takes the letter while we still hold it
GOODBYE = 20.0
BROADCASTS_OF_ONE = 8  # at once, where a channel will not take a broadcast as one


def real_time() -> datetime:
    return datetime.now(UTC)


class Sender:
    """Pacing, leases and retries go by real time: `now` is never the domain's clock.

    `alone`: no other process sends (SQLite), so what a dead one had under way is taken up at once.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        channels: Mapping[str, Channel],
        *,
        alone: bool = False,
        chat: ChatPace = ChatPace(),  # noqa: B008 it is frozen
        group: ChatPace = GROUP_PACE,
        now: Callable[[], datetime] = real_time,
    ) -> None:
        self._engine, self._channels, self._alone, self._now = engine, channels, alone, now
        self._chat, self._group = chat, group
        self._floods = {name: Floods() for name in channels}
        self._done: dict[str, list[Done]] = {name: [] for name in channels}
        self._under_way: dict[asyncio.Task[None], list[Taken]] = {}
        self._news = asyncio.Event()
        self._begun = self._stopping = False

    def wake(self) -> None:
        """There is something new to send."""
        self._news.set()

    def stop(self) -> None:
        """`run` ends when all that is under way was sent and marked."""
        self._stopping = True
        self._news.set()

    async def run(self) -> None:
        try:
            while not self._stopping:
                await self._wait(await self._guarded_round())
        finally:
            await self._finish()

    async def drain(self) -> None:
        """Sends all that may go now; what must wait for its pace or a retry is left."""
        await self._begin()
        while await self._round() or self._under_way or any(self._done.values()):
            if self._under_way:
                await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)

    async def _guarded_round(self) -> float:
        try:
            await self._begin()
            taken = await self._round()
        except Exception:  # whatever ails the database, people wait for their answers: look again soon
            log.exception("the sender could not reach the outbox")
            return IDLE
        return SOON if taken or self._under_way else IDLE

    async def _begin(self) -> None:
        if self._begun:
            return
        async with self._engine.begin() as db:
            for name in self._channels:
                await outbox.register(db, channel=name)
                if self._alone:
                    await outbox.release(db, channel=name)
        self._begun = True

    async def _round(self) -> int:
        """Marks the results there are, takes what there is room for, and begins to send it."""
        done = {name: list(results) for name, results in self._done.items()}
        taken: list[tuple[Channel, Taken]] = []
        room = self._room()
        async with self._engine.begin() as db:
            for name, channel in self._channels.items():
                await settle(db, name, done[name], self._floods[name], self._now())
                taken += [(channel, each) for each in await take(db, channel, room, self._now())]
        for name, results in done.items():
            del self._done[name][: len(results)]
        for channel, bundle in _bundles(taken):
            self._start(channel, bundle)
        return len(taken)

    def _room(self) -> Room:
        letters = [bundle[0].letter for bundle in self._under_way.values()]
        lanes = [letter.lane for letter in letters if letter.kind == outbox.MESSAGE]
        sends = (AT_ONCE - len(lanes)) // max(1, len(self._channels))
        return Room(sends, min(sends, BROADCASTS_AT_ONCE - sum(lanes)), self._chat, self._group)

    def _start(self, channel: Channel, bundle: list[Taken]) -> None:
        task = asyncio.create_task(self._send(channel, bundle))
        self._under_way[task] = bundle
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._news.set()

    async def _send(self, channel: Channel, bundle: list[Taken]) -> None:
        outcomes = await _broadcast(channel, bundle) if len(bundle) > 1 else None
        if outcomes is not None:
            self._done[channel.name] += zip(bundle, outcomes, strict=True)
            return
        few_at_once = asyncio.Semaphore(BROADCASTS_OF_ONE)

        async def one(taken: Taken) -> None:
            async with few_at_once:
                self._done[channel.name].append((taken, taken.known or await _sent(channel, taken)))

        await asyncio.gather(*map(one, bundle))

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        self._news.clear()

    async def _finish(self) -> None:
        """A message that was sent and not marked would be sent again after the start."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=GOODBYE)
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        try:
            async with self._engine.begin() as db:
                for name, results in self._done.items():
                    await settle(db, name, results, self._floods[name], self._now())
        except Exception:
            log.exception("the last results could not be marked")


async def _sent(channel: Channel, taken: Taken) -> Outcome:
    """A channel raises nothing; should it, that letter is given up and no other suffers."""
    message, target = taken.message, taken.target
    try:
        async with asyncio.timeout(LONGEST_SEND):
            if isinstance(message, Ack):
                await channel.acknowledge(message)
                return Sent()
            if message is not None and target is not None:
                return await channel.send(target, message)
    except TimeoutError:
        return Again("it took too long")
    except Exception as error:
        log.exception("a channel failed", channel=channel.name)
        return Refused(type(error).__name__)
    return Refused("unreadable")


def _bundles(taken: list[tuple[Channel, Taken]]) -> list[tuple[Channel, list[Taken]]]:
    bundles: dict[tuple[object, ...], tuple[Channel, list[Taken]]] = {}
    for channel, each in taken:
        alone = receivers_of(channel) == 1 or each.known is not None
        key = ("alone", each.letter.id) if alone else (channel.name, *bundle_of(each.letter))
        bundles.setdefault(key, (channel, []))[1].append(each)
    return list(bundles.values())


async def _broadcast(channel: Channel, bundle: list[Taken]) -> list[Outcome] | None:
    message, targets = bundle[0].message, [each.target for each in bundle if each.target is not None]
    if not isinstance(channel, Broadcasting) or not isinstance(message, Outgoing) or len(targets) < len(bundle):
        return None
    try:
        async with asyncio.timeout(LONGEST_SEND):
            return await channel.broadcast(targets, message)
    except TimeoutError:
        return [Again("it took too long")] * len(bundle)
