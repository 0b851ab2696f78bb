"""Dates and times. A date is a number of days (moments.py); a text that is none becomes "Invalid Date" or NaN."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from domain.forms.xpath.arguments import Function, strict
from domain.forms.xpath.coercion import to_number, to_string
from domain.forms.xpath.environment import Context, Value
from domain.forms.xpath.moments import DAY, INVALID, Moment, days, from_datetime, iso, to_datetime, today

_UNPADDED = re.compile(r"([0-9]{4})-([1-9]|[0-9]{2})-([1-9]|[0-9]{2})(T.*)?")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]+)?)?(?:Z|[-+][0-9]{2}:[0-9]{2})?")
_CODE = re.compile("%[YymnbdeaHhMS3]")
_IN_BRACKETS = re.compile(r"\(([A-Za-z_-]+)\)\s*$")


def _count(context: Context, value: Value) -> float:
    """The days that a value means: numbers as they are, texts as ISO dates; NaN where it means none."""
    if isinstance(value, float):
        return float(value)
    if isinstance(value, bool):
        return math.nan
    found = days(to_string(value).strip(), context.env.zone)
    return math.nan if found is None else found


def _date(context: Context, value: Value) -> Value:
    """date() and date-time(): nothing stays nothing; months and days may be written with one digit."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return Moment(value, context.env.zone)
    words = to_string(value)
    if not words:
        return ""
    found = _count(context, words)
    if math.isnan(found) and (match := _UNPADDED.fullmatch(words)):
        year, month, day, rest = match.groups("")
        found = _count(context, f"{year}-{month:0>2}-{day:0>2}{rest}")
    return Moment(found, context.env.zone)


def _decimal_time(context: Context, value: Value) -> float:
    """The part of the day that is over, in the zone of the filling."""
    words = to_string(value)
    if not _TIME.fullmatch(words):
        return math.nan
    moment = to_datetime(_count(context, f"1970-01-01T{words}"), context.env.zone)
    if moment is None:
        return math.nan
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return (moment.replace(tzinfo=None) - midnight.replace(tzinfo=None)) / timedelta(milliseconds=DAY)


def _format(context: Context, value: Value, pattern: Value) -> str:
    moment = to_datetime(_count(context, value), context.env.zone)
    if moment is None:
        return ""
    language = context.env.language
    return _CODE.sub(lambda code: _PARTS[code.group()](moment, language), to_string(pattern))


@lru_cache(maxsize=32)
def _names(language: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Short names of the months and, from Monday, of the days; English where the language is not known."""
    match = _IN_BRACKETS.search(language or "")
    code = match.group(1) if match else language or "en"
    try:
        locale = Locale.parse(code.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        locale = Locale("en")
    months, weekdays = locale.months["format"]["abbreviated"], locale.days["format"]["abbreviated"]
    return tuple(months[at] for at in range(1, 13)), tuple(weekdays[at] for at in range(7))


def _months_between(context: Context, first: Value, last: Value) -> float:
    """Whole months from the first to the last date; CHT's function."""
    zone = context.env.zone
    start, end = to_datetime(_count(context, first), zone), to_datetime(_count(context, last), zone)
    if start is None or end is None:
        return math.nan
    between = (end.year - start.year) * 12 + end.month - start.month
    return float(between - (_within(end) < _within(start)))


def _within(moment: datetime) -> tuple[int, int, int, int]:
    return moment.day, moment.hour, moment.minute, moment.second


def _add_date(context: Context, value: Value, *spans: Value) -> Value:
    """A date with years, months, days, hours and minutes added, in this order; CHT's function."""
    numbers = [0.0 if math.isnan(number := to_number(span, context.env)) else number for span in spans]
    years, months, more_days, hours, minutes = [*numbers, *[0.0] * 5][:5]
    start = to_datetime(_count(context, value), context.env.zone)
    if start is None:
        return Moment(math.nan, context.env.zone)
    try:
        month = start.month - 1 + int(years) * 12 + int(months)
        begun = start.replace(year=start.year + month // 12, month=month % 12 + 1, day=1)
        end = begun + timedelta(days=start.day - 1 + more_days, hours=hours, minutes=minutes)
        return Moment(from_datetime(end), context.env.zone)
    except (ValueError, OverflowError):
        return Moment(math.nan, context.env.zone)


def _timestamp_to_date(context: Context, value: Value) -> str:
    """The day of a number of milliseconds since 1970; CHT's function."""
    count = to_number(value, context.env) / DAY
    return "" if math.isnan(count) else iso(count, context.env.zone)[:10].replace(INVALID[:10], "")


_PARTS: dict[str, Callable[[datetime, str | None], str]] = {
    "%Y": lambda at, _language: f"{at.year:04}",
    "%y": lambda at, _language: f"{at.year % 100:02}",
    "%m": lambda at, _language: f"{at.month:02}",
    "%n": lambda at, _language: str(at.month),
    "%b": lambda at, language: _names(language)[0][at.month - 1],
    "%d": lambda at, _language: f"{at.day:02}",
    "%e": lambda at, _language: str(at.day),
    "%a": lambda at, language: _names(language)[1][at.weekday()],
    "%H": lambda at, _language: f"{at.hour:02}",
    "%h": lambda at, _language: str(at.hour),
    "%M": lambda at, _language: f"{at.minute:02}",
    "%S": lambda at, _language: f"{at.second:02}",
    "%3": lambda at, _language: f"{at.microsecond // 1000:03}",
}

TABLE: dict[str, Function] = {
    "today": strict(0, 0, lambda context: today(context.env.now(), context.env.zone)),
    "now": strict(0, 0, lambda context: Moment(from_datetime(context.env.now()), context.env.zone)),
    "date": strict(1, 1, _date),
    "date-time": strict(1, 1, _date),
    "decimal-date-time": strict(1, 1, _count),
    "decimal-time": strict(1, 1, _decimal_time),
    "format-date": strict(2, 2, _format),
    "format-date-time": strict(2, 2, _format),
    "difference-in-months": strict(2, 2, _months_between),
    "cht:difference-in-months": strict(2, 2, _months_between),
    "add-date": strict(1, 6, _add_date),
    "cht:add-date": strict(1, 6, _add_date),
    "parse-timestamp-to-date": strict(1, 1, _timestamp_to_date),
    "cht:parse-timestamp-to-date": strict(1, 1, _timestamp_to_date),
}
