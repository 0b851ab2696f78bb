"""Answers that are typed: words, a number, a day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conversations.message import Incoming
from conversations.questions.base import Base
from conversations.questions.calendar import in_words, month_rows
from conversations.replay import Answer, Invalid, Redraw, Screen
from domain.typed import dates, numbers, text
from locales import _


@dataclass(slots=True)
class Text(Base):
    """`longest` in characters."""

    longest: int = 1000

    async def show(self, draft: Any) -> Screen:
        return Screen(await self.words())

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        if message.text is None:
            raise Invalid(_("Please write it in words."))
        try:
            words = text.clean(message.text, longest=self.longest)
        except text.TooLong as problem:
            raise Invalid(
                _("That is {length} characters; I can take {longest}. Please say it a little shorter.").format(
                    length=problem.length, longest=problem.longest
                )
            ) from None
        if not words:
            raise Invalid(_("I could not read any words there. Please write it once more."))
        return Answer(words, words)


@dataclass(slots=True)
class Number(Base):
    least: int | None = None
    most: int | None = None

    async def show(self, draft: Any) -> Screen:
        return Screen(await self.words())

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        try:
            number = numbers.read(message.text or "")
        except numbers.NotANumber:
            raise Invalid(_("Please write a number, for example 25.")) from None
        if self.least is not None and number < self.least:
            raise Invalid(_("The smallest number here is {least}.").format(least=self.least))
        if self.most is not None and number > self.most:
            raise Invalid(_("The largest number here is {most}.").format(most=self.most))
        return Answer(number, str(number))


@dataclass(slots=True)
class Day(Base):
    """A day, typed in any usual way or pressed in a small calendar; the value is "2026-10-14"."""

    today: Callable[[], date] = field(kw_only=True)
    earliest: date | None = None
    latest: date | None = None

    async def show(self, draft: Any) -> Screen:
        from_draft = (draft or {}).get("month")
        month = date.fromisoformat(from_draft) if from_draft else self.today().replace(day=1)
        return Screen(await self.words(), month_rows(self, month, self.earliest or date.min, self.latest or date.max))

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        value = self.tapped(message)
        if value is not None and value.startswith("!month."):
            return Redraw({"month": _pressed(value.removeprefix("!month.")).isoformat()})
        day = self._typed(message.text or "") if value is None else _pressed(value)
        if self.earliest is not None and day < self.earliest:
            raise Invalid(_("The earliest day possible is {day}.").format(day=in_words(self.earliest)))
        if self.latest is not None and day > self.latest:
            raise Invalid(_("The latest day possible is {day}.").format(day=in_words(self.latest)))
        return Answer(day.isoformat(), in_words(day))

    def _typed(self, typed: str) -> date:
        try:
            # Where nothing ahead can be meant, "1 November" is the one that was.
            ahead = self.latest is None or self.latest > self.today()
            return dates.read(typed, today=self.today(), ahead=ahead)
        except dates.NoSuchDay as problem:
            last = in_words(date(problem.year, problem.month, problem.last))
            raise Invalid(_("There is no such day: that month ends on {last}.").format(last=last)) from None
        except dates.NotADay:
            raise Invalid(_("Please write a day, for example 14.10.2026, or press one in the calendar.")) from None

    def describe(self, value: Any) -> str | None:
        return in_words(date.fromisoformat(value))


def _pressed(value: str) -> date:
    """The calendar shows real days only, but a button can be forged."""
    with suppress(ValueError):
        day = date.fromisoformat(value)
        if day.year in dates.YEARS:
            return day
    raise Invalid(_("That choice is no longer there. Please choose again."))
