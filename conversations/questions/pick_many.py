"""Several of several choices: each tap turns one on or off, in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conversations import tap
from conversations.message import Incoming
from conversations.questions.base import Base
from conversations.questions.choices import page, searched, turned
from conversations.questions.option import Option, Options
from conversations.replay import Answer, Invalid, Redraw, Screen
from locales import _, ngettext


@dataclass(slots=True)
class PickMany(Base):
    options: Options = ()
    at_least: int = 1
    at_most: int | None = None

    async def show(self, draft: Any) -> Screen:
        options = await self.choices(self.options)
        marked = (draft or {}).get("marked", [])
        done = self.button(_("Done ({count})").format(count=len(marked)), tap.DONE)
        return Screen(await self.words(), (*page(self, options, draft, marked), (done,)))

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        options = await self.choices(self.options)
        value = self.tapped(message)
        if value == tap.DONE:
            return self._finished(options, draft)
        if value is not None:
            return self._turned_or_toggled(options, value, draft)
        if message.text is not None:
            return self._searched(options, message.text.casefold().strip(), draft)
        raise Invalid(_("Please press one of the buttons below."))

    def _finished(self, options: Any, draft: Any) -> Answer:
        marked = (draft or {}).get("marked", [])
        if len(marked) < self.at_least:
            raise Invalid(
                ngettext("Please choose at least {count}.", "Please choose at least {count}.", self.at_least).format(
                    count=self.at_least
                )
            )
        return Answer(marked, ", ".join(option.label for option in options if option.value in marked))

    def toggled(self, option: Option, draft: Any) -> Redraw:
        marked = list((draft or {}).get("marked", []))
        if option.value in marked:
            marked.remove(option.value)
        elif self.at_most is not None and len(marked) >= self.at_most:
            raise Invalid(
                ngettext(
                    "You can choose at most {count}. Press a chosen one to take it away.",
                    "You can choose at most {count}. Press a chosen one to take it away.",
                    self.at_most,
                ).format(count=self.at_most)
            )
        else:
            marked.append(option.value)
        return Redraw({**(draft or {}), "marked": marked})

    def _searched(self, options: Any, typed: str, draft: Any) -> Redraw:
        found = searched(options, {"search": typed})
        if len(found) == 1:
            return self.toggled(found[0], draft)
        if found and typed:
            return Redraw({**(draft or {}), "search": typed, "page": 0})
        raise Invalid(_("I did not find that. Please press one of the buttons below."))

    def _turned_or_toggled(self, options: Any, value: str, draft: Any) -> Redraw:
        page_draft = turned(value, draft)
        if page_draft is not None:
            return Redraw(page_draft)
        for option in options:
            if tap.means(value, option.value):
                return self.toggled(option, draft)
        raise Invalid(_("That choice is no longer there. Please choose again."))

    def describe(self, value: Any) -> str | None:
        if callable(self.options):
            return None
        return ", ".join(option.label for option in self.options if option.value in value)
