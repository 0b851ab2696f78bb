"""The promises of locked minutes become the ledger's, each once.

They are put down in the minutes' name: with their number and hash, by whoever locked them, coordinator or not.
Residents hear of them with what was answered (storage/meeting_summary.py), and not of each by itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.record import Item, Promise, Record
from domain.minutes import Phase
from domain.promises import Vague
from domain.refusal import Refused
from storage import meetings, minutes, promise_recording
from storage.promises import Document, NewPromise
from storage.tables.minutes import minutes_promises


async def hand_over(db: AsyncConnection, *, record: Record, by: int, now: datetime, zone: ZoneInfo) -> list[int]:
    """Answers the ids of the new promises; those that are there already stay as they are. Only of locked minutes."""
    await meetings.require_keeper(db, meeting_id=record.id, person_id=by)
    version = await minutes.newest(db, meeting_id=record.id)
    if version is None or version.phase is not Phase.LOCKED:
        raise Refused("minutes_not_locked")
    proof = Document(f"{record.number}/{version.body['day'][:4]}", version.hash)
    known = select(minutes_promises.c.entry).where(minutes_promises.c.meeting_id == record.id)
    there = set((await db.execute(known)).scalars())
    made = []
    for item, promise in record.promises:
        if promise.id in there:
            continue
        new = _new(item, promise, proof)
        told: dict[str, Any] = {"person_id": by, "now": now, "zone": zone, "to_residents": False}
        promise_id = await promise_recording.put_down(db, new=new, **told)
        row = {"meeting_id": record.id, "entry": promise.id, "promise_id": promise_id}
        await db.execute(insert(minutes_promises).values(**row))
        made.append(promise_id)
    return made


def _new(item: Item, promise: Promise, proof: Document) -> NewPromise:
    """The need itself where its words are for everybody, else its kind only."""
    return NewPromise(
        community_id=item.community_id,
        village_id=item.village_id,
        need_id=item.need_id if item.words else None,
        kind=None if item.words else item.kind,
        speaker=promise.speaker,
        office=promise.office,
        words=promise.words,
        made_on=promise.made_on,
        due=promise.due or Vague.SOON,
        document=proof,
    )


async def handed_over(db: AsyncConnection, *, meeting_id: int) -> dict[str, int]:
    """Which entry of the record became which promise."""
    query = select(minutes_promises.c.entry, minutes_promises.c.promise_id)
    rows = await db.execute(query.where(minutes_promises.c.meeting_id == meeting_id))
    return {row.entry: row.promise_id for row in rows}
