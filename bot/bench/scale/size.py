"""How large the country is, and which number everything in it has: what is asked of number n is reckoned, not stored.

Only the number of villages changes with the fraction: a village, a municipality and a promise are as large in a small
run as in a full one, so that what grows with the country shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Tbilisi")
NOW = datetime(2026, 5, 20, 10, 5, tzinfo=ZONE)  # a Wednesday on which offices are open, when reminders are due
TODAY = NOW.date()
CHANNEL = "telegram:1"

VILLAGES = 10_000
VILLAGES_OF_COMMUNITY, COMMUNITIES_OF_MUNICIPALITY = 10, 16
VILLAGES_OF_MUNICIPALITY = VILLAGES_OF_COMMUNITY * COMMUNITIES_OF_MUNICIPALITY
ANSWERS, EVENTS = 50, 10  # of a village's residents half answered; of each promise so many events
OFFICES = ("მერი", "ინფრასტრუქტურის სამსახური", "წყლის სამსახური", "სოციალური სამსახური")
MEMBERS = 3  # of a community's group, beside its leader
DUE_EACH = 5  # every so many promises one is due today


class Holders(NamedTuple):
    """The numbers of people with a role."""

    leader: int
    official: int
    coordinator: int
    resident: int


@dataclass(frozen=True, slots=True)
class Size:
    villages: int
    residents: int = 100  # in each village
    needs: int = 20
    promises: int = 10

    @property
    def communities(self) -> int:
        return -(-self.villages // VILLAGES_OF_COMMUNITY)

    @property
    def municipalities(self) -> int:
        return -(-self.communities // COMMUNITIES_OF_MUNICIPALITY)

    def person(self, village: int, place: int) -> int:
        """The person in this place of that village; both count from 0, as all places here, and ids from 1."""
        return village % self.villages * self.residents + place + 1

    def group(self, community: int) -> list[int]:
        """The leader first; each is the first resident of their village."""
        return [self.person(community * VILLAGES_OF_COMMUNITY + each, 0) for each in range(1 + MEMBERS)]

    def officials(self, municipality: int) -> list[int]:
        """One for each office, by its place; the coordinator after them."""
        first = municipality * VILLAGES_OF_MUNICIPALITY
        return [self.person(first + each, 1) for each in range(len(OFFICES) + 1)]

    def holders(self, place: int) -> Holders:
        """Of some community, of its municipality, and a resident there."""
        community = place % self.communities
        officials = self.officials(community // COMMUNITIES_OF_MUNICIPALITY)
        ordinary = self.person(community * VILLAGES_OF_COMMUNITY + 5, 0)
        return Holders(self.group(community)[0], officials[place % len(OFFICES)], officials[-1], ordinary)

    def empty(self) -> Size:
        """One municipality in which nothing was said yet, and nobody lives who has no role."""
        return Size(min(self.villages, VILLAGES_OF_MUNICIPALITY), residents=2, needs=0, promises=0)

    def figures(self) -> dict[str, int]:
        promises = self.villages * self.promises
        return {
            "municipalities": self.municipalities,
            "villages": self.villages,
            "residents": self.villages * self.residents,
            "needs": self.villages * self.needs,
            "promises": promises,
            "events": promises * EVENTS,
            "due_today": promises // DUE_EACH,
        }


def of(fraction: float) -> Size:
    """This part of the country, in whole communities."""
    communities = max(1, round(VILLAGES * fraction / VILLAGES_OF_COMMUNITY))
    return Size(communities * VILLAGES_OF_COMMUNITY)


def external(person: int) -> str:
    """How Telegram calls this person; those who come anew in the bench have smaller numbers."""
    return str(100_000_000 + person)
