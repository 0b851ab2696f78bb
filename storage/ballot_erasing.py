"""Forgetting a person in choosings: what they picked stays as a number, without who."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import choosings
from storage.tables.choosings import ballots, severities
from storage.tables.choosings import choosings as choosings_


async def erase(db: AsyncConnection, *, person_id: int) -> None:
    """Before their files go: titles that they spoke are named by them."""
    nobody = {"person_id": None, "sex": None, "age_band": None}
    await db.execute(update(ballots).where(ballots.c.person_id == person_id).values(**nobody))
    await db.execute(update(ballots).where(ballots.c.entered_by == person_id).values(entered_by=None))
    await db.execute(update(choosings_).where(choosings_.c.opened_by == person_id).values(opened_by=None))
    await db.execute(delete(severities).where(severities.c.person_id == person_id))
    await choosings.forget_voices(db, person_id=person_id)


async def traces(db: AsyncConnection, *, person_id: int) -> Mapping[str, int]:
    """How many choosings they took part in, homes they wrote down, needs they weighed."""
    columns = {"chose": ballots.c.person_id, "entered": ballots.c.entered_by, "weighed": severities.c.person_id}
    found = {}
    for name, column in columns.items():
        found[name] = int((await db.execute(select(func.count()).where(column == person_id))).scalar_one())
    return found
