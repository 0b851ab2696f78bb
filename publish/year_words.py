"""A community's year in words: its steps, how each stands, what to do next, and what the budget year brings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from babel.dates import format_date

from domain.people import Role
from domain.year import GOES_ON, WHO, Milestone, Standing, State, Step, Year
from locales import _, current

# Sorted out where somebody holds several roles: the nearest to the work speaks.
NEAREST = (Role.LEADER, Role.COORDINATOR, Role.TRUSTEE, Role.DEPUTY)


def step(which: Step) -> str:
    return {
        Step.LEARN: _("Learn"),
        Step.PROFILE: _("Know the community"),
        Step.SURVEY: _("Ask every home"),
        Step.AGREE: _("Agree on one list"),
        Step.PREPARE: _("Prepare"),
        Step.ROUND_TABLE: _("Round table"),
        Step.MONITOR: _("Check the promise"),
        Step.USE: _("Put it to use"),
    }[which]


def day(when: date) -> str:
    """Without the year, which everybody knows: "1 September"."""
    return format_date(when, "d MMMM", locale=current())


def state(standing: Standing) -> str:
    """ "by 15 October" for what lies ahead."""
    return {
        State.DONE: _("done"),
        State.UNDER_WAY: _("under way"),
        State.NEXT: _("comes next") if standing.over else _("next, by {day}"),
        State.LATE: _("not begun, its day was {day}"),
        State.AHEAD: _("later") if standing.over else _("by {day}"),
        State.PASSED: _("left out this year"),
    }[standing.state].format(day=day(standing.by))


SIGNS = {
    State.DONE: "✅",
    State.UNDER_WAY: "🔵",
    State.NEXT: "👉",
    State.LATE: "⚠️",
    State.AHEAD: "⚪",
    State.PASSED: "➖",
}


def listed(year: Year) -> str:
    """A line for each step."""
    return "\n".join(f"{SIGNS[each.state]} {step(each.step)}: {state(each)}" for each in year.steps)


def next_for_you(standing: Standing, roles: Collection[Role]) -> str:
    """The first line of the menu of whoever has a step to take."""
    what = task(standing, roles)
    if standing.state is State.UNDER_WAY:
        return _("For you now: {what}.").format(what=what)
    if standing.state is State.LATE:
        words = _("Next for you: {what}. Its day, {day}, has passed, but it is not too late.")
        return words.format(what=what, day=day(standing.by))
    if standing.over:  # it waits for another step
        return _("Next for you: {what}.").format(what=what)
    return _("Next for you: {what} – by {day}.").format(what=what, day=day(standing.by))


def task(standing: Standing, roles: Collection[Role]) -> str:
    role, going = begins(standing, roles), standing.state is State.UNDER_WAY
    match standing.step:
        case Step.SURVEY if going:
            return _("go from home to home with your group, so that everybody is heard")
        case Step.AGREE if role is Role.COORDINATOR:
            return _("record the list that the village agreed on")
        case Step.ROUND_TABLE if role is not Role.LEADER:
            return _("come to the round table")
    return {
        Step.LEARN: _("announce a training"),
        Step.PROFILE: _("write the community profile with your group"),
        Step.SURVEY: _("open the poll"),
        Step.AGREE: _("agree on one list of urgent needs"),
        Step.PREPARE: _("prepare what the group will show at the round table"),
        Step.ROUND_TABLE: _("hold the round table and write down what is promised"),
        Step.MONITOR: _("look how the promises stand"),
        Step.USE: _("put the needs to use: in the budget and in grant calls"),
    }[standing.step]


def begins(standing: Standing, roles: Collection[Role]) -> Role | None:
    """As what somebody takes this step."""
    going = standing.state is State.UNDER_WAY
    may = {GOES_ON[standing.step]} if going and standing.step in GOES_ON else WHO[standing.step]
    return next((role for role in NEAREST if role in may and role in roles), None)


def for_everybody(year: Year) -> str:
    """The year in a sentence or two, for those who only live there."""
    now = year.now()
    words = _going(now.step) if now.state is State.UNDER_WAY else _coming(now.step)
    if now.state in (State.DONE, State.PASSED, State.AHEAD):
        words = _("This year has gone all the way round.")
    table, steps = year[Step.ROUND_TABLE], list(Step)
    if table.state in (State.NEXT, State.AHEAD) and steps.index(now.step) < steps.index(table.step):
        words = " ".join([words, _("The round table is planned for mid-October.")])
    return words


def _going(which: Step) -> str:
    return {
        Step.LEARN: _("Trainings are going on in your community."),
        Step.PROFILE: _("Your group is writing down what your community is like."),
        Step.SURVEY: _("Your village is telling what it needs."),
        Step.AGREE: _("Your village is choosing what is urgent."),
        Step.PREPARE: _("Your group is preparing for the round table."),
        Step.ROUND_TABLE: _("The round table has begun."),
        Step.MONITOR: _("Your group is looking whether the promises are kept."),
        Step.USE: _("What your village needs is being put to use: in the budget and in grant calls."),
    }[which]


def _coming(which: Step) -> str:
    return {
        Step.LEARN: _("The year begins with a training: how the village can take part."),
        Step.PROFILE: _("Next, your group writes down what your community is like."),
        Step.SURVEY: _("Soon your village will be asked what it needs."),
        Step.AGREE: _("Your village is choosing what is urgent."),
        Step.PREPARE: _("Your group is preparing for the round table."),
        Step.ROUND_TABLE: _("The round table comes next."),
        Step.MONITOR: _("Next, your group looks whether the promises are kept."),
        Step.USE: _("Next, what your village needs is put to use: in the budget and in grant calls."),
    }[which]


def milestone(which: Milestone, when: date) -> str:
    what = {
        Milestone.ASSEMBLY: _("village assemblies choose a project"),
        Milestone.REPORTS: _("the mayor and the council members report to their voters"),
        Milestone.DRAFT: _("the mayor brings the draft budget to the council"),
        Milestone.REMARKS: _("the council returns the draft budget with its remarks"),
        Milestone.CORRECTED: _("the mayor brings the budget to the council once more"),
        Milestone.ADOPTED: _("the council adopts the budget"),
    }[which]
    return _("In the budget year: {what}, by {day}.").format(what=what, day=day(when))
