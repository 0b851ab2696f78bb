"""Forgetting a person in what keeps counts honest: codes, decisions and homes stay, without who."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.honesty import answer_changes, asked_again, flag_decisions, household_codes

WHO: tuple[Column[int], ...] = (
    household_codes.c.made_by,
    household_codes.c.used_by,
    household_codes.c.voided_by,
    flag_decisions.c.decided_by,
    asked_again.c.entered_by,
    asked_again.c.taken_by,
)


async def erase(db: AsyncConnection, *, person_id: int) -> None:
    for column in WHO:
        await db.execute(update(column.table).where(column == person_id).values({column: None}))
    await db.execute(delete(answer_changes).where(answer_changes.c.person_id == person_id))


async def traces(db: AsyncConnection, *, person_id: int) -> Mapping[str, int]:
    """How many codes they made or used, flags they decided, homes they asked again."""
    columns = {
        "codes_made": household_codes.c.made_by,
        "codes_used": household_codes.c.used_by,
        "decided": flag_decisions.c.decided_by,
        "asked_again": asked_again.c.taken_by,
    }
    return {name: await _count(db, column, person_id) for name, column in columns.items()}


async def _count(db: AsyncConnection, column: Column[int], person_id: int) -> int:
    return int((await db.execute(select(func.count()).where(column == person_id))).scalar_one())
