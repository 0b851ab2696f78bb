"""What somebody of a committee sees of their call: the needs without money, and what was sent in, with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain import grants as rules
from domain.grants import Stage, Step
from storage import agreed, grant_applications, grant_needs, grants, groups, needs, places, sealed_papers
from storage.grant_applications import Application, about
from storage.grant_needs import Surveyed
from storage.grants import Call
from storage.needs import Public
from storage.places import Village
from storage.sealed_papers import Sealed

ANNEX = "annex"  # the kind of its sealed paper
AT_ONCE = 20  # villages on a page


@dataclass(frozen=True, slots=True)
class Named:
    """A need of an application, with its place on the agreed list of its village."""

    village: Village
    need: Public
    place: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """`annex` is the newest sealed one; `points` what the call's rule gives it."""

    id: int
    group: str
    needs: Sequence[Named]
    steps: Sequence[Step]
    annex: Sealed | None
    points: int

    @property
    def stage(self) -> Stage:
        return self.steps[-1].stage

    @property
    def decidable(self) -> bool:
        return self.stage in rules.DECIDABLE


async def sent(db: AsyncConnection, *, call: Call) -> list[Sent]:
    return [await _sent(db, one, call) for one in await grant_applications.of_call(db, call_id=call.id)]


async def _sent(db: AsyncConnection, one: Application, call: Call) -> Sent:
    group, named = await groups.group(db, group_id=one.group_id), await placed(db, need_ids=one.needs)
    annex = await sealed_papers.current(db, kind=ANNEX, about=about(one.id))
    points = rules.points(call.points, [each.place for each in named], annexed=annex is not None)
    return Sent(one.id, group.name if group else "", named, one.steps, annex, points)


async def placed(db: AsyncConnection, *, need_ids: Sequence[int]) -> list[Named]:
    found = []
    for need in await needs.public_each(db, need_ids=need_ids):
        village = await places.village(db, village_id=need.village_id)
        if village is not None:
            poll_id = (await needs.told(db, need_id=need.id)).poll_id
            where = {"need_id": need.id, "poll_id": poll_id, "village_id": need.village_id}
            found.append(Named(village, need, await agreed.place_of(db, **where)))
    return found


async def waiting(db: AsyncConnection, *, call: Call, page: int, today: date) -> tuple[list[Surveyed], int]:
    """The needs without money in the villages of this page, and how many pages there are."""
    where = await grants.villages_of(db, communities=call.communities)
    pages = max(1, -(-len(where) // AT_ONCE))
    here = where[(page - 1) * AT_ONCE : page * AT_ONCE]
    return await grant_needs.open_needs(db, villages=here, terms=call.terms, today=today), pages
