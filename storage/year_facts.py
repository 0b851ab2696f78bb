"""What has really happened of a community's year, read from the tables of those who did it.

A source answers rows of (community, step, whether it was begun, whether it is done), the last two as 0 and 1. A part of
the program that makes another step visible adds its source to SOURCES: the step then shows in menu, ring and reminders.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, Text, and_, case, cast, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.entries import Verb
from domain.year import Facts, Progress, Step
from storage.tables.meetings import meeting_communities, meeting_entries
from storage.tables.places import communities, villages
from storage.tables.polls import agreed_lists, poll_villages, polls
from storage.tables.promise_states import promise_states
from storage.tables.promises import promises
from storage.tables.trainings import trainings
from storage.tables.years import year_marks


@dataclass(frozen=True, slots=True)
class Span:
    """One year of some communities, as it stands at `now`."""

    communities: Collection[int]
    year: int
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def days(self, column: Any) -> ColumnElement[bool]:
        return and_(column >= date(self.year, 1, 1), column <= date(self.year, 12, 31))

    def moments(self, column: Any) -> ColumnElement[bool]:
        return and_(column >= self._begins(self.year), column < self._begins(self.year + 1))

    def _begins(self, year: int) -> datetime:
        return datetime.combine(date(year, 1, 1), time(0), self.zone).astimezone(UTC)


Source = Callable[[Span], Select[Any]]


def trainings_held(span: Span) -> Select[Any]:
    """Announced for the community or all of its municipality; one that was held is enough."""
    c, t = communities.c, trainings.c
    # Kept as JSON, "[1,12]" is looked through as ",1,12,".
    chosen = func.replace(func.replace(cast(t.community_ids, Text), "[", ","), "]", ",", type_=Text)
    invited = or_(t.community_ids.is_(None), chosen.like(literal("%,") + cast(c.id, String) + literal(",%")))
    joined = communities.join(trainings, and_(t.municipality_id == c.municipality_id, invited))
    held = _any(t.starts_at <= span.now)
    query = _rows(c.id, Step.LEARN, literal(1), held).select_from(joined)
    return query.where(_here(c.id, span), span.moments(t.starts_at), t.cancelled_at.is_(None))


def polls_asked(span: Span) -> Select[Any]:
    """A poll that was opened or announced; done when one is over and none goes on."""
    over = or_(polls.c.closed_at.is_not(None), polls.c.closes < span.today)
    joined = polls.join(poll_villages).join(villages, villages.c.id == poll_villages.c.village_id)
    query = _rows(villages.c.community_id, Step.SURVEY, literal(1), _all(over)).select_from(joined)
    return query.where(_here(villages.c.community_id, span), span.days(polls.c.opens))


def lists_agreed(span: Span) -> Select[Any]:
    """Begun with the first village's list, done when every village that was asked has one."""
    asked = select(poll_villages.c.village_id).join(polls).where(span.days(polls.c.opens))
    listed = select(agreed_lists.c.village_id).where(span.moments(agreed_lists.c.recorded_at))
    has_one = villages.c.id.in_(listed)
    query = _rows(villages.c.community_id, Step.AGREE, _any(has_one), _all(has_one))
    return query.where(_here(villages.c.community_id, span), or_(villages.c.id.in_(asked), has_one))


def tables_set(span: Span) -> Select[Any]:
    """A round table has its issues; once it was opened the group has prepared."""
    opened = _any(meeting_entries.c.verb == Verb.OPENED)
    return _table(span, Step.PREPARE, opened, Verb.AGENDA, Verb.OPENED)


def tables_held(span: Span) -> Select[Any]:
    closed = _any(meeting_entries.c.verb == Verb.CLOSED)
    return _table(span, Step.ROUND_TABLE, closed, Verb.OPENED, Verb.CLOSED)


def _table(span: Span, step: Step, done: Any, *verbs: Verb) -> Select[Any]:
    c, e = meeting_communities.c, meeting_entries.c
    joined = meeting_communities.join(meeting_entries, e.meeting_id == c.meeting_id)
    query = _rows(c.community_id, step, literal(1), done).select_from(joined)
    return query.where(_here(c.community_id, span), e.verb.in_(verbs), span.moments(e.at))


def promises_made(span: Span) -> Select[Any]:
    """Also where nobody kept its record here, a round table is held when its first promise was written down."""
    query = _rows(promises.c.community_id, Step.ROUND_TABLE, literal(1), literal(1))
    return query.where(_here(promises.c.community_id, span), span.days(promises.c.made_on))


def promises_checked(span: Span) -> Select[Any]:
    """Of the promises of this year: the group has looked at one; done when at each."""
    looked = promise_states.c.checked_on.is_not(None)
    query = _rows(promises.c.community_id, Step.MONITOR, _any(looked), _all(looked))
    query = query.join(promise_states, promise_states.c.promise_id == promises.c.id)
    return query.where(_here(promises.c.community_id, span), span.days(promises.c.made_on))


def told(span: Span) -> Select[Any]:
    """What the leader or the coordinator said of steps that leave no other trace."""
    m = year_marks.c
    done = case((m.progress == Progress.DONE, 1), else_=0)
    query = select(m.community_id, m.step, literal(1), done)
    return query.where(_here(m.community_id, span), m.year == span.year, m.progress.is_not(None))


SOURCES: tuple[Source, ...] = (
    trainings_held,
    polls_asked,
    lists_agreed,
    tables_set,
    tables_held,
    promises_made,
    promises_checked,
    told,
)


async def facts(db: AsyncConnection, span: Span) -> dict[int, Facts]:
    """By community, in one query."""
    found: dict[int, dict[Step, Progress]] = {each: {} for each in span.communities}
    if not found:
        return {}
    for row in await db.execute(union_all(*(source(span) for source in SOURCES))):
        community_id, step, begun, done = tuple(row)
        known = found[community_id]
        if done:
            known[Step(step)] = Progress.DONE
        elif begun:
            known.setdefault(Step(step), Progress.BEGUN)
    return dict(found)


def _rows(community: Any, step: Step, begun: Any, done: Any) -> Select[Any]:
    return select(community, literal(step.value), begun, done).group_by(community)


def _here(community: ColumnElement[int], span: Span) -> ColumnElement[bool]:
    return community.in_(list(span.communities))


def _any(what: ColumnElement[bool]) -> Any:
    return func.max(case((what, 1), else_=0))


def _all(what: ColumnElement[bool]) -> Any:
    return func.min(case((what, 1), else_=0))
