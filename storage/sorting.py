"""The desk sorts what was told: every decision is one more row, with who, when and why, and can be taken back.

`seen` in each of these is the version of every head that is touched, as whoever decides has seen it: where somebody
else has decided about one of them meanwhile, nothing is done and Refused says who it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import sorting as rules
from domain.needs import Life
from domain.people import Action
from domain.refusal import Refused
from domain.sorting import Act, Level, Standing, Verb
from storage import halves, heads, needs, reach
from storage.heads import Village
from storage.tables.polls import needs as needs_
from storage.tables.polls import poll_villages
from storage.tables.roles import roles
from storage.tables.sorting import sortings

Seen = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, when, and why in their words."""

    person_id: int
    now: datetime
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trail. `about` is what was decided, or what was taken back by it; `who` is None where they gave
    the group no name; `undoable` as things stand now."""

    act: Act
    about: Act
    who: str | None
    why: str | None
    at: datetime
    undone: bool
    undoable: bool


async def merge(db: AsyncConnection, *, into: int, others: Collection[int], seen: Seen, by: By) -> int:
    """The others become part of `into`, which keeps its name. Answers the number of the decision."""
    if not others or into in others:
        raise Refused("nothing_to_join")
    change = {"into": into, "heads": sorted(others)}
    return await _decide(db, Verb.JOIN, into, change, {into, *others}, seen, by)


async def split(
    db: AsyncConnection, *, head: int, part: int | None = None, name: str, kind: str, seen: Seen, by: By
) -> int:
    """What one told need also holds becomes a head of its own, by this name; its supporters stand behind both.

    `part` says which of the needs of a joined head; answers the number of the new head.
    """
    part = head if part is None else part
    village = await _locked(db, head, by)
    _check(village, {head: seen.get(head, 0)}, await _who(db, village, seen))
    if part not in village.sorted.heads.get(head, ()):
        raise Refused("gone")
    new = await _half(db, village.needs[part], name, kind, by.now)
    held = rules.behind_part(village.sorted, village.supports, part)
    change = {"head": head, "part": part, "new": new, "supports": sorted(held)}
    act_id = await _write(db, village.needs[part], Verb.SPLIT, change, by)
    await halves.ask(db, act_id=act_id, answer_ids=set(held.values()), now=by.now)
    return new


async def take_out(db: AsyncConnection, *, head: int, part: int, seen: Seen, by: By) -> int:
    """One need leaves those it was joined with. The one that the head is numbered by stays."""
    if part == head:
        raise Refused("nothing_to_join")
    village = await _locked(db, head, by)
    if part not in village.sorted.heads.get(head, ()):
        raise Refused("gone")
    return await _decide(db, Verb.APART, head, {"head": head, "part": part}, {head}, seen, by)


async def rename(
    db: AsyncConnection,
    *,
    head: int,
    seen: Seen,
    by: By,
    name: str | None = None,
    kind: str | None = None,
    level: Level | None = None,
) -> int:
    """Only what is given changes. The name is what everybody reads instead of the words that were told."""
    told = {"name": name, "kind": kind, "level": level}
    change = {"head": head} | {key: value for key, value in told.items() if value is not None}
    return await _decide(db, Verb.NAME, head, change, {head}, seen, by)


async def set_standing(
    db: AsyncConnection, *, head: int, standing: Standing, seen: Seen, by: By, reason: str | None = None
) -> int:
    """Out of scope needs a reason, which those who stand behind it hear once, in their own turn."""
    if standing is Standing.OUT_OF_SCOPE and not reason:
        raise Refused("reason_needed")
    change = {"head": head, "standing": standing, "reason": reason}
    act_id = await _decide(db, Verb.STAND, head, change, {head}, seen, by)
    if standing is Standing.OUT_OF_SCOPE:
        args = {"act": act_id}
        await needs.tell_supporters(db, need_id=head, conversation="out_of_scope", now=by.now, args=args)
    return act_id


async def keep_apart(db: AsyncConnection, *, head: int, seen: Seen, by: By) -> int:
    """Looked at: it is a need of its own."""
    return await _decide(db, Verb.SAME, head, {"head": head}, {head}, seen, by)


async def undo(db: AsyncConnection, *, act_id: int, by: By) -> int:
    """Everything is as it was before this decision, which stays in the trail. What was built upon it comes first."""
    row = (await db.execute(select(sortings).where(sortings.c.id == act_id))).first()
    if row is None:
        raise Refused("gone")
    change = row.change
    village = await _locked(db, change.get("head", change.get("into")), by)
    rules.require_undoable(village.acts, act_id)
    return await _write(db, row, Verb.UNDO, {}, by, undoes=act_id)


async def trail(db: AsyncConnection, *, poll_id: int, village_id: int, most: int = 50) -> list[Step]:
    """What was decided, the newest first."""
    # What people said of themselves is not the group's to read.
    desk = sortings.c.verb != Verb.LEAVE
    here = (sortings.c.poll_id == poll_id, sortings.c.village_id == village_id, desk)
    rows = (await db.execute(select(sortings).where(*here).order_by(sortings.c.id.desc()).limit(most))).all()
    acts = await heads.acts(db, poll_id=poll_id, village_id=village_id)
    by_id = {act.id: act for act in acts}
    standing = {act.id for act in rules.live(acts)}
    names = await _called(db, {row.by for row in rows})
    return [
        Step(
            by_id[row.id],
            by_id[row.undoes or row.id],
            names.get(row.by),
            row.why,
            row.at,
            _undone(row, standing),
            _undoable(acts, row.id),
        )
        for row in rows
    ]


async def step(db: AsyncConnection, *, act_id: int) -> Step | None:
    row = (await db.execute(select(sortings.c.poll_id, sortings.c.village_id).where(sortings.c.id == act_id))).first()
    if row is None:
        return None
    steps = await trail(db, poll_id=row.poll_id, village_id=row.village_id, most=10_000)
    return next(each for each in steps if each.act.id == act_id)


def _undone(row: Any, standing: set[int]) -> bool:
    return row.verb != Verb.UNDO and row.id not in standing


def _undoable(acts: Sequence[Act], act_id: int) -> bool:
    try:
        rules.require_undoable(acts, act_id)
    except Refused:
        return False
    return True


async def _decide(
    db: AsyncConnection, verb: Verb, head: int, change: Mapping[str, Any], about: Collection[int], seen: Seen, by: By
) -> int:
    village = await _locked(db, head, by)
    _check(village, {each: seen.get(each, 0) for each in about}, await _who(db, village, seen))
    return await _write(db, village.needs[head], verb, change, by)


async def _locked(db: AsyncConnection, need_id: int, by: By) -> Village:
    """The village as it stands, while nobody else decides about it."""
    row = (await db.execute(select(needs_.c.poll_id, needs_.c.village_id).where(needs_.c.id == need_id))).first()
    if row is None:
        raise Refused("gone")
    await reach.require(db, person_id=by.person_id, action=Action.SORT_NEEDS, village_id=row.village_id)
    here = (poll_villages.c.poll_id == row.poll_id, poll_villages.c.village_id == row.village_id)
    await db.execute(select(poll_villages.c.village_id).where(*here).with_for_update())
    return await heads.read(db, poll_id=row.poll_id, village_id=row.village_id)


def _check(village: Village, seen: Seen, who: str | None) -> None:
    newer = rules.check_seen(village.sorted, seen)
    if newer is not None:
        raise Refused("sorted_meanwhile", who=who) if who else Refused("sorted_by_another")
    if not set(seen) <= set(village.sorted.heads):
        raise Refused("gone")


async def _who(db: AsyncConnection, village: Village, seen: Seen) -> str | None:
    newer = rules.check_seen(village.sorted, seen)
    by = None if not newer else (await db.execute(select(sortings.c.by).where(sortings.c.id == newer))).scalar()
    return (await _called(db, {by})).get(by)


async def _called(db: AsyncConnection, people_ids: set[int | None]) -> dict[int | None, str]:
    """How the group calls them."""
    query = select(roles.c.person_id, roles.c.name).where(roles.c.person_id.in_(people_ids), roles.c.name.is_not(None))
    return {row.person_id: row.name for row in await db.execute(query.order_by(roles.c.id))}


async def _write(
    db: AsyncConnection, where: Any, verb: Verb, change: Mapping[str, Any], by: By, undoes: int | None = None
) -> int:
    row = {"poll_id": where.poll_id, "village_id": where.village_id, "verb": verb, "change": dict(change)}
    row |= {"undoes": undoes, "why": by.why, "by": by.person_id, "at": by.now}
    return int((await db.execute(insert(sortings).values(**row).returning(sortings.c.id))).scalar_one())


async def _half(db: AsyncConnection, whole: Any, name: str, kind: str, now: datetime) -> int:
    """Nobody told it like this, so it has no author and no words but its name."""
    row = {"poll_id": whole.poll_id, "village_id": whole.village_id, "kind": kind, "told_at": now}
    row |= {"state": Life.REWORDED, "public_words": name, "photo_state": Life.HIDDEN, "released_at": now}
    return int((await db.execute(insert(needs_).values(**row).returning(needs_.c.id))).scalar_one())
