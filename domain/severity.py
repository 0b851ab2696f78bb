"""Severity and reach: the group's own view of each need, how bad it is and for how many, averaged over its members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from domain.refusal import Refused

WORST = WIDEST = 4
LEVELS = range(1, WORST + 1)  # how bad: bearable … cannot go on; for how many: a few, a third, most, all


@dataclass(frozen=True, slots=True)
class Said:
    """By one member, of one need."""

    need: int
    member: int
    severity: int
    reach: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a need stands between 1 and 4 on both sides, and how many members said so."""

    need: int
    severity: Fraction
    reach: Fraction
    members: int

    @property
    def weight(self) -> Fraction:
        return self.severity * self.reach


def check(severity: int, reach: int) -> None:
    if severity not in LEVELS or reach not in LEVELS:
        raise Refused("gone")


def spots(said: Iterable[Said], head_of: Mapping[int, int]) -> list[Spot]:
    """The heaviest first. What was said of needs that are one by now counts once for each member, as their mean."""
    of: dict[int, dict[int, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for one in said:
        if one.need in head_of:
            of[head_of[one.need]][one.member].append(one)
    found = [_spot(need, list(members.values())) for need, members in of.items()]
    return sorted(found, key=lambda spot: (-spot.weight, -spot.severity, spot.need))


def _spot(need: int, members: list[list[Said]]) -> Spot:
    severity = [_mean([one.severity for one in said]) for said in members]
    reach = [_mean([one.reach for one in said]) for said in members]
    return Spot(need, _mean(severity), _mean(reach), len(members))


def _mean(numbers: list[int] | list[Fraction]) -> Fraction:
    return Fraction(sum(numbers)) / len(numbers)
