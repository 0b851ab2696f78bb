"""Which surveyed needs have no money yet, village by village, in the order of the agreed list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import grants as rules
from domain import polls as polling
from domain.grants import PAID, Terms
from storage import agreed, chosen, counts, heads, places, polls, promise_money, promises
from storage.places import Village
from storage.tables.grants import grant_events, grant_needs
from storage.tables.polls import agreed_lists
from storage.tables.promises import promises as promises_

LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What everybody may know of it: `words` once they were released, `named` as it was published for its kind.

    `place` is that on the agreed list; None where the village has not agreed on it.
    """

    need_id: int
    poll_id: int
    village: Village
    kind: str
    words: str | None
    place: int | None
    named: int | None


async def open_needs(db: AsyncConnection, *, villages: Sequence[int], terms: Terms, today: date) -> list[Surveyed]:
    """Of the newest survey that is over in each village, in the order given; without those that have money."""
    found: list[Surveyed] = []
    given = await granted(db)
    for village_id in villages:
        village, poll_id = await places.village(db, village_id=village_id), await _survey(db, village_id, today)
        if village is not None and poll_id is not None:
            found += [each for each in await _of(db, poll_id, village, given, today) if terms.wants(each.kind)]
    return found


async def _survey(db: AsyncConnection, village_id: int, today: date) -> int | None:
    """That of the newest agreed list, or else the newest that is over."""
    c = agreed_lists.c
    newest = select(c.poll_id).where(c.village_id == village_id).order_by(c.id.desc()).limit(1)
    listed: int | None = (await db.execute(newest)).scalar()
    if listed is not None:
        return listed
    over = [one.id for one in await polls.reached(db, villages=[village_id]) if _over(one, today)]
    return over[0] if over else None


def _over(kept: polls.Kept, today: date) -> bool:
    return polling.state(kept.rules, today) is polling.State.CLOSED


async def _of(db: AsyncConnection, poll_id: int, village: Village, given: set[int], today: date) -> list[Surveyed]:
    here = {"poll_id": poll_id, "village_id": village.place.id}
    read = await heads.read(db, **here)
    placed = _heads(read, await agreed.latest(db, village_id=village.place.id))
    paid = set(_heads(read, given | await _promised(db, village, today)))
    picked = await chosen.order(db, **here)
    shown = (await counts.shown(db, **here)).cells
    listed = [one for one in heads.of(read) if one.open and one.id not in paid]
    known = [one for one in listed if one.name or one.id in placed or _silent(read, one)]
    known.sort(key=lambda one: (_at(placed, one.id) or LAST, _at(picked, one.id) or LAST, one.id))
    return [
        Surveyed(one.id, poll_id, village, one.kind, one.name, _at(placed, one.id), shown.get(one.kind))
        for one in known
    ]


def _at(order: Sequence[int], number: int) -> int | None:
    """Counted from one; None for what is not in it."""
    return order.index(number) + 1 if number in order else None


def _heads(read: heads.Village, need_ids: Collection[int]) -> list[int]:
    """What these belong to now, each once, in their order."""
    found = [read.sorted.head_of(each) for each in need_ids]
    return list(dict.fromkeys(each for each in found if each is not None))


def _silent(read: heads.Village, head: heads.Head) -> bool:
    """Its kind is all that was said, so that nothing waits to be read."""
    return not any(read.needs[part].words or read.needs[part].media_id for part in head.needs)


async def _promised(db: AsyncConnection, village: Village, today: date) -> set[int]:
    """Needs for which there is money: in an adopted budget, a contract or a payment of a promise, or it is kept."""
    query = select(promises_.c.id).where(
        promises_.c.community_id == village.community.id, promises_.c.need_id.is_not(None)
    )
    known = await promises.dossiers(db, ids=list((await db.execute(query)).scalars()))
    paid = {
        one.new.need_id
        for one in known
        if one.counted and rules.has_money(promise_money.stages(one), one.verdict(today).status)
    }
    return {each for each in paid if each is not None}


async def granted(db: AsyncConnection) -> set[int]:
    """The needs for which a grant was given."""
    e = grant_events.c
    newest = select(func.max(e.id)).group_by(e.application_id)
    query = select(grant_needs.c.need_id).join(grant_events, e.application_id == grant_needs.c.application_id)
    return set((await db.execute(query.where(e.id.in_(newest), e.stage.in_(PAID)))).scalars())
