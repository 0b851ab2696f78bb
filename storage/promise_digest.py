"""How the promises of a municipality stand, department by department: for those who answer for it, once a month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.months import later
from domain.promises import Status
from storage import promises
from storage.tables.promises import promises as table

KEPT = frozenset({Status.KEPT, Status.KEPT_LATE})


@dataclass(frozen=True, slots=True)
class Department:
    office: str
    kept: int
    overdue: int
    near: int  # due within the month that begins


async def of_month(db: AsyncConnection, *, municipality_id: int, month: date, today: date) -> list[Department]:
    """`month` by its first day."""
    until = later(month, 1) - timedelta(days=1)
    return await departments(db, municipality_id=municipality_id, today=today, until=until)


async def departments(db: AsyncConnection, *, municipality_id: int, today: date, until: date) -> list[Department]:
    """By the name of the office: an order in which nobody is first or last. A department without any of the three is
    left out."""
    ids = (await db.execute(select(table.c.id).where(table.c.municipality_id == municipality_id))).scalars().all()
    kept, overdue, near = Counter[str](), Counter[str](), Counter[str]()
    for one in await promises.dossiers(db, ids=ids):
        if not one.counted:
            continue
        verdict, office = one.verdict(today), one.answerer.office
        kept[office] += verdict.status in KEPT
        overdue[office] += verdict.status is Status.OVERDUE
        near[office] += verdict.due is not None and today <= verdict.due <= until and verdict.status not in KEPT
    found = [Department(office, kept[office], overdue[office], near[office]) for office in sorted(kept)]
    return [one for one in found if one.kept or one.overdue or one.near]
