"""How an answer of each type is written, as the XForm keeps it; what cannot be read as that type is empty.

The rules are those of @getodk/xforms-engine: a whole number is cut towards zero, a decimal keeps one place at least, a
place needs latitude and longitude within their bounds.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

_INTEGER = (-(2**31), 2**31 - 1)
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2}([.,]\d+)?)?)?)?", re.ASCII)
_CLOCK = r"(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})(?:\.\d{1,9})?"
_OFFSET = r"(?P<offset>[+-]\d{2}:\d{2}|Z)?"
_TIME = re.compile(_CLOCK + _OFFSET, re.ASCII)
_MOMENT = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})T" + _CLOCK + _OFFSET, re.ASCII)
_RIGHT_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d|Z", re.ASCII)


def number(text: str) -> float | None:
    found = float(text) if _NUMBER.fullmatch(text) else math.nan
    return found if math.isfinite(found) else None


def _integer(text: str) -> str:
    if text.isascii() and text.isdigit() and len(text) < 10 and (text[0] != "0" or text == "0"):
        return text  # as nearly all are
    found = number(text)
    if found is None or not _INTEGER[0] <= int(found) <= _INTEGER[1]:
        return ""
    return str(int(found))


def plain(value: float) -> str:
    """At least one place, never an exponent: 5.0, 0.25."""
    words = format(Decimal(repr(value)), "f")
    if "." not in words:
        return words + ".0"
    whole, _, rest = words.partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}"


def _decimal(text: str) -> str:
    found = number(text)
    return "" if found is None else plain(found)


def _date(text: str) -> str:
    return text[:10] if _DATE.fullmatch(text) and _is_date(text[:10]) else ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_clock(found: re.Match[str]) -> bool:
    try:
        time(int(found["hour"]), int(found["minute"]), min(int(found["second"]), 59))
    except ValueError:
        return False
    return int(found["second"]) <= 60 and (not found["offset"] or bool(_RIGHT_OFFSET.fullmatch(found["offset"])))


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    return text if found and _is_clock(found) else ""


def _moment(text: str) -> str:
    found = _MOMENT.fullmatch(text)
    return text if found and _is_date(found["day"]) and _is_clock(found) else ""


def point(text: str) -> str:
    parts = [number(part) for part in text.split()]
    if len(parts) < 2 or any(part is None for part in parts[:4]):
        return ""
    latitude, longitude, *rest = [part or 0.0 for part in parts[:4]]
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude == 0 and longitude == 0):
        return ""
    return " ".join(map(plain, (latitude, longitude, *rest)))


def _points(text: str) -> list[str]:
    parts = text.split(";")
    if not parts[-1].strip():
        parts.pop()
    return [point(part) for part in parts]


def _closed(points: list[str]) -> bool:
    return points[0].split()[:2] == points[-1].split()[:2]


def _trace(text: str) -> str:
    points = _points(text)
    return ";".join(points) if len(points) >= 2 and all(points) and not _closed(points) else ""


def _shape(text: str) -> str:
    points = _points(text)
    return ";".join(points) if len(points) >= 3 and all(points) and _closed(points) else ""


def _as_it_is(text: str) -> str:
    return text


def single(text: str) -> str:
    return text.strip()


def several(text: str) -> str:
    return " ".join(text.split())


def tick(text: str) -> str:
    return "OK" if text.strip().lower() == "ok" else ""


CASTS: dict[str, Callable[[str], str]] = {
    "int": _integer,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "dateTime": _moment,
    "geopoint": point,
    "geotrace": _trace,
    "geoshape": _shape,
}


def caster(kind: str) -> Callable[[str], str]:
    return CASTS.get(kind, _as_it_is)


def bounded(cast: Callable[[str], str], start: str, end: str) -> Callable[[str], str]:
    """Of a range: what lies outside of it is empty."""
    low, high = number(start), number(end)

    def within(text: str) -> str:
        words = cast(text)
        value = number(words)
        if value is None or (low is not None and value < low) or (high is not None and value > high):
            return ""
        return words

    return within


def stamp(moment: datetime) -> str:
    """2026-11-25T10:30:00.000+04:00"""
    return moment.isoformat(timespec="milliseconds")
