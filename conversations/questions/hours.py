"""A time of the day, and a day with its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from conversations.message import Incoming
from conversations.questions.base import Base
from conversations.questions.calendar import in_words
from conversations.questions.typed import Day
from conversations.replay import Answer, Invalid, Redraw, Screen
from locales import _

_TIME = re.compile(r"(\d{1,2})(?:[:.,\s-]?(\d{2}))?\s*(am|pm)?")


def read(typed: str) -> time | None:
    """ "14:30", "14.30", "1430", "9", "2 pm"; None for anything else."""
    found = _TIME.fullmatch(typed.strip().casefold())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


@dataclass(slots=True)
class Hour(Base):
    """The value is "14:30"."""

    async def show(self, draft: Any) -> Screen:
        return Screen(await self.words())

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        found = read(message.text or "")
        if found is None:
            raise Invalid(_("Please write a time, for example 14:30."))
        return Answer(found.isoformat("minutes"), found.isoformat("minutes"))


@dataclass(slots=True)
class Moment(Day):
    """First the day, then the time; the value is "2026-10-14T14:30"."""

    async def show(self, draft: Any) -> Screen:
        day = (draft or {}).get("day")
        if day is None:
            return await Day.show(self, draft)
        return Screen(_("And at what time on {day}?").format(day=in_words(date.fromisoformat(day))))

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        day = (draft or {}).get("day")
        if day is None:
            taken = await Day.accept(self, message, draft)
            return Redraw({"day": taken.value}) if isinstance(taken, Answer) else taken
        found = read(message.text or "")
        if found is None:
            raise Invalid(_("Please write a time, for example 14:30."))
        clock = found.isoformat("minutes")
        return Answer(f"{day}T{clock}", f"{in_words(date.fromisoformat(day))}, {clock}")
