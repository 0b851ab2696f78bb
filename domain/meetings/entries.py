"""What is entered at the desk, entry by entry: which fields each has, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.meetings.record import Answer, Counted, ReadBack, Reply, Side, Source
from domain.people import Sex
from domain.promises import Vague
from domain.refusal import Refused
from domain.typed.text import clean

NAME, LINE, WORDS = 100, 300, 4000  # characters
MOST_VOTES = 100_000
MOST_MINUTES = 240
NO_TIME = "none"  # a promise without any time
_ID = re.compile("[0-9A-Za-z-]{8,40}")


class Verb(StrEnum):
    """Before the meeting the first six; in the room the others."""

    PLANNED = "planned"
    AGENDA = "agenda"
    INVITED = "invited"
    REPLIED = "replied"
    WROTE = "wrote"
    ROAD = "road"
    OPENED = "opened"
    CHAIRED = "chaired"
    ATTENDED = "attended"
    PRESENTED = "presented"
    HEARD = "heard"
    SPOKE = "spoke"
    ASKED = "asked"
    VOTED = "voted"
    ANSWERED = "answered"
    PROMISED = "promised"
    READ_BACK = "read_back"
    STRUCK = "struck"
    CLOSED = "closed"


IN_THE_ROOM = frozenset(list(Verb)[6:])

Check = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` is given by the phone that it was entered at, so that sending it twice enters it once.

    `at` is when it was entered, which a lost connection may make earlier than when it arrived.
    """

    id: str
    verb: Verb
    body: Mapping[str, Any]
    at: datetime


def read(verb: str, body: Any) -> tuple[Verb, dict[str, Any]]:
    """As it is kept. Raises Refused naming the field that is wrong or missing; unknown fields are left out."""
    try:
        known = Verb(verb)
    except ValueError:
        raise Refused("entry_unknown") from None
    if not isinstance(body, dict):
        raise Refused("entry_unknown")
    needed, others = FIELDS[known]
    kept = {name: _value(name, check, body.get(name)) for name, check in needed.items()}
    for name, check in {**others, "corrects": _id}.items():
        if body.get(name) not in (None, ""):
            kept[name] = _value(name, check, body[name])
    return known, kept


def check_id(value: Any) -> str:
    return str(_value("id", _id, value))


def _value(name: str, check: Check, value: Any) -> Any:
    try:
        return check(value)
    except (ValueError, TypeError, KeyError, OverflowError):
        raise Refused("entry_wrong", field=name) from None


def _words(longest: int) -> Check:
    def check(value: Any) -> str:
        words = clean(value, longest=longest) if isinstance(value, str) else ""
        if not words:
            raise ValueError
        return words

    return check


def _one_of(kind: type[StrEnum], *allowed: StrEnum) -> Check:
    def check(value: Any) -> str:
        chosen = kind(value)
        if allowed and chosen not in allowed:
            raise ValueError
        return chosen.value

    return check


def _number(least: int, most: int) -> Check:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not least <= int(value) <= most:
            raise ValueError
        return int(value)

    return check


def _id(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError
    return value


def _due(value: Any) -> str:
    """A day, a vague word, or that no time was named."""
    return value if value == NO_TIME or value in set(Vague) else date.fromisoformat(value).isoformat()


def _day(value: Any) -> str:
    return date.fromisoformat(value).isoformat()


def _moment(value: Any) -> str:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError
    return moment.isoformat()


def _items(value: Any) -> list[dict[str, Any]]:
    found = [{name: check(each[name]) for name, check in _ITEM.items()} for each in value]
    if not found or len({each["id"] for each in found}) != len(found):
        raise ValueError
    return found


def _text(value: Any) -> str:
    return "" if value == "" else str(_words(WORDS)(value))


_name, _line, _long = _words(NAME), _words(LINE), _words(WORDS)
_sex, _side, _branch = _one_of(Sex), _one_of(Side), _one_of(Side, Side.ELECTED, Side.EXECUTIVE)
_some = _number(1, 2**53)
_ITEM: dict[str, Check] = {
    "id": _id,
    "need_id": _some,
    "village_id": _some,
    "community_id": _some,
    "kind": _words(16),
    "words": _text,
    "place": _number(1, 1000),
    "minutes": _number(1, MOST_MINUTES),
    "asked": _text,
}
_SPEAKER: dict[str, Check] = {"sex": _sex, "side": _side}

# For each verb: what it must have, and what it may have.
FIELDS: dict[Verb, tuple[dict[str, Check], dict[str, Check]]] = {
    Verb.PLANNED: ({"place": _line, "starts_at": _moment}, {}),
    Verb.AGENDA: ({"items": _items}, {}),
    Verb.INVITED: ({"guest": _id, "name": _name, "office": _name, "branch": _branch}, {"role_id": _some}),
    Verb.REPLIED: ({"guest": _id, "reply": _one_of(Reply)}, {"who": _name}),
    Verb.WROTE: ({"item": _id, "guest": _id, "answer": _one_of(Answer), "words": _long}, {}),
    Verb.ROAD: (
        {"source": _one_of(Source, Source.LETTER, Source.SESSION, Source.YEARLY_REPORT), "day": _day},
        {"registry": _name, "stamp": _words(32)},
    ),
    Verb.OPENED: ({}, {}),
    Verb.CHAIRED: ({"chair": _name, "secretary": _name}, {}),
    Verb.ATTENDED: ({"name": _name, "side": _side, "sex": _sex}, {"office": _name, "by_code": bool}),
    Verb.PRESENTED: ({"item": _id, "name": _name}, _SPEAKER),
    Verb.HEARD: ({"item": _id, "words": _long}, {}),
    Verb.SPOKE: ({"item": _id, "name": _name, "words": _long}, _SPEAKER),
    Verb.ASKED: (
        {"item": _id, "name": _name, "words": _long},
        {**_SPEAKER, "reply": _long, "reply_name": _name, "reply_sex": _sex, "reply_side": _side},
    ),
    Verb.VOTED: (
        {"item": _id} | dict.fromkeys(("in_favour", "against", "abstained"), _number(0, MOST_VOTES)),
        {"about": _line},
    ),
    Verb.ANSWERED: (
        {"item": _id, "branch": _branch, "answer": _one_of(Answer)},
        {
            "words": _long,
            "name": _name,
            "office": _name,
            "whose": _line,
            "counted": _one_of(Counted),
            "year": _number(2020, 2100),
            "programme": _line,
            "source": _one_of(Source),
            "registry": _name,
        },
    ),
    Verb.PROMISED: (
        {"item": _id, "name": _name, "office": _name, "words": _long, "due": _due},
        {
            "voice": _words(32),
            "money": _line,
            "money_source": _line,
            "check": _line,
            "sex": _sex,
            "side": _branch,
        },
    ),
    Verb.READ_BACK: ({"promise": _id, "how": _one_of(ReadBack)}, {"words": _long}),
    Verb.STRUCK: ({"entry": _id}, {}),
    Verb.CLOSED: ({}, {}),
}
