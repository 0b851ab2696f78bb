"""What the program itself begins: news, reminders, a question left lying, the result of slow work."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from conversations import link_words, menu
from conversations.floor import Floor
from conversations.message import Incoming, Outgoing
from conversations.performance import Performance
from conversations.registry import Entry
from conversations.replay import ANSWER
from conversations.run import Run
from domain import reminders
from locales import use

GUEST_STAYS = timedelta(hours=1)
SILENT = timedelta(hours=12)  # a question left that long gives way to something new


class Postponed(Exception):
    """Not now: it is night, or they had a reminder today. The message comes again at `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(str(until))


class Herald(Floor):
    """Speaks in the person's own turn, so in their language, and only while it is still true."""

    __slots__ = ()

    async def announce(self, raw: dict[str, Any]) -> None:
        """What a sweep, a worker, or somebody else's action has for this person. Raises Postponed."""
        with use(self.contact.person.speaks):
            if "result" in raw:
                return await self._result(raw["result"])
            if "expire" in raw:
                return await self._expire(raw["expire"])
            if link_words.about(raw):
                return await self._linked(raw)
            if "tell" in raw:
                return await self._told(self.registry[raw["tell"]], raw["args"])
            await self._remind(raw)

    async def _told(self, entry: Entry, args: dict[str, Any]) -> None:
        self._wait_for_morning(self.contact.reminded_at if entry.reminder else None, office=entry.office_hours)
        front, said = self.contact.front, len(self.contact.outgoing)
        self._wait_for_guest(front)
        if front is not None and not await self.still(front):
            front = None
        run = await self._alike(entry, args) or self.new(entry, args)
        self._replace(entry, run)
        front = self.contact.front
        busy = front not in (None, run) and self.world.now - front.touched_at < SILENT
        if busy and not entry.notice:
            return  # it waits, and is offered when the conversation in front ends
        self.to_front(run)
        await Performance(self.registry, self.contact, self.world).play(run)
        if entry.reminder and len(self.contact.outgoing) > said:
            self._was_reminded()
        if not run.active and front is not None and front is not run:
            front.state = "front"

    async def _alike(self, entry: Entry, args: dict[str, Any]) -> Run | None:
        """What was asked before and is not true any more is not asked once more: its trail would say that it is."""
        run = self.same(entry.name, args)
        return run if run is not None and await self.still(run) else None

    def _replace(self, entry: Entry, run: Run) -> None:
        for old in self.contact.runs:
            if old.active and (old.conversation, old.args) == (entry.instead_of, run.args):
                old.state, run.shown = "expired", old.shown

    def _wait_for_morning(self, last: datetime | None, *, office: bool = False) -> None:
        until = reminders.next_allowed(self.world.now, last, self.world.zone, office=office)
        if until > self.world.now:
            raise Postponed(until)

    def _wait_for_guest(self, front: Run | None) -> None:
        """What concerns the owner of a phone is not shown to the neighbour who has it in hand."""
        guest = front is not None and self.registry[front.conversation].guest
        if guest and front is not None and self.world.now - front.touched_at < GUEST_STAYS:
            raise Postponed(front.touched_at + GUEST_STAYS)

    def _was_reminded(self) -> None:
        self.contact.reminded_at = self.world.now
        self.contact.change(reminded_at=self.world.now)

    async def _remind(self, raw: dict[str, Any]) -> None:
        """ "nudge" asks once whether to go on with what was left lying; "offer" names what has waited long. To whoever
        gets it either is a reminder like any other, and there is one a day."""
        [(what, number)] = raw.items()
        run = self.contact.find(number)
        if run is None or (what == "nudge" and run.warned_at is not None):
            return
        if not await self.still(run):
            return
        self._wait_for_morning(self.contact.reminded_at, office=self.registry[run.conversation].office_hours)
        if what == "nudge":
            run.warned_at = self.world.now
            self.contact.send(await menu.nudge(self.registry, self.world, run))
            self._was_reminded()
        elif run.state == "waiting" and not self._asked_already(run):
            self.contact.send(await menu.offer(self.registry, self.world, run))
            self._was_reminded()

    def _asked_already(self, run: Run) -> bool:
        """They saw the question and left it; where nobody is asked once more the next reminder is enough."""
        said = any(kind == ANSWER for kind, *_rest in run.trail)
        return self.registry[run.conversation].nudge_after is None and run.shown is not None and not said

    async def _expire(self, number: int) -> None:
        """Ends what was left lying; the conversation says how its answers are kept as partial."""
        run = self.contact.find(number)
        if run is None:
            return
        entry = self.registry[run.conversation]
        if entry.on_expiry is not None:
            db = await self.world.open()
            await entry.on_expiry(db, self.contact.person, run.trail, run.args, self.world.now)
        run.state = "expired"

    async def _linked(self, raw: dict[str, Any]) -> None:
        """Two phones were joined or parted: said at once, day or night, and then what is in front here now."""
        if link_words.warns(raw):
            self.contact.send(link_words.warning(raw))
            return
        note, front = link_words.done(raw), self.contact.front
        if front is not None and await self.still(front):
            await self.play(front, None, note)
        elif self.contact.person.welcomed:
            self.contact.send(await menu.menu(self.registry, self.contact, self.world, note))
        else:
            self.contact.send(Outgoing(note))

    async def _result(self, result: dict[str, Any]) -> None:
        run = self.contact.find(int(result.get("run", 0)))
        if run is not None and run.pending == result.get("key"):
            self.to_front(run)
            await self.play(run, Incoming(result=result))
