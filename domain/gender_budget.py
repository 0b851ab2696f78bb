"""The gender-responsive budgeting table of a municipality and a year: what was promised, for whom, for how much.

Every promise stands in exactly one row of each division, so each division's sums equal the promises (docs/budget.md).
It counts promises, never people; whose first need a promise meets is read from lists that show nothing under five.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.markers import Marker, Standing
from domain.money import Money


class Mark(StrEnum):
    """The row of a promise by its marker."""

    MAIN = "2"
    IMPORTANT = "1"
    NOT = "0"
    DIFFERENT = "different"  # the group and the municipality do not say the same
    NONE = "none"


class First(StrEnum):
    """On whose list the need stands first, where women's and men's lists may be shown."""

    WOMEN = "women"
    MEN = "men"
    BOTH = "both"
    NEITHER = "neither"
    UNKNOWN = "unknown"  # for no need, not chosen among, or the lists are hidden


@dataclass(frozen=True)
class Line:
    """One promise. `kind` is a need's kind, or empty; `money` is the furthest stage of that year that has an amount."""

    promise_id: int
    place: str
    words: str
    kind: str
    marker: Marker = field(default_factory=Marker)
    money: Money | None = None
    first: First = First.UNKNOWN

    @property
    def mark(self) -> Mark:
        if self.marker.level is not None:
            return Mark(str(int(self.marker.level)))
        return Mark.DIFFERENT if self.marker.standing is Standing.DIFFERENT else Mark.NONE

    @property
    def amount(self) -> int:
        """Lari; 0 where nobody has found an amount."""
        return (self.money.amount or 0) if self.money else 0


@dataclass(frozen=True)
class Sum:
    """`priced`: how many of the promises have an amount, so that nobody takes the sum for all of them."""

    promises: int = 0
    priced: int = 0
    amount: int = 0

    def with_(self, line: Line) -> "Sum":
        return Sum(self.promises + 1, self.priced + bool(line.amount), self.amount + line.amount)


@dataclass(frozen=True)
class Table:
    year: int
    lines: Sequence[Line]

    @property
    def total(self) -> Sum:
        return _sum(self.lines)

    @property
    def by_mark(self) -> Mapping[Mark, Sum]:
        """Every row, the empty ones too."""
        return {mark: _sum(one for one in self.lines if one.mark is mark) for mark in Mark}

    @property
    def by_first(self) -> Mapping[First, Sum]:
        return {first: _sum(one for one in self.lines if one.first is first) for first in First}

    @property
    def by_kind(self) -> Mapping[str, Sum]:
        return _by(self.lines, lambda line: line.kind)

    @property
    def confirmed(self) -> int:
        """How many markers the municipality has confirmed."""
        return sum(one.marker.standing is Standing.CONFIRMED for one in self.lines)

    @property
    def shared_codes(self) -> list[str]:
        """Programme codes that stand with more than one amount: perhaps the same money, counted twice."""
        codes = [_code(one.money.code) for one in self.lines if one.money and one.money.code and one.amount]
        return sorted({code for code in codes if codes.count(code) > 1})


def _code(code: str) -> str:
    return " ".join(code.split())


def _sum(lines: Iterable[Line]) -> Sum:
    total = Sum()
    for line in lines:
        total = total.with_(line)
    return total


def _by(lines: Sequence[Line], key: Callable[[Line], str]) -> dict[str, Sum]:
    found: dict[str, Sum] = {}
    for line in sorted(lines, key=key):
        found[key(line)] = found.get(key(line), Sum()).with_(line)
    return found


def of_year(told: Sequence[Money], year: int) -> Money | None:
    """Of what stands in the order of the money, the furthest of that year's budget that was found with an amount."""
    found = [one for one in told if one.year == year and one.found and one.amount]
    return found[-1] if found else None


def first(need: int | None, women: Sequence[int] | None, men: Sequence[int] | None) -> First:
    """The lists of the need's village, or None where they are hidden or there is none."""
    if need is None or not women or not men:
        return First.UNKNOWN
    of_women, of_men = women[0] == need, men[0] == need
    if of_women and of_men:
        return First.BOTH
    if of_women or of_men:
        return First.WOMEN if of_women else First.MEN
    return First.NEITHER
