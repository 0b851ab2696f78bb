"""The first line of the menu: one's own next step in the community's year, or the year in one sentence."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from conversations.person import Person
from conversations.world import World
from domain.people import Role
from domain.year import RESPONSIBLE, Standing, State, Step, Year
from locales import ngettext
from publish import year_words
from storage import year

# By which conversation a step is begun, or gone on with, and as what. Another part of the program adds its line.
BEGINS: dict[tuple[Step, Role], str] = {
    (Step.LEARN, Role.COORDINATOR): "training_desk",
    (Step.PROFILE, Role.LEADER): "where_we_are",
    (Step.SURVEY, Role.COORDINATOR): "polls_desk",
    (Step.SURVEY, Role.LEADER): "neighbour",
    (Step.AGREE, Role.COORDINATOR): "polls_desk",
    (Step.PREPARE, Role.LEADER): "meeting_prepare",
    (Step.ROUND_TABLE, Role.LEADER): "meeting_desk",
    (Step.MONITOR, Role.LEADER): "promise_check",
    (Step.USE, Role.LEADER): "where_we_are",
    (Step.USE, Role.COORDINATOR): "where_we_are",
}


class Line(NamedTuple):
    """`conversation` is what its button begins; None where there is nothing to press."""

    words: str
    conversation: str | None = None


class Own(NamedTuple):
    """A step that waits for somebody, as what, and in how many communities."""

    standing: Standing
    roles: Collection[Role]
    communities: int

    @property
    def conversation(self) -> str | None:
        role = year_words.begins(self.standing, self.roles)
        return BEGINS.get((self.standing.step, role)) if role else None

    @property
    def words(self) -> str:
        words = year_words.next_for_you(self.standing, self.roles)
        if self.communities == 1:
            return words
        where = ngettext("({count} community)", "({count} communities)", self.communities)
        return f"{words} {where.format(count=self.communities)}"


async def line(world: World, person: Person) -> Line | None:
    """Two queries. None for somebody of whose year nothing is known: no village, no role."""
    db = await world.open()
    shares = await year.shares_of(db, person_id=person.id, village_id=person.village_id)
    if not shares:
        return None
    years = await year.standing(db, where=shares, now=world.now, zone=world.zone)
    own = nearest(shares, years)
    if own is not None:
        return Line(own.words, own.conversation)
    home = next((each for each, roles in shares.items() if Role.RESIDENT in roles), next(iter(shares)))
    return Line(year_words.for_everybody(years[home]))


def nearest(shares: year.Roles, years: dict[int, Year]) -> Own | None:
    """Of all communities the step that comes first in the year; how it stands where it stands worst."""
    waiting: dict[Step, list[tuple[Standing, Collection[Role]]]] = {}
    for community_id, roles in shares.items():
        standing = years[community_id].next_step(RESPONSIBLE.intersection(roles))
        if standing is not None:
            waiting.setdefault(standing.step, []).append((standing, roles))
    first = next((waiting[step] for step in Step if step in waiting), None)
    if first is None:
        return None
    return Own(*min(first, key=lambda each: each[0].state is not State.LATE), len(first))
