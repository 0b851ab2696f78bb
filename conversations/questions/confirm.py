"""Yes or no, after looking at everything once more; any earlier answer can be changed from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from conversations import controls, tap
from conversations.message import Incoming
from conversations.questions.base import Base
from conversations.replay import Answer, Asked, Invalid, Redraw, Screen
from locales import _

SHOWN = 60  # characters of an answer on its button


def nothing_asked() -> Sequence[Asked]:
    return ()


@dataclass(slots=True)
class Confirm(Base):
    yes: str = ""
    no: str = ""
    asked: Callable[[], Sequence[Asked]] = nothing_asked

    async def show(self, draft: Any) -> Screen:
        if draft == "change":
            return self._answers()
        rows = [(self.button(self.yes, "yes"),), (self.button(self.no, "no"),)]
        if any(asked.title for asked in self.asked()):
            rows.append((self.button(_("✎ Change an answer"), tap.CHANGE),))
        return Screen(await self.words(), tuple(rows))

    def _answers(self) -> Screen:
        rows = [
            (self.button(f"{asked.title}: {_short(asked.label)}" if asked.label else asked.title, f"!to.{asked.key}"),)
            for asked in self.asked()
            if asked.title
        ]
        rows.append((self.button(_("Leave it as it is"), "!keep"),))
        return Screen(_("Which answer do you want to change?"), tuple(rows))

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        value = self.tapped(message)
        typed = (message.text or "").casefold().strip()
        if value == tap.CHANGE:
            return Redraw("change")
        if value == "!keep":
            return Redraw(None)
        if value == "yes" or typed == self.yes.casefold() or controls.says_yes(typed):
            return Answer(True, self.yes)
        if value == "no" or typed == self.no.casefold() or controls.says_no(typed):
            return Answer(False, self.no)
        raise Invalid(_("Please press one of the buttons below."))

    def describe(self, value: Any) -> str | None:
        return self.yes if value else self.no


def _short(label: str) -> str:
    """A button is no place for a thousand characters, and Telegram refuses a keyboard of ten thousand."""
    line = " ".join(label.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
