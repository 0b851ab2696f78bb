"""Numbers that never point at a person.

The rule of publication. A table (one village, one poll) is made of cells, and every answer counts in exactly one.
1. A cell shows a number only from `k` (5) on; what shows nothing may be anything from none up.
2. It moves at most once a day, and only when the true number is at least `k` away from the number shown (nothing shown
   counts as 0): then to the true number, or, where a number that it once showed is nearer than `k`, back to that one.
3. A total is the sum of what is shown, never a count of its own: `Published.total`, of a village or of many.

So all numbers that a cell ever shows are `k` apart: whoever keeps every publication and subtracts any two days, or
parts from totals, concludes no change and no count of 1..4. (Without the way back 5, 10, 6 would tell of one person;
tests/domain/test_counts.py tries every history.) What it costs: a number may be off by up to 4, and totals leave out
what is hidden; words for people say "about".
The number of people is not shown beside a table whose answers are people's: it would be a total of its own.

The rule of a split (women / men / undisclosed). It is kept by the desk from the moment a cell moved, and shown once,
when the poll has closed, so that splits of two days are never subtracted. One part of 1..4 hides the whole split
(complementary suppression: with the number beside it, a single hidden part could be subtracted); totals of women or men
are again sums of what is shown.

The rule of how answers came (by Telegram, at the door, …). Beside the kinds this would be a second table of the same
people, so its numbers are coarser: each way from `k` on, in steps of `k` downwards (18 is shown as 15); the ways below
`k` together, and of them no more than leaves each of them perhaps none; and the total is the sum of what is shown. Of a
number in steps of five nobody concludes a count of 1..4, from one day or from two, alone or subtracted from a kind.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

K = 5


@dataclass(frozen=True)
class Published:
    """What everybody may see; a cell that is not in `cells` shows nothing. `past` is every number a cell has shown."""

    day: date | None = None
    cells: Mapping[str, int] = field(default_factory=dict)
    past: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.cells.values())


def publish(previous: Published, current: Mapping[str, int], today: date, k: int = K) -> Published:
    """What is shown from today on, by the rule above."""
    if previous.day is not None and today <= previous.day:
        return previous
    cells, past = {}, dict(previous.past)
    for cell in sorted({*previous.cells, *current}):
        shown = _move(previous.cells.get(cell, 0), current.get(cell, 0), past.get(cell, ()), k)
        if shown:
            cells[cell], past[cell] = shown, sorted({*past.get(cell, ()), shown})
    return Published(today, cells, past)


def _move(shown: int, true: int, past: Sequence[int], k: int) -> int:
    if abs(true - shown) < k:
        return shown
    nearest = min((0, *past), key=lambda number: abs(number - true))
    return nearest if abs(nearest - true) < k else true


def moved(previous: Published, then: Published) -> set[str]:
    """The cells whose split the desk keeps anew, since their number is the true one of this day."""
    return {cell for cell in then.cells if then.cells[cell] != previous.cells.get(cell)}


def split(number: int, parts: Mapping[str, int], k: int = K) -> Mapping[str, int] | None:
    """The parts of a shown number, or None where they stay hidden. `parts` are those of the day the number moved."""
    if sum(parts.values()) != number or any(0 < part < k for part in parts.values()):
        return None
    return parts


@dataclass(frozen=True)
class Ways:
    """How answers came, as everybody may know it; `others` are those ways together that are too few to be named."""

    named: Mapping[str, int] = field(default_factory=dict)
    others: int = 0

    @property
    def total(self) -> int:
        return sum(self.named.values()) + self.others


def ways(counts: Mapping[str, int], every: Collection[str], k: int = K) -> Ways:
    """`every`: all the ways there are, so that the hidden ones are as many on each day."""
    named = {way: counts[way] - counts[way] % k for way in every if counts.get(way, 0) >= k}
    hidden = [counts.get(way, 0) for way in every if way not in named]
    # With more than so many, each of them would have to be at least one. More are shown as that: a gap would tell, too.
    most = max((k - 1) * (len(hidden) - 1), 0)
    others = min(sum(hidden), most)
    return Ways(named, others - others % k)


class TooFine(ValueError):
    """Three attributes crossed could point at a person."""


def tally(answers: Iterable[Mapping[str, str]], *by: str) -> Counter[tuple[str, ...]]:
    """For the desk and for `publish`: how many, by one attribute or two."""
    if len(by) > 2:
        raise TooFine(", ".join(by))
    return Counter(tuple(answer[attribute] for attribute in by) for answer in answers)
