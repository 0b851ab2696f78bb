"""What becomes of the promises: ten events each, in chains that verify, in the shares of a year in life."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from bot.bench.scale.needs import kind
from bot.bench.scale.people import holder
from bot.bench.scale.size import (
    DUE_EACH,
    OFFICES,
    TODAY,
    VILLAGES_OF_COMMUNITY,
    VILLAGES_OF_MUNICIPALITY,
    ZONE,
    Size,
)
from domain.promises import Axis, Finding, Heard, Word
from storage.ledger import Witness
from storage.promise_recording import written
from storage.promises import CONFIRMED, RECORDED, NewPromise

NONE, WAY, DONE, BADLY = Finding.NOTHING_SEEN, Finding.UNDER_WAY, Finding.DONE, Finding.DONE_BADLY
# Eight events after the words were recorded and confirmed.
OPEN: tuple[tuple[Word | Finding | Heard, ...], ...] = (
    (Word.UNDER_WAY, NONE, WAY, WAY, Heard.SUPPORTS, Word.UNDER_WAY, WAY, WAY),
    (Word.NOT_STARTED, NONE, NONE, NONE, Heard.SUPPORTS, Word.NOT_STARTED, NONE, NONE),
    (Word.UNDER_WAY, WAY, NONE, Word.UNDER_WAY, NONE, NONE, NONE, NONE),
)
ENDED: tuple[tuple[Word | Finding | Heard, ...], ...] = (
    (Word.UNDER_WAY, NONE, WAY, WAY, Word.DONE, DONE, DONE, Heard.SUPPORTS),
    (Word.NOT_STARTED, NONE, Word.UNDER_WAY, WAY, Word.DONE, DONE, DONE, DONE),
    (Word.UNDER_WAY, WAY, WAY, Word.DONE, BADLY, BADLY, BADLY, Heard.CONTRADICTS),
    (Word.NOT_STARTED, NONE, NONE, NONE, NONE, NONE, Word.CANNOT, NONE),
    (Word.UNDER_WAY, WAY, Word.DONE, NONE, NONE, Heard.CONTRADICTS, NONE, NONE),
)
AXES = {Word: Axis.OFFICIAL, Finding: Axis.GROUP, Heard: Axis.VOICE}
BETWEEN = timedelta(days=11)  # two events
LAST = len(OPEN[0]) + 1  # of the days between


class Made(NamedTuple):
    """A promise as it was recorded."""

    columns: dict[str, Any]
    recorded_at: datetime
    events: Iterator[tuple[str, dict[str, Any], Witness, datetime]]


def made(number: int, size: Size) -> Made:
    """`number` counts from 1."""
    village, place = divmod(number - 1, size.promises)
    new, municipality = _new(number, village, place, size), village // VILLAGES_OF_MUNICIPALITY
    columns, body = written(new, municipality + 1)
    group, official = size.group(village // VILLAGES_OF_COMMUNITY), size.officials(municipality)[_office(number)]
    first = datetime.combine(new.made_on, time(12), ZONE)

    def events() -> Iterator[tuple[str, dict[str, Any], Witness, datetime]]:
        yield RECORDED, body, Witness(group[0]), first
        yield CONFIRMED, {}, Witness(official), first + timedelta(days=1)
        for step, value in enumerate(_story(number), 1):
            at = first + step * BETWEEN
            who = {Word: official, Finding: group[step % len(group)], Heard: size.person(village, 60 + place)}
            body_ = {"value": value.value, "on": at.date().isoformat()} | _more(value, step % len(group) + 1)
            yield AXES[type(value)], body_, Witness(who[type(value)]), at

    return Made(columns, first, events())


def _story(number: int) -> tuple[Word | Finding | Heard, ...]:
    """What is due today is not over, half of the others neither."""
    if number % DUE_EACH == 0 or number % 2 == 0:
        return OPEN[number // DUE_EACH % len(OPEN)]
    return ENDED[number // DUE_EACH % len(ENDED)]


def _more(value: Word | Finding | Heard, by: int) -> dict[str, Any]:
    if isinstance(value, Word):
        return {"why": None, "new_due": None}
    if isinstance(value, Finding):
        return {"by": by, "weight": 1, "photo": False}
    return {"by": 9, "photo": False}


def _new(number: int, village: int, place: int, size: Size) -> NewPromise:
    made_on = TODAY - BETWEEN * LAST - timedelta(days=10 + number * 7 % 300)
    due = TODAY if number % DUE_EACH == 0 else _due(number, made_on)
    office = _office(number)
    speaker = holder(village // VILLAGES_OF_MUNICIPALITY, office)
    need = village * size.needs + place + 1
    what, words = kind(village, place), f"დაპირება {number}: სოფელ {village}-ში {place + 1}-ე საჭიროებას მოვაგვარებთ"
    community = village // VILLAGES_OF_COMMUNITY + 1
    return NewPromise(community, village + 1, need, what, speaker, OFFICES[office], words, made_on, due)


def _due(number: int, made_on: date) -> date:
    """Some before all was told and some after; none today."""
    day = made_on + timedelta(days=60 + number * 13 % 500)
    return day + timedelta(days=1) if day == TODAY else day


def _office(number: int) -> int:
    return number % len(OFFICES)
