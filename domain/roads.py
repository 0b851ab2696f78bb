"""What goes where: which road each need of the closed list takes, as the three choose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from domain.dialogue import Party
from domain.refusal import Refused

LASTS = timedelta(days=7)  # from the first choice on, whoever was silent is not waited for


class Road(StrEnum):
    OURSELVES = "ourselves"
    VILLAGE_PROGRAMME = "village_programme"
    ROUND_TABLE = "round_table"  # these are the priority issues
    HIGHER = "higher"


Choice = Mapping[int, Road]


def check(items: Sequence[int], choice: Choice) -> None:
    """Every need of the list has a road, and nothing else has one."""
    if set(choice) != set(items):
        raise Refused("list_changed")


def placed(items: Sequence[int], choices: Mapping[Party, Choice]) -> dict[int, Road | None]:
    """What most of those who chose want; where they are split, what the group wants; None where even that is open."""
    return {item: _of(item, choices) for item in items}


def _of(item: int, choices: Mapping[Party, Choice]) -> Road | None:
    counted = Counter(choice[item] for choice in choices.values()).most_common()
    if not counted:
        return None
    best = [road for road, number in counted if number == counted[0][1]]
    own = choices.get(Party.GROUP)
    if len(best) == 1:
        return best[0]
    return own[item] if own is not None else None


def complete(choices: Collection[Party], vacant: Collection[Party]) -> bool:
    """All who can choose have chosen."""
    return set(Party) <= {*choices, *vacant} and bool(choices)
