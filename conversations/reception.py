"""Decides what a message means: a command, a button, a link, or the answer to the question in front."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from conversations import controls, menu, odd, refusals, tap, trail
from conversations.contact import Contact
from conversations.message import Incoming, Outgoing
from conversations.performance import Performance
from conversations.registry import Entry, Registry
from conversations.run import Run
from conversations.world import World
from domain import people as rules
from domain import reminders
from domain.refusal import Refused
from locales import LANGUAGES, _, use
from storage import roles

FALLBACK = "ka"
SILENT = timedelta(hours=12)  # a question left that long gives way to something new


class Postponed(Exception):
    """Not now: it is night, or they had a reminder today. The message comes again at `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(str(until))


@dataclass(slots=True)
class Reception:
    """One message of one person."""

    registry: Registry
    contact: Contact
    world: World

    async def receive(self, message: Incoming) -> None:
        person = self.contact.person
        person.phone_language = message.language or person.phone_language
        with use(language_of(person.language, person.phone_language)):
            await self._receive(message)

    async def _receive(self, message: Incoming) -> None:
        if message.left is not None:
            return  # the turn has noted it; there is nothing to say to a closed door
        if message.tap is not None:
            return await self._tapped(message, tap.read(message.tap))
        if message.start is not None:
            return await self._linked(message.start)
        if message.result is not None:
            return await self._result(message, message.result)
        command = controls.command(message.text) if message.text else None
        if command is not None:
            return await self._command(command)
        await self._said(message)

    async def _said(self, message: Incoming) -> None:
        front, strange = self.contact.front, odd.words(message)
        if front is not None:
            taken = await self._play(front, None if strange else message, note=strange)
            if not taken:
                await self._play(front, None, note=_("Let us go on from here."))
        elif not self.contact.person.welcomed:
            await self.start("welcome", {})
        else:
            note = strange or _("Thank you. I am a small program and did not understand that.")
            self.contact.send(await menu.menu(self.registry, self.contact, self.world, note))

    async def _play(self, run: Run, message: Incoming | None = None, note: str | None = None) -> bool:
        taken = await Performance(self.registry, self.contact, self.world).play(run, message, note)
        if self.contact.person.erased:
            self.contact.runs = [run]  # the others are gone, and nothing of them is offered
        if not run.active:
            await self._next()
        return taken

    async def _next(self) -> None:
        """When one conversation ends, what waits is offered."""
        for run in self.contact.waiting:
            if await self._still(run):
                self.contact.send(menu.offer(self.registry, run))
                return

    async def _still(self, run: Run) -> bool:
        """Whether what waits is still true; what is not ends without a word."""
        still = self.registry[run.conversation].still
        if still is None or await still(await self.world.open(), self.contact.person, run.args, self.world.now):
            return True
        run.state = "expired"
        return False

    # buttons

    async def _tapped(self, message: Incoming, pressed: tap.Tap | None) -> None:
        if pressed is not None and pressed.run == tap.SYSTEM:
            self._acknowledge(message)
            return await self._system(pressed)
        run = self.contact.find(pressed.run) if pressed is not None else None
        if pressed is None or run is None:
            return await self._old_button(message)
        if pressed.value in (tap.BACK, tap.CANCEL) or pressed.value.startswith("!to."):
            self._acknowledge(message)
            return await self._moved(run, pressed)
        if run.state == "waiting":
            self._acknowledge(message)
            self.contact.send(menu.offer(self.registry, run))
            return
        if pressed.key != run.pending:
            return await self._answered_before(run, message, pressed)
        self._acknowledge(message)
        await self._play(run, message)

    def _acknowledge(self, message: Incoming, text: str | None = None) -> None:
        if message.callback is not None:
            self.contact.acknowledge(message.callback, text)

    async def _answered_before(self, run: Run, message: Incoming, pressed: tap.Tap) -> None:
        recorded = next((entry[2] for entry in run.trail if entry[1] == pressed.key), None)
        if recorded is not None and tap.means(pressed.value, _plain(recorded)):
            return self._acknowledge(message, _("That is noted already ✓"))
        await self._old_button(message)

    async def _old_button(self, message: Incoming) -> None:
        self._acknowledge(message)
        front = self.contact.front
        note = _("That button belongs to an earlier question.")
        if front is not None:
            await self._play(front, None, note=note + " " + _("We are here now:"))
        else:
            self.contact.send(await menu.menu(self.registry, self.contact, self.world, note))

    async def _moved(self, run: Run, pressed: tap.Tap) -> None:
        if pressed.value == tap.CANCEL:
            return await self._cancel(run)
        self._to_front(run)
        if pressed.value == tap.BACK:
            return await self._back(run) if pressed.key == run.pending else await self._old_button(Incoming())
        await self._cut(run, pressed.value.removeprefix("!to."))

    async def _system(self, pressed: tap.Tap) -> None:
        match pressed.key:
            case "start":
                await self._begin(pressed.value)
            case "go":
                await self._go(tap.number(pressed.value) or 0)
            case "later":
                self.contact.send(Outgoing(_("All right. You will find it in the /menu.")))
            case "speak" if pressed.value in LANGUAGES:
                await self._speak(pressed.value)
            case "language" | "help" | "menu":
                await self._command(pressed.key)
            case _:
                await self._old_button(Incoming())

    async def _go(self, number: int) -> None:
        run = self.contact.find(number)
        if run is None or not await self._still(run):
            return await self._old_button(Incoming())
        self._to_front(run)
        await self._play(run)

    def _to_front(self, run: Run) -> None:
        front = self.contact.front
        if front is not None and front is not run:
            front.state = "waiting"
        run.state = "front"

    # commands

    async def _command(self, command: str) -> None:
        front = self.contact.front
        match command:
            case controls.BACK if front is not None:
                await self._back(front)
            case controls.CANCEL if front is not None:
                await self._cancel(front)
            case controls.HELP:
                self.contact.send(menu.help_(self.registry, self.contact))
                if front is not None:
                    await self._play(front)
            case controls.LANGUAGE:
                self.contact.send(menu.languages())
            case controls.MYDATA:
                await self.start("my_data", {})
            case controls.FORGET:
                await self.start("forget", {})
            case _:
                await self._menu()

    async def _menu(self) -> None:
        if not self.contact.person.welcomed and self.contact.front is None:
            return await self.start("welcome", {})
        self.contact.send(await menu.menu(self.registry, self.contact, self.world))

    async def _speak(self, language: str) -> None:
        self.contact.person.language = language
        self.contact.change(language=language)
        with use(language):
            front = self.contact.front
            if front is not None:
                await self._play(front)
            else:
                await self._menu()

    async def _back(self, run: Run) -> None:
        try:
            run.trail = trail.back(run.trail)
        except trail.Wall:
            return await self._walled(run)
        except LookupError:
            await self._play(run, None, note=_("This is the first question."))
            return
        run.pending, run.draft = None, None
        await self._play(run)

    async def _cut(self, run: Run, key: str) -> None:
        try:
            run.trail = trail.cut(run.trail, key)
        except trail.Wall:
            return await self._walled(run)
        except LookupError:
            return await self._old_button(Incoming())
        run.pending, run.draft = None, None
        await self._play(run)

    async def _walled(self, run: Run) -> None:
        note = _("What came before is saved already. You can change it from the /menu; here we go on:")
        await self._play(run, None, note=note)

    async def _cancel(self, run: Run) -> None:
        run.state, run.touched_at = "cancelled", self.world.now
        self.contact.send(Outgoing(_("Stopped. Whenever you like: /menu"), closes=run.shown))
        run.shown = None
        await self._next()

    # beginnings

    async def _begin(self, name: str) -> None:
        entry = self.registry.get(name)
        if entry is None or not entry.in_menu:  # a button that we never showed
            return await self._old_button(Incoming())
        held = await roles.held(await self.world.open(), person_id=self.contact.person.id)
        if entry.action is not None and not rules.may(held, entry.action):
            self.contact.send(Outgoing(refusals.words(Refused("not_allowed"))))
            return
        await self.start(name, {})

    async def _linked(self, payload: str) -> None:
        entry = self.registry.by_link(payload) if payload else None
        if entry is not None:
            return await self.start(entry.name, {"link": payload})
        if not self.contact.person.welcomed:
            return await self.start("welcome", {})
        await self._menu()

    async def start(self, name: str, args: dict[str, Any]) -> None:
        """Begins a conversation that the person asked for; the one in front waits."""
        run = self._same(name, args) or self._new(self.registry[name], args)
        self._to_front(run)
        await self._play(run)

    def _same(self, name: str, args: dict[str, Any]) -> Run | None:
        """What is asked already is not asked a second time beside itself."""
        alike = (run for run in self.contact.runs if run.active and (run.conversation, run.args) == (name, args))
        return next(alike, None)

    def _new(self, entry: Entry, args: dict[str, Any]) -> Run:
        now = self.world.now
        run = Run(self.contact.next(), entry.name, args, "waiting", now, now, entry.priority, new=True)
        self.contact.add(run)
        return run

    # what the program itself begins

    async def told_by_self(self, raw: dict[str, Any]) -> None:
        """What a sweep, a worker, or somebody else's action has for this person. Raises Postponed."""
        person = self.contact.person
        with use(language_of(person.language, person.phone_language)):
            if "result" in raw:
                return await self._result(Incoming(result=raw["result"]), raw["result"])
            if "expire" in raw:
                return await self._expire(raw["expire"])
            if "tell" in raw:
                return await self._told(self.registry[raw["tell"]], raw["args"])
            self._wait_for_morning(None)
            await self._remind(raw)

    async def _told(self, entry: Entry, args: dict[str, Any]) -> None:
        self._wait_for_morning(self.contact.reminded_at if entry.reminder else None)
        front, said = self.contact.front, len(self.contact.outgoing)
        if front is not None and not await self._still(front):
            front = None
        run = self._same(entry.name, args) or self._new(entry, args)
        busy = front not in (None, run) and self.world.now - front.touched_at < SILENT
        if busy and not entry.notice:
            return  # it waits, and is offered when the conversation in front ends
        self._to_front(run)
        await Performance(self.registry, self.contact, self.world).play(run)
        if len(self.contact.outgoing) > said:
            self._was_reminded(entry)
        if not run.active and front is not None and front is not run:
            front.state = "front"

    def _wait_for_morning(self, last: datetime | None) -> None:
        until = reminders.next_allowed(self.world.now, last, self.world.zone)
        if until > self.world.now:
            raise Postponed(until)

    def _was_reminded(self, entry: Entry) -> None:
        if entry.reminder:
            self.contact.reminded_at = self.world.now
            self.contact.change(reminded_at=self.world.now)

    async def _remind(self, raw: dict[str, Any]) -> None:
        """ "nudge" asks once whether to go on with what was left lying; "offer" names what has waited long."""
        [(what, number)] = raw.items()
        run = self.contact.find(number)
        if run is None or (what == "nudge" and run.warned_at is not None):
            return
        if what == "nudge":
            run.warned_at = self.world.now
            self.contact.send(menu.nudge(self.registry, run))
        elif run.state == "waiting":
            self.contact.send(menu.offer(self.registry, run))

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

    async def _result(self, message: Incoming, result: dict[str, Any]) -> None:
        run = self.contact.find(int(result.get("run", 0)))
        if run is not None and run.pending == result.get("key"):
            self._to_front(run)
            await self._play(run, message)


def language_of(chosen: str | None, phone: str | None) -> str:
    if chosen in LANGUAGES:
        return str(chosen)
    short = (phone or "").partition("-")[0]
    return short if short in LANGUAGES else FALLBACK


def _plain(recorded: Any) -> str | int:
    if isinstance(recorded, bool):
        return "yes" if recorded else "no"
    return recorded if isinstance(recorded, str | int) else ""
