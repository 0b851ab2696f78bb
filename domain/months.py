"""Months, which have no one length."""

from calendar import monthrange
from datetime import date


def last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def later(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month: 30 November and three months is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))
