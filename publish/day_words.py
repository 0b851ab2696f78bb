"""A day in words: "14 October 2026", "2026 წლის 14 ოქტომბერი"."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date

from locales import current

PATTERNS = {"ka": "y 'წლის' d MMMM"}
MONTHS = {"ka": "y 'წლის' LLLL"}


def day(when: date) -> str:
    return _day(when, current())


@lru_cache(maxsize=4096)
def _day(when: date, language: str) -> str:
    """A page of the board names dozens of days, mostly the same ones."""
    return format_date(when, PATTERNS.get(language, "d MMMM y"), locale=language)


def month(when: date) -> str:
    """ "October 2026", "2026 წლის ოქტომბერი"."""
    return format_date(when, MONTHS.get(current(), "LLLL y"), locale=current())
