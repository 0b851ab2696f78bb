"""Whose turn it is among the conversations of one person: one is in front, the others wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conversations import menu, refusals
from conversations.contact import Contact
from conversations.message import Incoming, Outgoing
from conversations.performance import Performance
from conversations.registry import Entry, Registry
from conversations.run import Run
from conversations.world import World
from domain import people as rules
from domain.refusal import Refused
from storage import roles


@dataclass(slots=True)
class Floor:
    """One message of one person: what they sent (reception.py), or what we have for them (herald.py)."""

    registry: Registry
    contact: Contact
    world: World

    async def play(self, run: Run, message: Incoming | None = None, note: str | None = None) -> bool:
        if await self._lost(run):
            return True
        performance = Performance(self.registry, self.contact, self.world)
        taken = await performance.play(run, message, note)
        if self.contact.person.erased:
            self.contact.runs = [run]  # the others are gone, and nothing of them is offered
        if performance.then is not None:
            await self.start(*performance.then)
        elif not run.active:
            await self.next_in_line()
        return taken

    async def _lost(self, run: Run) -> bool:
        """A role that has ended ends what only it allowed, in the middle too: nothing more of it is shown."""
        action = self.registry[run.conversation].action
        if action is None or run.new:
            return False
        held = await roles.held(await self.world.open(), person_id=self.contact.person.id)
        if rules.may(held, action):
            return False
        run.state = "expired"
        self.contact.send(Outgoing(refusals.words(Refused("not_allowed")), closes=run.shown))
        await self.next_in_line()
        return True

    async def next_in_line(self) -> None:
        """When one conversation ends, what waits is offered."""
        for run in self.contact.waiting:
            if not menu.untouched(self.registry, run) and await self.still(run):
                self.contact.send(await menu.offer(self.registry, self.world, run))
                return

    async def still(self, run: Run) -> bool:
        """Whether what waits is still true; what is not ends without a word."""
        if await menu.stands(self.registry, self.contact, self.world, run):
            return True
        run.state = "expired"
        return False

    def to_front(self, run: Run) -> None:
        front = self.contact.front
        if front is not None and front is not run:
            front.state = "cancelled" if self.registry[front.conversation].browsing else "waiting"
        run.state = "front"

    async def start(self, name: str, args: dict[str, Any]) -> None:
        """Begins a conversation that the person asked for; the one in front waits."""
        entry = self.registry[name]
        run = (None if entry.browsing else self.same(name, args)) or self.new(entry, args)
        self.to_front(run)
        await self.play(run)

    def same(self, name: str, args: dict[str, Any]) -> Run | None:
        """What is asked already is not asked a second time beside itself."""
        alike = (run for run in self.contact.runs if run.active and (run.conversation, run.args) == (name, args))
        return next(alike, None)

    def new(self, entry: Entry, args: dict[str, Any]) -> Run:
        now = self.world.now
        run = Run(self.contact.next(), entry.name, args, "waiting", now, now, entry.priority, new=True)
        self.contact.add(run)
        return run
