"""Choices put in order: the first tap is the first place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conversations import tap
from conversations.message import Incoming
from conversations.questions.base import Base
from conversations.questions.option import Option
from conversations.replay import Answer, Invalid, Redraw, Screen
from locales import _

AGAIN = "!again"


@dataclass(slots=True)
class Rank(Base):
    """The value is the list of all values in the person's order."""

    options: tuple[Option, ...] = ()

    async def show(self, draft: Any) -> Screen:
        order = (draft or {}).get("order", [])
        named = {option.value: option.label for option in self.options}
        lines = [f"{place}. {named[value]}" for place, value in enumerate(order, start=1) if value in named]
        text = "\n".join([await self.words(), "", *lines, _("Press what comes next.")])
        left = tuple((self.button(one.label, one.value),) for one in self.options if one.value not in order)
        again = ((self.button(_("Begin again"), AGAIN),),) if order else ()
        return Screen(text, (*left, *again))

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        pressed = self.tapped(message)
        if pressed == AGAIN:
            return Redraw({"order": []})
        order = list((draft or {}).get("order", []))
        left = [option for option in self.options if option.value not in order]
        chosen = next((one for one in left if pressed is not None and tap.means(pressed, one.value)), None)
        if chosen is None:
            raise Invalid(_("Please press one of the buttons below."))
        order.append(chosen.value)
        if len(left) > 2:
            return Redraw({"order": order})
        order += [option.value for option in left if option is not chosen]  # the last one is known
        named = {option.value: option.label for option in self.options}
        return Answer(order, " → ".join(named[value] for value in order))
