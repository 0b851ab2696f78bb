"""A month as buttons, and days in words."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta

from babel.dates import format_skeleton

from conversations.message import Rows
from conversations.questions.base import Base
from locales import current
from publish import day_words

WEEKS = Calendar()


def in_words(day: date) -> str:
    return day_words.day(day)


def month_rows(question: Base, month: date, earliest: date, latest: date) -> Rows:
    """The days of one month, a week a row, and the way to the months beside it.

    What cannot be chosen is a dot: a week keeps its seven places, since a button alone would be as wide as all of them.
    """
    stay = f"!month.{month.isoformat()}"
    weeks = tuple(
        tuple(
            question.button(str(day.day), day.isoformat())
            if day.month == month.month and earliest <= day <= latest
            else question.button("·", stay)
            for day in week
        )
        for week in WEEKS.monthdatescalendar(month.year, month.month)
    )
    before, after = (month - timedelta(days=1)).replace(day=1), (month + timedelta(days=31)).replace(day=1)
    name = format_skeleton("yMMMM", month, locale=current())
    turn = (
        question.button("‹", f"!month.{before.isoformat()}"),
        question.button(name, stay),
        question.button("›", f"!month.{after.isoformat()}"),
    )
    return (turn, *weeks)
