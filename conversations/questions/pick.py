"""One of several choices, by a tap or by typing its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from conversations import tap
from conversations.message import Incoming
from conversations.questions.base import Base
from conversations.questions.choices import WHOLE, page, searched, turned
from conversations.questions.option import Option, Options
from conversations.replay import Answer, Invalid, Redraw, Screen
from locales import _


@dataclass(slots=True)
class Pick(Base):
    options: Options = ()

    async def show(self, draft: Any) -> Screen:
        options = await self.choices(self.options)
        text = await self.words()
        if len(options) > WHOLE:
            text += "\n\n" + _("You can also type the first letters.")
        return Screen(text, page(self, options, draft))

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        options = await self.choices(self.options)
        value = self.tapped(message)
        if value is not None:
            return self._by_tap(options, value, draft)
        if message.text is not None:
            return self._by_words(options, message.text.casefold().strip())
        raise Invalid(_("Please press one of the buttons below."))

    def _by_tap(self, options: Sequence[Option], value: str, draft: Any) -> Answer | Redraw:
        page_draft = turned(value, draft)
        if page_draft is not None:
            return Redraw(page_draft)
        for option in options:
            if tap.means(value, option.value):
                return Answer(option.value, option.label)
        raise Invalid(_("That choice is no longer there. Please choose again."))

    def _by_words(self, options: Sequence[Option], typed: str) -> Answer | Redraw:
        exact = [option for option in options if option.equals(typed)]
        found = exact or searched(options, {"search": typed})
        if len(found) == 1 and (exact or len(typed) > 1):
            return Answer(found[0].value, found[0].label)
        if found and typed:
            return Redraw({"search": typed, "page": 0})
        raise Invalid(_("I did not find that. Please press one of the buttons below."))

    def describe(self, value: Any) -> str | None:
        if callable(self.options):
            return None
        return next((option.label for option in self.options if option.value == value), str(value))
