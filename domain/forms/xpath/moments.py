"""Dates as numbers: days since 1970 began in UTC, as OpenRosa counts them, and back into words.

A date without a zone is meant in the zone of the filling, so "1970-01-01" in Tbilisi is -4/24.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

DAY = 86_400_000  # milliseconds
INVALID = "Invalid Date"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:T([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_MIDNIGHT = re.compile(r"T00:00:00\.000.*")


class Moment(float):
    """A number of days that also knows its words: in a text it is a date, in arithmetic and comparisons a number."""

    __slots__ = ("_words", "zone")

    zone: tzinfo
    _words: str | None

    def __new__(cls, days: float, zone: tzinfo, words: str | None = None) -> Moment:
        made = super().__new__(cls, days)
        made.zone, made._words = zone, words
        return made

    @property
    def words(self) -> str:
        """The date, or date and time with the zone's offset; "Invalid Date" where it is none."""
        if self._words is None:
            self._words = iso(self, self.zone)
        return self._words


def days(text: str, zone: tzinfo) -> float | None:
    """The days of an ISO date or date and time; None where it is something else."""
    return _days(text, zone) if len(text) >= 10 and text[4] == "-" else None


@lru_cache(maxsize=4096)
def _days(text: str, zone: tzinfo) -> float | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups("")
    parts = (int(part or 0) for part in (year, month, day, hour, minute, second))
    try:
        moment = datetime(*parts, int(f"{fraction:0<6.6}"), tzinfo=_zone(offset) or zone)  # type: ignore[misc,arg-type]
        return from_datetime(moment)
    except (ValueError, OverflowError):
        return None


def _zone(offset: str) -> tzinfo | None:
    if not offset:
        return None
    if offset == "Z":
        return UTC
    span = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
    return timezone(-span if offset[0] == "-" else span)


def from_datetime(moment: datetime) -> float:
    """Of an aware datetime, to the millisecond."""
    return ((moment - _EPOCH) // _MILLISECOND) / DAY


def to_datetime(count: float, zone: tzinfo) -> datetime | None:
    try:
        return (_EPOCH + timedelta(milliseconds=round(count * DAY))).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def iso(count: float, zone: tzinfo) -> str:
    moment = to_datetime(count, zone)
    return INVALID if moment is None else _MIDNIGHT.sub("", moment.isoformat(timespec="milliseconds"))


def today(now: datetime, zone: tzinfo) -> Moment:
    """The midnight with which the day of `now` began in the zone."""
    local = now.astimezone(zone)
    return _midnight(local.year, local.month, local.day, zone)


@lru_cache(maxsize=64)
def _midnight(year: int, month: int, day: int, zone: tzinfo) -> Moment:
    return Moment(from_datetime(datetime(year, month, day, tzinfo=zone)), zone)
