"""A community's year: eight steps from learning to use, each with its day, and who has the next one.

The days follow the municipal budget (docs/year.md): a need counts for the next budget when it is on the agreed list in
September and at the round table by mid-October, before the mayor's draft of 15 November.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.months import later
from domain.people import Role
from domain.reminders import MORNING


class Step(StrEnum):
    """In the order of the year."""

    LEARN = "learn"
    PROFILE = "profile"
    SURVEY = "survey"
    AGREE = "agree"
    PREPARE = "prepare"
    ROUND_TABLE = "round_table"
    MONITOR = "monitor"
    USE = "use"


class Progress(StrEnum):
    BEGUN = "begun"
    DONE = "done"


class State(StrEnum):
    DONE = "done"
    UNDER_WAY = "under_way"
    NEXT = "next"  # the first that nobody has begun
    LATE = "late"  # its day has passed, and it can still be done
    AHEAD = "ahead"
    PASSED = "passed"  # its day has passed, and the year went on without it


class Milestone(StrEnum):
    ASSEMBLY = "assembly"
    REPORTS = "reports"
    DRAFT = "draft"
    REMARKS = "remarks"
    CORRECTED = "corrected"
    ADOPTED = "adopted"


# Month and day: the last good one to begin the step, or to hold it where it is one meeting.
BY = {
    Step.LEARN: (3, 31),  # while village assemblies meet, January to March
    Step.PROFILE: (5, 31),
    Step.SURVEY: (9, 1),
    Step.AGREE: (9, 30),
    Step.PREPARE: (10, 10),
    Step.ROUND_TABLE: (10, 15),
    Step.MONITOR: (11, 25),  # the draft budget can be remarked on until then: is the promise in it?
    Step.USE: (12, 10),
}
MILESTONES = {
    Milestone.ASSEMBLY: (3, 31),
    Milestone.REPORTS: (11, 1),
    Milestone.DRAFT: (11, 15),
    Milestone.REMARKS: (11, 25),
    Milestone.CORRECTED: (12, 10),
    Milestone.ADOPTED: (12, 31),
}
# What has to be over before a step makes sense.
NEEDS = {Step.AGREE: Step.SURVEY, Step.PREPARE: Step.AGREE, Step.MONITOR: Step.ROUND_TABLE}
# Owed once the step before it was begun, whatever came in between: a list to who answered, a look to who was promised.
OWED = frozenset({Step.AGREE, Step.MONITOR})
# Who begins it.
WHO: dict[Step, frozenset[Role]] = {
    Step.LEARN: frozenset({Role.COORDINATOR}),
    Step.PROFILE: frozenset({Role.LEADER}),
    Step.SURVEY: frozenset({Role.COORDINATOR}),
    Step.AGREE: frozenset({Role.LEADER, Role.TRUSTEE, Role.DEPUTY, Role.COORDINATOR}),
    Step.PREPARE: frozenset({Role.LEADER}),
    Step.ROUND_TABLE: frozenset({Role.LEADER, Role.TRUSTEE, Role.DEPUTY}),
    Step.MONITOR: frozenset({Role.LEADER}),
    Step.USE: frozenset({Role.LEADER, Role.DEPUTY, Role.COORDINATOR}),
}
# Who has work in it for as long as it is under way.
GOES_ON = {Step.SURVEY: Role.LEADER, Step.MONITOR: Role.LEADER}
# What the program cannot see happen: the leader or the coordinator says so.
TOLD = (Step.PROFILE, Step.PREPARE, Step.USE)
RESPONSIBLE = frozenset({Role.LEADER, Role.TRUSTEE, Role.DEPUTY, Role.COORDINATOR})

REMINDED_BEFORE = timedelta(days=21)
Facts = Mapping[Step, Progress]


@dataclass(frozen=True)
class Standing:
    """How one step stands, the last good day for it, and whether that is over: it may have to wait all the same."""

    step: Step
    state: State
    by: date
    over: bool

    @property
    def pending(self) -> bool:
        return self.state in (State.NEXT, State.LATE, State.AHEAD)


@dataclass(frozen=True)
class Year:
    """`steps` are all eight, in their order."""

    number: int
    steps: tuple[Standing, ...]

    def __getitem__(self, step: Step) -> Standing:
        return next(standing for standing in self.steps if standing.step is step)

    def next_step(self, roles: Collection[Role]) -> Standing | None:
        """The first step that waits for one of these roles, or goes on and needs them."""
        return next((each for each in self.steps if _waits(each, roles)), None)

    def unbegun(self, roles: Collection[Role]) -> Standing | None:
        """The first that nobody has begun, one of these roles can begin, and that has not to wait for another."""
        mine = (each for each in self.steps if each.pending and WHO[each.step].intersection(roles))
        return next((each for each in mine if self._ready(each.step)), None)

    def now(self) -> Standing:
        """What the village is busy with, said in one word: what goes on, else what comes next, else what was last."""
        under_way = [each for each in self.steps if each.state is State.UNDER_WAY]
        next_ = [each for each in self.steps if each.state in (State.NEXT, State.LATE)]
        done = [each for each in self.steps if each.state is State.DONE]
        return [*under_way[-1:], *next_, *done[-1:], self.steps[-1]][0]

    def _ready(self, step: Step) -> bool:
        before = NEEDS.get(step)
        return before is None or self[before].state is State.DONE


def _waits(standing: Standing, roles: Collection[Role]) -> bool:
    if standing.state is State.UNDER_WAY:
        return GOES_ON.get(standing.step) in roles
    return standing.pending and not WHO[standing.step].isdisjoint(roles)


def by(step: Step, year: int) -> date:
    return date(year, *BY[step])


def stand(facts: Facts, year: int, today: date) -> Year:
    """How the year stands on that day, from what has really happened."""
    found: list[Standing] = []
    for step in Step:
        state = _state(step, facts, year, today)
        if state is State.AHEAD and not any(each.pending for each in found):
            state = State.NEXT
        found.append(Standing(step, state, by(step, year), today > by(step, year)))
    return Year(year, tuple(found))


def _state(step: Step, facts: Facts, year: int, today: date) -> State:
    progress, before = facts.get(step), NEEDS.get(step)
    if progress is not None:
        return State.DONE if progress is Progress.DONE else State.UNDER_WAY
    if today <= by(step, year):
        return State.AHEAD
    owed = step in OWED and before in facts
    if _went_on(step, facts) and not owed:
        return State.PASSED
    return State.LATE if _over(before, facts) else State.AHEAD


def _over(before: Step | None, facts: Facts) -> bool:
    return before is None or facts.get(before) is Progress.DONE


def _went_on(step: Step, facts: Facts) -> bool:
    order = list(Step)
    return any(after in facts for after in order[order.index(step) + 1 :])


def coming(today: date) -> tuple[Milestone, date]:
    """The next day of the budget year."""
    days = [(date(year, *MILESTONES[each]), each) for year in (today.year, today.year + 1) for each in Milestone]
    day, milestone = min(each for each in days if each[0] >= today)
    return milestone, day


# Reminders of a step that nobody has begun: three weeks before its day, then every month until the year is over.


def reminder(step: Step, year: int, today: date) -> int:
    """The number of the last reminder whose day has come; 0 before the first. After the year there is none."""
    first, number = by(step, year) - REMINDED_BEFORE, 0
    while today.year == year and later(first, number) <= today:
        number += 1
    return number


def next_reminder(step: Step, year: int, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The morning of the next one, while the year lasts."""
    first = by(step, year) - REMINDED_BEFORE
    mornings = (datetime.combine(later(first, number), MORNING, zone).astimezone(UTC) for number in range(13))
    return next((at for at in mornings if at > after and at.astimezone(zone).year == year), None)
