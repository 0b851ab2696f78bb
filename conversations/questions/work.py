"""Waits for something slow; the worker's result comes back as a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conversations.message import Incoming
from conversations.questions.base import Base
from conversations.replay import Answer, Invalid, Redraw, Screen
from locales import _


@dataclass(slots=True)
class Work(Base):
    async def show(self, draft: Any) -> Screen:
        return Screen(await self.words())

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        if message.result is None:
            raise Invalid(_("It is not ready yet. I will write as soon as it is."))
        return Answer(message.result)

    def describe(self, value: Any) -> str | None:
        return None
