"""What came of a choosing: counted once, kept as it was counted, and read from there by whatever shows it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import chosen as rules
from domain.chosen import Ballot, Money, Result
from storage import ballots, choosings, heads, media, telling
from storage.heads import Head
from storage.new_rows import insert_new
from storage.tables.choosings import choosing_pictures
from storage.tables.choosings import choosings as choosings_


async def settle(db: AsyncConnection, *, choosing_id: int, now: datetime) -> Result:
    """Counts, and lets everybody who chose hear of it. A second time it answers what was counted the first time."""
    await choosings.held_to_count(db, choosing_id=choosing_id)
    before = await of_choosing(db, choosing_id=choosing_id)
    if before is not None:
        return before
    result = await _count(db, choosing_id)
    values = {"settled_at": now, "result": result.kept()}
    await db.execute(update(choosings_).where(choosings_.c.id == choosing_id).values(**values))
    people = await ballots.chose(db, choosing_id=choosing_id)
    await ballots.part_with_attributes(db, choosing_id=choosing_id)
    thing, args = f"choosing:{choosing_id}:settled", {"choosing": choosing_id}
    await telling.tell_all(db, people_ids=people, thing=thing, conversation="chosen", args=args, now=now)
    return result


async def _count(db: AsyncConnection, choosing_id: int) -> Result:
    """As the needs are sorted by now: what was joined since it opened is one, what became private is none."""
    kept = await choosings.read(db, choosing_id=choosing_id)
    found = {need: head.id for need, head in (await heads.each(db, need_ids=kept.rules.needs)).items() if head.open}
    cast, beside = await ballots.counted(db, choosing_id=choosing_id)
    costs: dict[int, int] = {}
    for need, cost in kept.costs.items():
        if need in found:  # of two that are one by now the dearer
            costs[found[need]] = max(cost, costs.get(found[need], 0))
    money = Money(costs, kept.money) if kept.money and costs else None
    order = list(dict.fromkeys(found[need] for need in kept.rules.needs if need in found))
    return rules.count([_sorted(one, found) for one in cast], order, beside=beside, money=money)


def _sorted(ballot: Ballot, found: dict[int, int]) -> Ballot:
    return Ballot(frozenset(found[pick] for pick in ballot.picks if pick in found), ballot.sex, ballot.age_band)


async def of_choosing(db: AsyncConnection, *, choosing_id: int) -> Result | None:
    """None while it was not counted."""
    kept = (await db.execute(select(choosings_.c.result).where(choosings_.c.id == choosing_id))).scalar()
    return None if kept is None else Result.read(kept)


async def order(db: AsyncConnection, *, poll_id: int, village_id: int) -> list[int]:
    """The residents' order of the newest choosing, by the heads as they stand now; then those that few picked. Empty
    where the village has not chosen."""
    result = await newest(db, poll_id=poll_id, village_id=village_id)
    return [] if result is None else await _standing(db, [*result.order, *result.below])


async def ranked(db: AsyncConnection, *, poll_id: int, village_id: int) -> list[int]:
    """Those of `order` that have a place."""
    result = await newest(db, poll_id=poll_id, village_id=village_id)
    return [] if result is None else await _standing(db, result.order)


async def newest(db: AsyncConnection, *, poll_id: int, village_id: int) -> Result | None:
    here = (
        choosings_.c.poll_id == poll_id,
        choosings_.c.village_id == village_id,
        choosings_.c.settled_at.is_not(None),
    )
    query = select(choosings_.c.result).where(*here).order_by(choosings_.c.id.desc()).limit(1)
    kept = (await db.execute(query)).scalar()
    return None if kept is None else Result.read(kept)


async def _standing(db: AsyncConnection, need_ids: Sequence[int]) -> list[int]:
    found = await heads.each(db, need_ids=need_ids)
    return list(dict.fromkeys(found[need].id for need in need_ids if need in found and found[need].open))


async def needs(db: AsyncConnection, *, result: Result) -> dict[int, Head]:
    """What each need of a result is called by now; what has become private keeps its kind alone."""
    return await heads.each(db, need_ids=[*result.order, *result.below])


async def heads_of(db: AsyncConnection, *, picks: Collection[int]) -> set[int]:
    """What one person picked, and what it was joined with: a result names the needs as they were when it was made."""
    found = await heads.each(db, need_ids=picks)
    return {need for head in found.values() for need in head.needs} | set(picks)


async def picture(db: AsyncConnection, *, choosing_id: int, language: str) -> tuple[str, str] | None:
    """(media id, digest of what stands on it)"""
    c = choosing_pictures.c
    query = select(c.media_id, c.digest).where(c.choosing_id == choosing_id, c.language == language)
    row = (await db.execute(query)).first()
    return None if row is None else (row.media_id, row.digest)


async def keep_picture(
    db: AsyncConnection, *, choosing_id: int, language: str, digest: str, media_id: str, by: int, now: datetime
) -> None:
    """In place of the one before, which is erased: it may show what must not be shown any more."""
    before = await picture(db, choosing_id=choosing_id, language=language)
    c = choosing_pictures.c
    await db.execute(delete(choosing_pictures).where(c.choosing_id == choosing_id, c.language == language))
    row = {"choosing_id": choosing_id, "language": language, "digest": digest, "media_id": media_id}
    await db.execute(insert_new(db.dialect, choosing_pictures), [row])
    if before is not None:
        await media.erase(db, media_ids=[before[0]], person_id=by, now=now)
