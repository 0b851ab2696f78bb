"""A day in words: "14 October 2026", "2026 წლის 14 ოქტომბერი"."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from locales import current

PATTERNS = {"ka": "y 'წლის' d MMMM"}
MONTHS = {"ka": "y 'წლის' LLLL"}


def day(when: date) -> str:
    return format_date(when, PATTERNS.get(current(), "d MMMM y"), locale=current())


def month(when: date) -> str:
    """ "October 2026", "2026 წლის ოქტომბერი"."""
    return format_date(when, MONTHS.get(current(), "LLLL y"), locale=current())
