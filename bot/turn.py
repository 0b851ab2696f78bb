"""One batch of turns: waiting messages in, conversations played, answers out, in one transaction."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.channels.port import Channel
from bot.clock import Clock
from bot.errands import carry_out, errands_in, passing
from bot.sheet import Sheet
from conversations import tap
from conversations.contact import Contact, Mark
from conversations.group_herald import GroupHerald
from conversations.group_reception import GroupReception
from conversations.herald import Herald, Postponed
from conversations.message import Incoming, Outgoing
from conversations.reception import Reception
from conversations.registry import Registry
from conversations.world import World
from domain.links import Links
from locales import _, use
from storage import passing_on, queue, turns
from storage.jsontext import loads
from storage.tables.turns import SELF

log = structlog.get_logger()
MOST = 256  # messages in one batch
LONGEST = 0.05  # seconds of playing after which the batch is committed


@dataclass(slots=True)
class Worker:
    """Plays what waits. `wake` is called after a commit with the ids of the addresses that were written to."""

    engine: AsyncEngine
    channels: Mapping[str, Channel]
    registry: Registry
    clock: Clock
    zone: ZoneInfo
    wake: Callable[[Collection[int]], None]
    links: Links = field(default_factory=Links)

    async def batch(self) -> int:
        """Plays one batch; answers how many messages it took. Raises database errors: then nothing happened."""
        async with self.engine.begin() as db:
            rows = await queue.claim(db, now=self.clock.now(), most=MOST)
            if not rows:
                return 0
            errands = errands_in(rows)
            sheet = await self._sheet(db, rows)
            played = await self._play_all(db, sheet, [row for row in rows if row not in errands])
        for row in errands:
            await carry_out(self.engine, row, self.clock.now())
        self.wake(sheet.addresses)
        return played + len(errands)

    async def at_once(self, db: AsyncConnection, rows: Sequence[queue.Waiting]) -> None:
        """Plays these in a transaction that the caller commits, who answers with what they bring."""
        await self._play_all(db, await self._sheet(db, rows), rows)

    async def drain(self) -> int:
        """Plays until nothing waits."""
        total = 0
        while played := await self.batch():
            total += played
        return total

    async def _sheet(self, db: AsyncConnection, rows: Sequence[queue.Waiting]) -> Sheet:
        return Sheet(self.clock.now(), await turns.active_runs(db, people_ids={row.person_id for row in rows}))

    async def _play_all(self, db: AsyncConnection, sheet: Sheet, rows: Sequence[queue.Waiting]) -> int:
        until = time.monotonic() + LONGEST
        done: list[int] = []
        taken = 0
        for row in rows:
            taken += 1
            if _strayed(row):
                await passing_on.pass_on(db, row=row)
            elif await self._play(db, sheet, row):
                done.append(row.id)
            if time.monotonic() > until:
                break
        await sheet.write(db)
        await turns.done(db, inbox_ids=done)
        return taken

    async def _play(self, db: AsyncConnection, sheet: Sheet, row: queue.Waiting) -> bool:
        """Answers whether the message is done; a parked or postponed one is not."""
        if row.erased and row.channel == SELF:
            return True  # they asked to be forgotten: nobody is there to be told
        contact = sheet.contact(row)
        if contact is None:
            await turns.park(db, inbox_id=row.id, error="there is no address to answer to")
            return False
        saved = contact.mark()
        world = World(db, sheet.now, self.zone, row.person_id, row.channel, self.links)
        try:
            await self._receive(db, sheet, contact, world, row)
            await world.keep()
        except Postponed as later:
            await world.undo()
            contact.restore(saved)
            await turns.postpone(db, inbox_id=row.id, due_at=later.until)
            return False
        except DBAPIError as error:
            if error.connection_invalidated or passing(error):
                raise  # the database, not the message: nothing is parked, the whole batch is tried again
            await self._parked(db, contact, saved, world, row, error)
            return False
        except Exception as error:
            await self._parked(db, contact, saved, world, row, error)
            return False
        return True

    async def _receive(
        self, db: AsyncConnection, sheet: Sheet, contact: Contact, world: World, row: queue.Waiting
    ) -> None:
        raw = loads(row.payload)
        if row.channel == SELF:
            return await self._announce(contact, world, raw)
        message = self.channels[row.channel].parse(raw)
        if message.tap is not None and row.renumbered:
            message = message._replace(tap=tap.renumbered(message.tap, row.renumbered))
        if message.group is not None:
            world.private = False
            await GroupReception(contact, world).receive(message, message.group)
        if message.callback is None or world.private:  # who presses a button in a group need not want our letters
            await self._note_address(db, contact, message, row)
        if world.private:
            await Reception(self.registry, contact, world).receive(message)

    async def _announce(self, contact: Contact, world: World, raw: dict[str, Any]) -> None:
        if "chat" in raw:
            world.private = False
            return await GroupHerald(contact, world).announce(raw["chat"])
        await Herald(self.registry, contact, world).announce(raw)

    async def _note_address(self, db: AsyncConnection, contact: Contact, message: Incoming, row: queue.Waiting) -> None:
        address_id = contact.address.address_id
        if message.left:
            await turns.mark_left(db, address_id=address_id, left_at=self.clock.now())
            other = await turns.other_address(db, person_id=row.person_id)
            contact.last_address_id = other or address_id
        elif row.left:
            await turns.mark_left(db, address_id=address_id, left_at=None)

    async def _parked(
        self, db: AsyncConnection, contact: Contact, saved: Mark, world: World, row: queue.Waiting, error: Exception
    ) -> None:
        await world.undo()
        contact.restore(saved)
        where = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__} at {where.filename.rsplit('/', 1)[-1]}:{where.lineno}"
        log.error("parked", inbox_id=row.id, reason=reason)
        await turns.park(db, inbox_id=row.id, error=reason)
        if row.channel != SELF and world.private:
            with use(contact.person.speaks):
                contact.send(
                    Outgoing(_("Something went wrong on our side. Nothing is lost; the coordinator will look at it."))
                )


def _strayed(row: queue.Waiting) -> bool:
    """The address belongs to another person by now; what we had for somebody forgotten is told to nobody."""
    return row.owner_id not in (None, row.person_id) and not (row.erased and row.channel == SELF)
