"""From ballots to one order: sequential Phragmén, and what can be paid for by the Method of Equal Shares.

Sequential Phragmén puts next whoever burdens the voters least: each place costs its voters one unit, shared so that the
most burdened of them carries as little as can be. So a third of the voters owns a third of every beginning of the list
(Brill, Freeman, Janson, Lackner, "Phragmén's voting methods and justified representation", 2023).

Whole numbers over one common denominator: nothing is rounded, and a hundred thousand ballots take a second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import TypeVar

Need = TypeVar("Need", bound=Hashable)


def order(ballots: Iterable[Collection[Need]], needs: Sequence[Need]) -> list[Need]:
    """Every need that somebody picked, the first place first.

    Ties go to the one that stands first in `needs`: that is, the one told first.
    """
    votes = [frozenset(ballot).intersection(needs) for ballot in ballots]
    voters = _voters(votes, needs)
    last = [0] * len(votes)  # the place that last burdened this voter; 0: none so far
    behind = {need: Counter({0: len(those)}) for need, those in voters.items()}  # how many by that place
    loads, whole = [0], 1  # what each place left its voters with, as numerators over `whole`
    ranked: list[Need] = []
    while behind:
        burden = {need: whole + sum(loads[at] * count for at, count in behind[need].items()) for need in behind}
        best = _lightest(burden, voters)
        ranked.append(best)
        loads, whole = [load * len(voters[best]) for load in loads], whole * len(voters[best])
        loads.append(burden[best])
        del behind[best]
        for old, those in _by_place(voters[best], votes, last).items():
            _move(behind, those, old, len(ranked))
        for voter in voters[best]:
            last[voter] = len(ranked)
    return ranked


def _voters(votes: Sequence[frozenset[Need]], needs: Sequence[Need]) -> dict[Need, list[int]]:
    """Who picked each need that somebody picked, in the order of `needs`."""
    voters: dict[Need, list[int]] = {need: [] for need in needs}
    for voter, vote in enumerate(votes):
        for need in vote:
            voters[need].append(voter)
    return {need: those for need, those in voters.items() if those}


def _lightest(burden: Mapping[Need, int], voters: Mapping[Need, Sequence[int]]) -> Need:
    """The smallest burden for each voter; the first of equals."""
    best, *others = burden
    for need in others:
        if burden[need] * len(voters[best]) < burden[best] * len(voters[need]):
            best = need
    return best


def _by_place(
    voters: Iterable[int], votes: Sequence[frozenset[Need]], last: Sequence[int]
) -> dict[int, list[frozenset[Need]]]:
    found: dict[int, list[frozenset[Need]]] = defaultdict(list)
    for voter in voters:
        found[last[voter]].append(votes[voter])
    return found


def _move(behind: Mapping[Need, Counter[int]], those: Iterable[frozenset[Need]], old: int, new: int) -> None:
    """Counted all at once: for a hundred thousand ballots one by one takes too long."""
    for need, count in Counter(chain.from_iterable(those)).items():
        if need in behind:
            behind[need][old] -= count
            behind[need][new] += count


def affordable(
    ballots: Iterable[Collection[Need]], costs: Mapping[Need, int], money: int, needs: Sequence[Need]
) -> list[Need]:
    """The needs that `money` pays for: the Method of Equal Shares, where a need's worth is its cost.

    Everybody owns the same share. Next comes the need whose supporters pay the smallest part of its cost each, at the
    most; ties go to the first in `needs`. What is left over at the end pays for the next of `order` that fit.
    """
    votes = [frozenset(ballot).intersection(costs) for ballot in ballots]
    bought = _by_equal_shares(votes, costs, money, needs)
    left = money - sum(costs[need] for need in bought)
    for need in order(votes, needs):
        if need not in bought and costs[need] <= left:
            bought.append(need)
            left -= costs[need]
    return bought


def _by_equal_shares(
    votes: Sequence[frozenset[Need]], costs: Mapping[Need, int], money: int, needs: Sequence[Need]
) -> list[Need]:
    purses = [Fraction(money, len(votes))] * len(votes) if votes else []
    behind = {need: [at for at, vote in enumerate(votes) if need in vote] for need in needs if need in costs}
    bought: list[Need] = []
    while True:
        offers = [
            (share, need) for need in behind if (share := _share([purses[at] for at in behind[need]], costs[need]))
        ]
        if not offers:
            return bought
        _part, need, most = min(((most / costs[need], need, most) for most, need in offers), key=lambda offer: offer[0])
        for at in behind.pop(need):
            purses[at] -= min(purses[at], most)
        bought.append(need)


def _share(purses: Sequence[Fraction], cost: int) -> Fraction | None:
    """The most that one of them has to pay when all pay alike, as far as they can; None when together they cannot."""
    missing = Fraction(cost)
    if sum(purses) < missing:
        return None
    for at, purse in enumerate(sorted(purses)):
        share = missing / (len(purses) - at)
        if purse >= share:
            return share
        missing -= purse
    return None
