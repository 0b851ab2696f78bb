"""Which numbers of a form's answers are shown: none that points at a person, alone or subtracted from another.

While a form is open its numbers grow under the eyes of whoever looks each day: they are told in steps of five,
downwards ("15+"), and never by women and men. Once it is closed they stand still: each from five on as it is, unless
what is left over (hidden choices, and who said nothing) would be one to four: then the smallest shown goes with it,
since anybody can subtract. Where several choices may be taken each stands alone, and what is left over are those who
did not take it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.counts import K
from domain.people import Sex

Parts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """`least`: there are so many or up to four more. `parts`: women, men, undisclosed, where they may be shown."""

    number: int
    least: bool = False
    parts: Parts | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """`low` and `high`: beyond each lie at least five, and between them most; None where there are too few for that."""

    middle: float
    low: float | None = None
    high: float | None = None


def total(number: int, *, closed: bool) -> Cell | None:
    """How many have answered; None for fewer than five."""
    if number < K:
        return None
    return Cell(number) if closed and number % K == 0 else Cell(number - number % K, least=True)


def one_of(cells: Mapping[str, Parts], everybody: Parts, *, closed: bool) -> dict[str, Cell]:
    """Everybody chose one of these, or nothing. `cells` by choice, each by sex, as `everybody`."""
    numbers = {choice: sum(parts.values()) for choice, parts in cells.items()}
    shown = {choice: number for choice, number in numbers.items() if number >= K}
    if not closed:
        return {choice: _step(number) for choice, number in shown.items()}
    left = [number for choice, number in numbers.items() if choice not in shown]
    left.append(sum(everybody.values()) - sum(numbers.values()))
    while shown and 0 < sum(left) < K:
        smallest = min(shown, key=lambda choice: (shown[choice], choice))
        left.append(shown.pop(smallest))
    rest = {sex: everybody[sex] - sum(cells[choice].get(sex, 0) for choice in shown) for sex in everybody}
    split = _may_split([*(cells[choice] for choice in shown), rest])
    return {choice: Cell(number, parts=cells[choice] if split else None) for choice, number in shown.items()}


def any_of(cells: Mapping[str, Parts], everybody: Parts, *, closed: bool) -> dict[str, Cell]:
    """Everybody chose as many of these as they liked."""
    found = {}
    for choice, parts in cells.items():
        number = sum(parts.values())
        others = {sex: all_ - parts.get(sex, 0) for sex, all_ in everybody.items()}
        if number < K:
            continue
        if not closed or 0 < sum(others.values()) < K:
            found[choice] = _step(number)
        else:
            found[choice] = Cell(number, parts=parts if _may_split([parts, others]) else None)
    return found


def spread(values: Sequence[float]) -> Spread | None:
    if len(values) < K:
        return None
    found, half = sorted(values), len(values) // 2
    middle = found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2
    return Spread(middle, found[K - 1], found[-K]) if len(found) >= 4 * K else Spread(middle)


def _step(number: int) -> Cell:
    return Cell(number - number % K, least=True)


def _may_split(tables: Sequence[Parts]) -> bool:
    """Not where somebody is one of one to four, and not where nobody said whether woman or man."""
    parts = [part for each in tables for part in each.values()]
    told = any(each.get(sex) for each in tables for sex in (Sex.WOMAN, Sex.MAN))
    return told and not any(0 < part < K for part in parts)
