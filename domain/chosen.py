"""What came of a choosing, as it may be known: the list, women's and men's, and each group's first need.

It is counted once, when the choosing has closed, and what is made then is all that is ever shown: pictures, pages and
texts of any day are of the same numbers, so nothing can be subtracted from one another.

The rule of what is shown.
1. Only a need that at least `k` (5) picked gets a place. Where a smaller one stood between two numbers, its own could
   be reckoned from them. The others stand below, in the order in which they were told, picked by a few or by nobody.
2. Every number goes in steps of `k` downwards (18 is shown as 15): whatever is subtracted from whatever, the
   difference is a multiple of `k`, and stands for a range.
3. Where five women picked one need and five men picked one, every number is of women or of men, each by itself; else
   every number is of people. Never both: women, men, and who did not say what they are, are in no number together
   from which one of them could be subtracted.
4. How many chose is never more than the sum of what is shown of the needs: everybody picked at least one, so more would
   say how many picked what is hidden.
5. Women's and men's lists are shown both or not at all: with one of them hidden, it could be told from the other.
6. A group is shown without numbers: its first need, and the place of that. What is hidden of a division (of the ages,
   say) holds `k` people or nobody; else the smallest of those shown is hidden with it.
tests/domain/test_chosen.py tries to subtract.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from domain.counts import K
from domain.people import AgeBand, Sex
from domain.ranking import affordable, order

TOP = 5  # the places that a list is asked about: "is it among the first five?"
# The parts of a village that people speak of.
PARTS = (Fraction(1, 10), *(Fraction(1, each) for each in (5, 4, 3, 2)), Fraction(2, 3), Fraction(3, 4), Fraction(1))


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person picked; None where they did not tell."""

    picks: frozenset[int]
    sex: str | None = None
    age_band: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """How many, in steps of five: women and men, or people in place of both. None is fewer than five, or not told."""

    women: int | None = None
    men: int | None = None
    people: int | None = None

    @property
    def split(self) -> bool:
        return self.women is not None or self.men is not None

    @property
    def number(self) -> int:
        """About how many in all, as far as it is shown."""
        return (self.people or 0) + (self.women or 0) + (self.men or 0)


@dataclass(frozen=True, slots=True)
class Line:
    need: int
    shown: Shown


@dataclass(frozen=True, slots=True)
class First:
    """A group, and the need that most of it picked; `place` on the village's list."""

    group: str
    need: int
    place: int

    @property
    def on_top(self) -> bool:
        return self.place <= TOP


@dataclass(frozen=True, slots=True)
class Result:
    """`lines` is the list, the most urgent first; `below` has no order. `beside` came over the open web.

    firsts   of women, men and ages, as far as they may be shown
    payable  what `money` (lari) pays for, in the order in which it is bought; None where nobody told costs
    """

    lines: tuple[Line, ...] = ()
    below: tuple[int, ...] = ()
    chose: Shown = Shown()
    beside: int = 0
    women: tuple[int, ...] | None = None
    men: tuple[int, ...] | None = None
    firsts: tuple[First, ...] = ()
    payable: tuple[int, ...] | None = None
    money: int | None = None

    @property
    def order(self) -> list[int]:
        return [line.need for line in self.lines]

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def read(kept: Mapping[str, Any]) -> Result:
        many = ("below", "women", "men", "payable")
        lines = tuple(Line(one["need"], Shown(**one["shown"])) for one in kept["lines"])
        firsts = tuple(First(**one) for one in kept["firsts"])
        tuples = {name: None if kept[name] is None else tuple(kept[name]) for name in many}
        whole = {**kept, **tuples, "lines": lines, "firsts": firsts, "chose": Shown(**kept["chose"])}
        return Result(**whole)


@dataclass(frozen=True, slots=True)
class Money:
    """What each need costs, as far as it is known, and how much there is; in lari."""

    costs: Mapping[int, int]
    amount: int


def count(
    ballots: Sequence[Ballot], needs: Sequence[int], *, beside: int = 0, money: Money | None = None, k: int = K
) -> Result:
    """`needs` in the order in which they were told; `beside` is how many more chose over the open web."""
    ranked = _ranked(ballots, needs, k)
    of_sex = {sex: [one for one in ballots if one.sex == sex] for sex in (Sex.WOMAN, Sex.MAN)}
    parted = all(any(_behind(need, those) >= k for need in needs) for those in of_sex.values())
    lines = [Line(need, _shown([one for one in ballots if need in one.picks], parted, k)) for need in ranked]
    return Result(
        lines=tuple(lines),
        below=tuple(need for need in needs if need not in ranked),
        chose=_chose(_shown(ballots, parted, k), [line.shown for line in lines]),
        beside=_steps(beside, k),
        women=tuple(_ranked(of_sex[Sex.WOMAN], needs, k)) if parted else None,
        men=tuple(_ranked(of_sex[Sex.MAN], needs, k)) if parted else None,
        firsts=tuple(_firsts(ballots, ranked, parted, k)),
        payable=_payable(ballots, ranked, money),
        money=money.amount if money else None,
    )


def _ranked(ballots: Sequence[Ballot], needs: Sequence[int], k: int) -> list[int]:
    """Sequential Phragmén among the needs that enough of them picked."""
    picked = Counter(need for one in ballots for need in one.picks)
    return order([one.picks for one in ballots], [need for need in needs if picked[need] >= k])


def _behind(need: int, ballots: Sequence[Ballot]) -> int:
    return sum(need in one.picks for one in ballots)


def _steps(number: int, k: int) -> int:
    return number - number % k


def _shown(ballots: Sequence[Ballot], parted: bool, k: int) -> Shown:
    women, men = (sum(one.sex == sex for one in ballots) for sex in (Sex.WOMAN, Sex.MAN))
    if parted:
        return Shown(women=_steps(women, k) or None, men=_steps(men, k) or None)
    return Shown(people=_steps(len(ballots), k)) if len(ballots) >= k else Shown()


def _chose(true: Shown, lines: Sequence[Shown]) -> Shown:
    """No more than the sum of the needs."""

    def most(number: int | None, shown: Iterable[int | None]) -> int | None:
        return None if number is None else min(number, sum(each or 0 for each in shown))

    women = most(true.women, (line.women for line in lines))
    men = most(true.men, (line.men for line in lines))
    return Shown(women or None, men or None, most(true.people, (line.people for line in lines)) or None)


def _firsts(ballots: Sequence[Ballot], ranked: Sequence[int], parted: bool, k: int) -> Iterable[First]:
    sexes = {sex.value: [one for one in ballots if one.sex == sex] for sex in (Sex.WOMAN, Sex.MAN)}
    ages = {band.value: [one for one in ballots if one.age_band == band] for band in AgeBand}
    ages[AgeBand.UNDISCLOSED] = [one for one in ballots if one.age_band in (None, AgeBand.UNDISCLOSED)]
    shown = [*(sexes if parted else ()), *_showable({name: len(those) for name, those in ages.items()}, k)]
    for name in shown:
        first = next(iter(_ranked((sexes | ages)[name], ranked, k)), None)
        if first is not None and name != AgeBand.UNDISCLOSED:
            yield First(name, first, ranked.index(first) + 1)


def _showable(sizes: Mapping[str, int], k: int) -> list[str]:
    """The parts of a division that may be shown: what is hidden of it holds `k` or nobody."""
    shown = [name for name in sizes if sizes[name] >= k]
    while shown and 0 < sum(sizes[name] for name in sizes if name not in shown) < k:
        shown.remove(min(shown, key=lambda name: sizes[name]))
    return shown


def _payable(ballots: Sequence[Ballot], ranked: Sequence[int], money: Money | None) -> tuple[int, ...] | None:
    if money is None:
        return None
    costs = {need: money.costs[need] for need in ranked if need in money.costs}
    return tuple(affordable([one.picks for one in ballots], costs, money.amount, ranked)) if costs else ()


@dataclass(frozen=True, slots=True)
class Own:
    """For one person: their pick that stands highest, its place, and about which part of the village wants it too."""

    need: int
    place: int
    part: Fraction | None


def own(result: Result, picks: Iterable[int]) -> Own | None:
    """From what everybody knows and their own picks alone, so that it tells nothing of anybody else."""
    mine = [place for place, line in enumerate(result.lines, start=1) if line.need in set(picks)]
    if not mine:
        return None
    line = result.lines[mine[0] - 1]
    return Own(line.need, mine[0], part(line.shown.number, result.chose.number))


def part(number: int, whole: int) -> Fraction | None:
    """The nearest part that people speak of; None where a number is hidden."""
    if not number or not whole:
        return None
    exact = min(Fraction(number, whole), Fraction(1))
    return min(PARTS, key=lambda each: abs(each - exact))
