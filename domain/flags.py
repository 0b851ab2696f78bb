"""What in a poll looks odd enough that somebody who did not collect it should look: a flag, never a verdict.

Each number is chosen so that an honest village seldom reaches it and a cheat seldom stays below; docs/counts.md says
why. An answer with a flag is set aside until somebody decided; nothing is ever dropped.
"""

from __future__ import annotations

import hashlib
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from domain.polls import Origin

K = TypeVar("K", bound=Hashable)

HOMES_AN_HOUR = 12  # by one interviewer: five minutes a home, from the knock to the goodbye
OF_ONE_DEVICE = 5  # a day: a large household on one phone
BURST, BURST_MINUTES, TIMES_USUAL = 20, 10, 4
SAME_WORDS, LONG_WORDS = 5, 20  # so many people, so many letters: "water" alone is said by everybody
HOUR = timedelta(hours=1)
ACCOUNTS = frozenset({Origin.TELEGRAM, Origin.VIBER})
TOLD = timedelta(days=1)  # after a poll opens its residents were all written to at once, and answer at once


class Rule(StrEnum):
    BURST = "burst"
    DEVICE = "device"
    INTERVIEWER = "interviewer"
    CROWD = "crowd"
    WORDS = "words"
    CODE = "code"  # the household code that it came with was voided afterwards


class Decision(StrEnum):
    COUNTS = "counts"
    ASIDE = "aside"  # counted beside until it was asked again
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules know of an answer: never who gave it. `device` and `words` are digests."""

    id: int
    at: datetime
    origin: Origin
    entered_by: int | None = None
    device: str | None = None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` tells one case of a rule from another, in numbers and digests."""

    rule: Rule
    subject: str
    answers: frozenset[int]


def stands(origin: Origin, decisions: Iterable[Decision | None]) -> bool:
    """Whether a whole answer is in the count: each of its flags, if it has any, was decided in its favour."""
    return origin is not Origin.OPEN_WEB and all(one is Decision.COUNTS for one in decisions)


def find(seen: Sequence[Seen], *, people: int | None, opened: datetime) -> list[Finding]:
    """`seen`: all whole answers of one village in one poll. `people`: how many live there, where that is known."""
    in_order = sorted(seen, key=lambda one: (one.at, one.id))
    return [
        *_interviewers(in_order),
        *_devices(in_order),
        *_bursts(in_order, opened),
        *_crowd(seen, people),
        *_words(seen),
    ]


def _interviewers(seen: Sequence[Seen]) -> list[Finding]:
    by = _grouped(seen, lambda one: one.entered_by)
    hasty = {who: _too_close(homes, HOUR, HOMES_AN_HOUR) for who, homes in by.items()}
    return [Finding(Rule.INTERVIEWER, str(who), homes) for who, homes in hasty.items() if homes]


def _devices(seen: Sequence[Seen]) -> list[Finding]:
    by = _grouped(seen, lambda one: one.device)
    return [_finding(Rule.DEVICE, device, same) for device, same in by.items() if len(same) > OF_ONE_DEVICE]


def _bursts(seen: Sequence[Seen], opened: datetime) -> list[Finding]:
    """Compared with the usual: the median of those ten minutes in which anything came at all."""
    apart = [one for one in seen if one.origin not in ACCOUNTS or one.at >= opened + TOLD]
    minutes = timedelta(minutes=BURST_MINUTES)
    slots = Counter((one.at - opened) // minutes for one in apart)
    # Where only the burst itself ever came, one answer is the usual.
    usual = statistics.median_low(slots.values()) if len(slots) > 1 else 1
    many = _too_close(apart, minutes, max(BURST, TIMES_USUAL * usual) - 1)
    days = _grouped([one for one in apart if one.id in many], lambda one: one.at.date())
    return [_finding(Rule.BURST, day.isoformat(), same) for day, same in days.items()]


def _crowd(seen: Sequence[Seen], people: int | None) -> list[Finding]:
    """Who came first cannot be told from who was made up: those above the number of people, in order of coming."""
    counted = sorted((one for one in seen if one.origin is not Origin.OPEN_WEB), key=lambda one: one.id)
    over = counted[people:] if people else []
    return [_finding(Rule.CROWD, "all", over)] if over else []


def _words(seen: Sequence[Seen]) -> list[Finding]:
    by: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        for words in one.words:
            by[words].append(one)
    return [_finding(Rule.WORDS, words, same) for words, same in by.items() if len(same) > SAME_WORDS]


def _too_close(seen: Sequence[Seen], within: timedelta, most: int) -> frozenset[int]:
    """All that lie in any stretch of time that holds more than `most`; `seen` is in order."""
    found: set[int] = set()
    first = 0
    for last, one in enumerate(seen):
        while one.at - seen[first].at >= within:
            first += 1
        if last - first + 1 > most:
            found.update(each.id for each in seen[first : last + 1])
    return frozenset(found)


def _grouped(seen: Iterable[Seen], by: Callable[[Seen], K | None]) -> dict[K, list[Seen]]:
    groups: dict[K, list[Seen]] = defaultdict(list)
    for one in seen:
        if (key := by(one)) is not None:
            groups[key].append(one)
    return groups


def _finding(rule: Rule, subject: str, seen: Iterable[Seen]) -> Finding:
    return Finding(rule, subject, frozenset(one.id for one in seen))


def digest_of_words(words: str) -> str | None:
    """The same for the same words, however they were spaced and ended; None for words too short to tell a copy."""
    plain = re.sub(r"[\W_]+", " ", words.casefold()).strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:32] if len(plain) >= LONG_WORDS else None
