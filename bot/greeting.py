"""Somebody opens the chat, and only the answer to that very request may greet them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.channels.port import Channel, Raw
from bot.clock import Clock
from bot.turn import Worker
from conversations.message import Outgoing
from storage import greetings, inbox, queue
from storage.jsontext import dumps, loads


class Welcoming(Channel, Protocol):
    async def welcome(self, message: Outgoing) -> tuple[dict[str, Any], bool]:
        """The body of the answer, and whether the whole message is in it."""


@dataclass(frozen=True, slots=True)
class Greeter:
    """Holds the person's lock, plays the one turn, and keeps what was answered; a repeat is answered the same."""

    engine: AsyncEngine
    worker: Worker
    clock: Clock
    channel: Welcoming

    async def greet(self, raw: Raw, *, subscribed: bool) -> dict[str, Any] | None:
        """What to answer, or None for a person who is told nothing. Raises what the database raises."""
        envelope = self.channel.envelope(raw)
        if envelope.sender is None:
            return None
        payload, address_id = await self._answered(raw, envelope.external_id, envelope.sender, held=not subscribed)
        self.worker.wake([address_id])
        return None if payload is None else (await self.channel.welcome(_read(payload)))[0]

    async def _answered(self, raw: Raw, external_id: str, sender: str, *, held: bool) -> tuple[str | None, int]:
        """A newcomer is added on their own first: whoever names a person before locking them can wait for ever."""
        name, ref, now = self.channel.name, external_id[:128], self.clock.now()
        async with self.engine.begin() as db:
            await inbox.meet(db, channel=name, sender=sender, now=now)
        async with self.engine.begin() as db:
            await greetings.lock(db, channel=name, external=sender)
            received = inbox.Received(external_id, sender, dumps(raw))
            await inbox.keep(db, channel=name, received=[received], now=now)
            kept = await greetings.kept(db, channel=name, external_id=external_id)
            await self._play(db, kept, ref, held=held)
            return await greetings.again(db, address_id=kept.address_id, ref=ref), kept.address_id

    async def _play(self, db: AsyncConnection, kept: greetings.Kept, ref: str, *, held: bool) -> None:
        """Nothing is left to play of a repeat."""
        waiting = await queue.of_person(db, person_id=kept.person_id, now=self.clock.now())
        rows = [row for row in waiting if row.id == kept.id]
        if not rows:
            return
        await self.worker.at_once(db, rows)
        if held:
            await greetings.hold(db, address_id=kept.address_id)
        written = await greetings.first(db, person_id=kept.person_id, address_id=kept.address_id, after=rows[0].seq)
        if written is not None:
            _body, whole = await self.channel.welcome(_read(written.payload))
            await greetings.said(db, outbox_id=written.id, ref=ref, whole=whole, now=self.clock.now())


def _read(payload: str) -> Outgoing:
    return Outgoing.from_json(loads(payload))
