"""A channel that only remembers what it was given, and an outbox to write into."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.port import Ack, Envelope, Outcome, Raw, Sent, Target
from bot.outbox import Sender
from conversations.message import Incoming, Outgoing
from storage.jsontext import dumps
from storage.tables.people import addresses, people
from storage.tables.turns import outbox

START = datetime(2026, 11, 1, 12, tzinfo=UTC)


async def eventually(happened: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await happened():  # noqa: ASYNC110 there is no event for what another task writes
            await asyncio.sleep(0.01)


@dataclass
class Post:
    """`answers` holds what becomes of a text, attempt by attempt; anything else arrives. `gate` holds sends back."""

    name: str = "post:1"
    rate: float = 1000.0
    answers: dict[str, list[Outcome]] = field(default_factory=dict)
    gate: asyncio.Event | None = None
    sent: list[tuple[str, str]] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    acked: list[Ack] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0
    _refs: Any = field(default_factory=lambda: count(100))

    @property
    def texts(self) -> list[str]:
        return [text for _to, text in self.sent]

    async def busy(self, sends: int) -> None:
        """Until so many were under way at the same time."""

        async def happened() -> bool:
            return self.most_at_once >= sends

        await eventually(happened)

    async def send(self, target: Target, message: Outgoing) -> Outcome:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        if self.gate is not None:
            await self.gate.wait()
        self._at_once -= 1
        self.sent.append((target.external, message.text))
        self.targets.append(target)
        planned = self.answers.get(message.text)
        return planned.pop(0) if planned else Sent(target.edits or str(next(self._refs)))

    def in_group(self, external: str) -> bool:
        return external.startswith("-")

    async def acknowledge(self, ack: Ack) -> None:
        self.acked.append(ack)

    def envelope(self, raw: Raw) -> Envelope:
        raise NotImplementedError

    def parse(self, raw: Raw) -> Incoming:
        raise NotImplementedError

    async def fetch(self, ref: str, limit: int) -> bytes:
        raise NotImplementedError


@dataclass
class Office:
    """Writes letters as a turn does, and looks at what became of them."""

    engine: AsyncEngine
    post: Post = field(default_factory=Post)
    time: datetime = START
    _seqs: dict[str, int] = field(default_factory=dict)
    _people: dict[str, tuple[int, int]] = field(default_factory=dict)

    def sender(self, *, alone: bool = False, **channels: Post) -> Sender:
        return Sender(
            self.engine,
            {each.name: each for each in channels.values()} or {self.post.name: self.post},
            alone=alone,
            now=lambda: self.time,
        )

    async def later(self, sender: Sender, **by: float) -> None:
        self.time += timedelta(**by)
        await sender.drain()

    async def write(self, to: str, text: str, *, lane: int = 0, **outgoing: Any) -> int:
        return await self.put(to, "message", Outgoing(text, **outgoing).to_json(), lane=lane)

    async def ack(self, to: str, callback: str, *, lasts: float = 10) -> int:
        return await self.put(to, "ack", {"callback": callback}, expires_at=self.time + timedelta(seconds=lasts))

    async def put(self, to: str, kind: str, payload: Any, **columns: Any) -> int:
        person_id, address_id = self._people.get(to) or await self._move_in(to)
        seq = self._seqs[to] = self._seqs.get(to, 0) + 1
        row = {"lane": 0, "status": "pending", "created_at": self.time, "payload": dumps(payload), **columns}
        ids = {"person_id": person_id, "address_id": address_id, "seq": seq, "kind": kind}
        async with self.engine.begin() as db:
            await db.execute(insert(outbox), [{**row, **ids}])
        return seq

    async def _move_in(self, name: str) -> tuple[int, int]:
        async with self.engine.begin() as db:
            new = insert(people).values(created_at=self.time).returning(people.c.id)
            person_id = (await db.execute(new)).scalar_one()
            address = {"channel": self.post.name, "external": name, "person_id": person_id}
            home = insert(addresses).values(**address).returning(addresses.c.id)
            address_id = (await db.execute(home)).scalar_one()
        self._people[name] = (person_id, address_id)
        return self._people[name]

    async def came_back(self, name: str) -> None:
        async with self.engine.begin() as db:
            await db.execute(update(addresses).where(addresses.c.external == name).values(left_at=None))

    async def status(self, to: str) -> list[str]:
        return [row.status for row in await self.rows(to)]

    async def until(self, to: str, status: str) -> None:
        async def happened() -> bool:
            return (await self.status(to))[-1] == status

        await eventually(happened)

    async def rows(self, to: str) -> list[Any]:
        async with self.engine.begin() as db:
            mine = select(outbox).where(outbox.c.address_id == self._people[to][1])
            return list(await db.execute(mine.order_by(outbox.c.seq)))
