"""A choosing: the people of one village pick up to five of its needs, and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from domain.refusal import Refused

MOST = 5  # picks
LEAST_NEEDS = 2
LASTS = (5, 7, 10, 14)  # days to choose from
REMIND_BEFORE = timedelta(days=2)
HIGHEST_COST = 100_000_000  # lari: more is a slip of the finger

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choosing:
    """Both days are local and belong to it. Its needs are fixed when it opens, in the order in which they were told."""

    village_id: int
    opens: date
    closes: date
    needs: tuple[int, ...]
    closed: bool = False

    def is_open(self, today: date) -> bool:
        return not self.closed and self.opens <= today <= self.closes


@dataclass(frozen=True, slots=True)
class Offered:
    """A need that may be chosen; without words it can be called by its kind only."""

    id: int
    kind: str
    named: bool


def candidates(needs: Iterable[Offered]) -> tuple[list[int], list[int]]:
    """(those to choose among, those left out). Two that look alike could not be told apart, so without words only the
    single one of its kind is shown."""
    every = list(needs)
    of_kind = Counter(need.kind for need in every)
    shown = [need.id for need in every if need.named or of_kind[need.kind] == 1]
    return shown, [need.id for need in every if need.id not in shown]


def check(choosing: Choosing) -> None:
    """Before it is opened."""
    if len(choosing.needs) < LEAST_NEEDS:
        raise Refused("too_few_needs", least=LEAST_NEEDS)
    if (choosing.closes - choosing.opens).days not in LASTS:
        raise Refused("gone")


def require_choosable(choosing: Choosing, village_id: int | None, today: date) -> None:
    """For a first choice, and for a change of it."""
    if not choosing.is_open(today):
        raise Refused("choosing_closed")
    if village_id != choosing.village_id:
        raise Refused("choosing_elsewhere")


def check_picks(picks: Sequence[int], choosing: Choosing) -> None:
    if not picks or len(picks) > MOST or len(set(picks)) != len(picks) or not set(picks) <= set(choosing.needs):
        raise Refused("gone")


def drawn(needs: Sequence[T], shuffle: Callable[[list[T]], Any]) -> list[T]:
    """In an order of chance, another for each person: what stands first is picked more often."""
    order = list(needs)
    shuffle(order)
    return order
