"""Neighbours add what they see: "I see it too", "it is not so", or "look again". Each counts once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promises import Axis, Heard
from domain.refusal import Refused
from storage import promise_people, promises
from storage.ledger import Witness
from storage.promises import Dossier, Told
from storage.tables.people import people
from storage.tables.places import villages


async def tell(
    db: AsyncConnection, *, promise_id: int, heard: Heard, witness: Witness, now: datetime, zone: ZoneInfo
) -> None:
    """Only by who lives in the community and does not answer for it."""
    one = await promises.dossier(db, promise_id=promise_id)
    await _require_neighbour(db, one, witness.person_id)
    mine = [told for told in voices(one) if told.person_id == witness.person_id]
    if heard is Heard.REOPENS and witness.media_id is None and any(told.body["value"] == heard for told in mine):
        raise Refused("photo_needed")
    body = {"value": heard.value, "by": promises.number_of(one, witness.person_id)}
    body["photo"] = witness.media_id is not None
    await promises.add(db, promise_id=promise_id, kind=Axis.VOICE, body=body, witness=witness, now=now, zone=zone)


def voices(one: Dossier) -> list[Told]:
    return [told for told in one.told if told.kind == Axis.VOICE]


async def _require_neighbour(db: AsyncConnection, one: Dossier, person_id: int) -> None:
    home = select(villages.c.community_id).join(people, people.c.village_id == villages.c.id)
    lives_in = (await db.execute(home.where(people.c.id == person_id))).scalar()
    officials = await promise_people.officials(db, promise=one.answerer, municipality_id=one.municipality_id)
    if lives_in != one.new.community_id or person_id in officials:
        raise Refused("not_allowed")
