"""A number with a fraction, as people write it: 2,5 or 2.5."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from conversations.message import Incoming
from conversations.questions.base import Base
from conversations.replay import Answer, Invalid, Redraw, Screen
from domain.typed import numbers
from domain.typed.text import folded
from locales import _

_BROKEN = re.compile(r"-?\d{1,12}[.,]\d{1,9}")


@dataclass(slots=True)
class Decimal(Base):
    """The value is text: "2.5"."""

    async def show(self, draft: Any) -> Screen:
        return Screen(await self.words())

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        typed = folded(message.text or "")
        if _BROKEN.fullmatch(typed):
            value = typed.replace(",", ".")
            return Answer(value, value)
        try:
            number = numbers.read(typed)
        except numbers.NotANumber:
            raise Invalid(_("Please write a number, for example 2.5.")) from None
        return Answer(str(number), str(number))
