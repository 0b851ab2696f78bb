"""People as they told of themselves: consent, village, and what they chose to add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import CONSENT_VERSION, consent_holds
from domain.refusal import Refused
from storage import telling
from storage.tables.people import consents, people

PURPOSE = "needs"  # one consent for each purpose


@dataclass(frozen=True, slots=True)
class Welcomed:
    """What a newcomer told. Nothing of it is kept before they agreed and said that they are old enough."""

    language: str
    village_id: int | None = None
    place_note: str | None = None
    sex: str | None = None
    age_band: str | None = None


async def known(db: AsyncConnection, *, person_id: int) -> dict[str, Any] | None:
    """The village of somebody who was welcomed and whose yes was to the present text; None for a newcomer."""
    row = (await db.execute(select(people).where(people.c.id == person_id))).one()
    if row.welcomed_at is None or not await consented(db, person_id=person_id):
        return None
    return {"village": row.village_id}


async def consented(db: AsyncConnection, *, person_id: int) -> bool:
    query = select(consents.c.version).where(consents.c.person_id == person_id, consents.c.purpose == PURPOSE)
    given = (await db.execute(query.where(consents.c.withdrawn_at.is_(None)))).scalars()
    return any(consent_holds(version) for version in given)


async def welcome(db: AsyncConnection, *, person_id: int, told: Welcomed, agreed_at: datetime, now: datetime) -> None:
    values = {name: getattr(told, name) for name in Welcomed.__slots__}
    await db.execute(update(people).where(people.c.id == person_id).values(**values, welcomed_at=now))
    yes = {"purpose": PURPOSE, "version": CONSENT_VERSION, "language": told.language, "given_at": agreed_at}
    await db.execute(insert(consents), [{"person_id": person_id, **yes}])


async def move(db: AsyncConnection, *, person_id: int, village_id: int) -> None:
    still_here = update(people).where(people.c.id == person_id, people.c.erased_at.is_(None))
    await db.execute(still_here.values(village_id=village_id, place_note=None))


async def unlisted(db: AsyncConnection) -> Sequence[Any]:
    """(id, place_note) of those whose village was not in the list, the oldest first."""
    query = select(people.c.id, people.c.place_note).where(people.c.place_note.is_not(None))
    query = query.where(people.c.village_id.is_(None), people.c.erased_at.is_(None))
    return (await db.execute(query.order_by(people.c.id))).all()


async def found_village(db: AsyncConnection, *, person_id: int, village_id: int, now: datetime) -> None:
    """Only while they wait for it: they may have found it by a link, or another coordinator was quicker."""
    waits = update(people).where(people.c.id == person_id, people.c.village_id.is_(None), people.c.erased_at.is_(None))
    if (await db.execute(waits.values(village_id=village_id, place_note=None))).rowcount != 1:
        raise Refused("gone")
    thing = f"village:{village_id}"
    await telling.tell(db, person_id=person_id, thing=thing, conversation="village_found", args={}, now=now)


async def language(db: AsyncConnection, *, person_id: int) -> str | None:
    """The one they chose."""
    found: str | None = (await db.execute(select(people.c.language).where(people.c.id == person_id))).scalar()
    return found
