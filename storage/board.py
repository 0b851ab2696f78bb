"""What the public board reads: how the promises of a place stand, which of them are asked for, and the signed head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ledger import Head
from domain.promises import Source
from domain.tally import Lot, Tally
from storage import ledger, promises, searched_words
from storage.promises import Dossier
from storage.tables.promise_states import promise_states
from storage.tables.promises import ledger_heads

s = promise_states.c
CANDIDATES = "candidates"  # their words are listed by themselves
MOST_OFFICES = 100  # to choose from


@dataclass(frozen=True, slots=True)
class Here:
    """A municipality, a community (`community_id` too) or a village (all three)."""

    municipality_id: int
    community_id: int | None = None
    village_id: int | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        """A village reads what was promised to it, and to all of its community."""
        if self.village_id is not None:
            to_all = and_(s.community_id == self.community_id, s.village_id.is_(None))
            return or_(s.village_id == self.village_id, to_all)
        if self.community_id is not None:
            return s.community_id == self.community_id
        return s.municipality_id == self.municipality_id


@dataclass(frozen=True, slots=True)
class Wanted:
    """`standing` is a Lot, or CANDIDATES; words are looked for in any spelling."""

    words: str = ""
    kind: str = ""
    office: str = ""
    standing: str = ""

    @property
    def everything(self) -> bool:
        return not (self.words or self.kind or self.office or self.standing)


async def tallies(db: AsyncConnection, *, by: ColumnElement[int], where: ColumnElement[bool]) -> dict[int, Tally]:
    """How the promises stand that are counted, for each municipality, community or village."""
    query = select(by, s.lot, func.count()).where(where, s.counted.is_(True)).group_by(by, s.lot)
    lots: dict[int, dict[Lot, int]] = {}
    for place_id, lot, many in await db.execute(query):
        lots.setdefault(place_id, dict.fromkeys(Lot, 0))[Lot(lot)] += many
    return {place_id: Tally(found) for place_id, found in lots.items()}


async def of_municipalities(db: AsyncConnection) -> dict[int, Tally]:
    return await tallies(db, by=s.municipality_id, where=s.municipality_id.is_not(None))


async def of_communities(db: AsyncConnection, *, municipality_id: int) -> dict[int, Tally]:
    return await tallies(db, by=s.community_id, where=s.municipality_id == municipality_id)


async def of_villages(db: AsyncConnection, *, community_id: int) -> dict[int, Tally]:
    """Under 0 those to all of the community."""
    return await tallies(db, by=func.coalesce(s.village_id, 0), where=s.community_id == community_id)


async def found(db: AsyncConnection, *, here: Here | None, wanted: Wanted, skip: int, most: int) -> list[Dossier]:
    """Those that were written down last come first."""
    query = _wanted(select(s.promise_id), here, wanted).order_by(s.promise_id.desc())
    return await in_order(db, list((await db.execute(query.offset(skip).limit(most))).scalars()))


async def many(db: AsyncConnection, *, here: Here | None, wanted: Wanted) -> int:
    return int((await db.execute(_wanted(select(func.count(s.promise_id)), here, wanted))).scalar_one())


def _wanted(query: Select[Any], here: Here | None, wanted: Wanted) -> Select[Any]:
    query = query.where(here.condition) if here else query
    if wanted.standing == CANDIDATES:
        query = query.where(s.source == Source.CANDIDATE.value)
    else:
        query = query.where(s.counted.is_(True))
        query = query.where(s.lot == wanted.standing) if wanted.standing else query
    query = query.where(s.kind == wanted.kind) if wanted.kind else query
    query = query.where(s.office == wanted.office) if wanted.office else query
    return query.where(*searched_words.named_in(wanted.words, s.promise_id)) if wanted.words else query


async def changed(
    db: AsyncConnection, *, here: Here | None, most: int, since: datetime | None = None, until: datetime | None = None
) -> list[Dossier]:
    """Those that everybody reads otherwise than before, the newest first."""
    query = select(s.promise_id).where(here.condition) if here else select(s.promise_id)
    query = query.where(s.changed_at >= since) if since else query
    query = query.where(s.changed_at < until) if until else query
    query = query.order_by(s.changed_at.desc(), s.promise_id.desc())
    return await in_order(db, list((await db.execute(query.limit(most))).scalars()))


async def changed_at(db: AsyncConnection, ids: Sequence[int]) -> dict[int, datetime]:
    """Since when everybody reads each of them as it stands now."""
    rows = await db.execute(select(s.promise_id, s.changed_at).where(s.promise_id.in_(ids)))
    return {row.promise_id: row.changed_at for row in rows}


async def in_order(db: AsyncConnection, ids: Sequence[int]) -> list[Dossier]:
    dossiers = {one.id: one for one in await promises.dossiers(db, ids=ids)} if ids else {}
    return [dossiers[each] for each in ids if each in dossiers]


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from at a place; `candidates`: whether any of them said something."""

    kinds: list[str]
    offices: list[str]
    candidates: bool


async def choices(db: AsyncConnection, *, here: Here) -> Choices:
    rows = (await db.execute(select(s.kind, s.office, s.source).where(here.condition).distinct())).all()
    kinds, offices = {row.kind for row in rows if row.kind}, {row.office for row in rows}
    return Choices(
        sorted(kinds), sorted(offices)[:MOST_OFFICES], any(row.source == Source.CANDIDATE.value for row in rows)
    )


async def next_day(db: AsyncConnection, *, here: Here, today: date) -> tuple[int, date] | None:
    """The promise of which the public is told next, and when."""
    query = select(s.promise_id, s.next_on).where(here.condition, s.counted.is_(True), s.next_on >= today)
    row = (await db.execute(query.order_by(s.next_on, s.promise_id).limit(1))).first()
    return None if row is None else (row.promise_id, row.next_on)


async def seal(db: AsyncConnection, *, municipality_id: int) -> tuple[date, str] | None:
    """The day and the hash of the newest head, without its chains; None before the first night."""
    query = select(ledger_heads.c.day, ledger_heads.c.hash).where(ledger_heads.c.municipality_id == municipality_id)
    row = (await db.execute(query.order_by(ledger_heads.c.day.desc()).limit(1))).first()
    return None if row is None else (row.day, row.hash)


async def head(db: AsyncConnection, *, municipality_id: int) -> Head | None:
    """The newest, with all its chains."""
    query = select(ledger_heads).where(ledger_heads.c.municipality_id == municipality_id)
    row = (await db.execute(query.order_by(ledger_heads.c.day.desc()).limit(1))).first()
    return None if row is None else ledger.head(row)
