"""Decides what a message means: a command, a button, a link, or the answer to the question in front."""

from __future__ import annotations

from typing import Any

from conversations import controls, menu, odd, refusals, tap, trail
from conversations.floor import Floor
from conversations.message import Incoming, Outgoing
from conversations.registry import Entry
from conversations.replay import ANSWER, goes_back
from conversations.run import Run
from domain import codes
from domain import people as rules
from domain.refusal import Refused
from locales import LANGUAGES, _, use
from storage import roles

FIRST = ("welcome", "language")  # what a stranger is asked: they may type their code instead


class Reception(Floor):
    """Answers whatever a person sends."""

    __slots__ = ()

    async def receive(self, message: Incoming) -> None:
        person = self.contact.person
        person.phone_language = message.language or person.phone_language
        with use(person.speaks):
            await self._receive(message)

    async def _receive(self, message: Incoming) -> None:
        if message.left is not None:
            return  # the turn has noted it; there is nothing to say to a closed door
        if message.tap is not None:
            return await self._tapped(message, tap.read(message.tap))
        if message.start is not None:
            return await self._linked(message.start)
        command = controls.command(message.text) if message.text else None
        if command is not None:
            return await self._command(command)
        await self._said(message)

    async def _said(self, message: Incoming) -> None:
        code = self._code(message)
        if code is not None:
            return await self._linked(code)
        front, strange = self.contact.front, odd.words(message)
        if front is not None:
            taken = await self.play(front, None if strange else message, note=strange)
            if not taken:
                await self.play(front, None, note=_("Let us go on from here."))
        elif not self.contact.person.welcomed:
            await self.start("welcome", {})
        else:
            note = strange or _("Thank you. I am a small program and did not understand that.")
            self.contact.send(await menu.menu(self.registry, self.contact, self.world, note))

    def _code(self, message: Incoming) -> str | None:
        """A code from a slip of paper, typed by itself where no question waits: what its link would carry."""
        digits = codes.read(message.text or "")
        entry = self.registry.by_digits(len(digits)) if digits else None
        front = self.contact.front
        asked = front is not None and (front.conversation, front.pending) != FIRST
        return None if entry is None or asked else f"{entry.link}{digits}"

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
            self.contact.send(await menu.offer(self.registry, self.world, run))
            return
        if pressed.key != run.pending:
            return await self._answered_before(run, message, pressed)
        self._acknowledge(message)
        await self.play(run, message)

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
            await self.play(front, None, note=note + " " + _("We are here now:"))
        else:
            self.contact.send(await menu.menu(self.registry, self.contact, self.world, note))

    async def _moved(self, run: Run, pressed: tap.Tap) -> None:
        if pressed.value == tap.CANCEL:
            return await self._cancel(run)
        self.to_front(run)
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
            case "page":
                await self._page(tap.number(pressed.value) or 0)
            case "more":
                self.contact.send(await menu.more(self.registry, self.contact, self.world))
            case "language" | "help" | "menu":
                await self._command(pressed.key)
            case _:
                await self._old_button(Incoming())

    async def _page(self, number: int) -> None:
        """Shows what was asked once more, with another page of its buttons."""
        said, front = len(self.contact.outgoing), self.contact.front
        if front is not None:
            await self.play(front)
        else:
            await self._menu()
        for _seq, message, _door in self.contact.outgoing[said:]:
            message.page = number

    async def _go(self, number: int) -> None:
        run = self.contact.find(number)
        if await self._guest(run):
            return
        if run is None or not await self.still(run):
            return await self._old_button(Incoming())
        self.to_front(run)
        await self.play(run)

    # commands

    async def _command(self, command: str) -> None:
        front = self.contact.front
        if command in (controls.MYDATA, controls.FORGET) and await self._guest():
            return
        match command:
            case controls.BACK if front is not None:
                await self._back(front)
            case controls.CANCEL if front is not None:
                await self._cancel(front)
            case controls.HELP:
                self.contact.send(menu.help_(self.registry, self.contact))
                if front is not None:
                    await self.play(front)
            case controls.LANGUAGE:
                self.contact.send(menu.languages())
            case controls.MYDATA:
                await self.start("my_data", {})
            case controls.FORGET:
                await self.start("forget", {})
            case _:
                await self._menu()

    async def _guest(self, run: Run | None = None) -> bool:
        """Whether another person has this phone in hand; then they are told to end first what they began."""
        front = self.contact.front
        if front is None or front is run or not self.registry[front.conversation].guest:
            return False
        await self.play(front, note=_("Another person is speaking on this phone. Finish it first, or stop it: /cancel"))
        return True

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
                await self.play(front)
            else:
                await self._menu()

    async def _back(self, run: Run) -> None:
        if goes_back(run.draft) and run.pending is not None:
            await self.play(run, Incoming(tap=tap.data(run.number, run.pending, tap.BACK)))
            return
        try:
            run.trail = trail.back(run.trail)
        except trail.Wall:
            return await self._walled(run)
        except LookupError:
            await self.play(run, None, note=_("This is the first question."))
            return
        run.pending, run.draft = None, None
        await self.play(run)

    async def _cut(self, run: Run, key: str) -> None:
        try:
            run.trail = trail.cut(run.trail, key)
        except trail.Wall:
            return await self._walled(run)
        except LookupError:
            return await self._old_button(Incoming())
        run.pending, run.draft = None, None
        await self.play(run)

    async def _walled(self, run: Run) -> None:
        note = _("What came before is saved already. You can change it from the /menu; here we go on:")
        await self.play(run, None, note=note)

    async def _cancel(self, run: Run) -> None:
        run.state, run.touched_at = "cancelled", self.world.now
        self.contact.send(Outgoing(_("Stopped. Whenever you like: /menu"), closes=run.shown))
        run.shown = None
        await self.next_in_line()

    # beginnings

    async def _begin(self, name: str) -> None:
        entry = self.registry.get(name)
        if entry is None or not entry.in_menu:  # a button that we never showed
            return await self._old_button(Incoming())
        if await self._guest():
            return
        if entry.needs_welcome and not self.contact.person.welcomed:
            return await self.start("welcome", {})
        held = await roles.held(await self.world.open(), person_id=self.contact.person.id)
        if entry.action is not None and not rules.may(held, entry.action):
            self.contact.send(Outgoing(refusals.words(Refused("not_allowed"))))
            return
        await self.start(name, {})

    async def _linked(self, payload: str) -> None:
        entry = self.registry.by_link(payload) if payload else None
        if entry is not None:
            args = {"link": payload}
            self._drop_begun(entry, args)
            return await self.start(entry.name, args)
        if not self.contact.person.welcomed:
            return await self.start("welcome", {})
        await self._menu()

    def _drop_begun(self, entry: Entry, args: dict[str, Any]) -> None:
        """Of many links, the last one pressed is meant; what has an answer in it stays."""
        for run in self.contact.runs:
            begun = run.active and run.conversation == entry.name and run.args != args
            if begun and not any(kind == ANSWER for kind, *_rest in run.trail):
                run.state = "expired"


def _plain(recorded: Any) -> str | int:
    if isinstance(recorded, bool):
        return "yes" if recorded else "no"
    return recorded if isinstance(recorded, str | int) else ""
