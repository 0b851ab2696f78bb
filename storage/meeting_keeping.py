"""What the secretary enters from a chat: the same entries as the web desk's, and their corrections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.meetings.entries import Entry, Verb
from domain.meetings.reading import standing as stood
from domain.refusal import Refused
from storage import meetings


async def enter(
    db: AsyncConnection, *, meeting_id: int, verb: Verb, body: Mapping[str, Any], by: int, now: datetime
) -> str:
    """Answers the id of the new entry."""
    await meetings.require_keeper(db, meeting_id=meeting_id, person_id=by)
    return await meetings.note(db, meeting_id=meeting_id, verb=verb, body=body, by=by, now=now)


async def standing(db: AsyncConnection, *, meeting_id: int) -> list[Entry]:
    """Every entry as last corrected, without what was taken out."""
    return stood(await meetings.entries(db, meeting_id=meeting_id))


async def correct(
    db: AsyncConnection, *, meeting_id: int, entry_id: str, changes: Mapping[str, Any], by: int, now: datetime
) -> str:
    """The whole entry anew, with these fields otherwise. Raises Refused where it stands no longer."""
    found = next((each for each in await standing(db, meeting_id=meeting_id) if each.id == entry_id), None)
    if found is None:
        raise Refused("gone")
    body = {**found.body, **changes, "corrects": entry_id}
    return await enter(db, meeting_id=meeting_id, verb=found.verb, body=body, by=by, now=now)


async def take_out(db: AsyncConnection, *, meeting_id: int, entry_id: str, by: int, now: datetime) -> str:
    return await enter(db, meeting_id=meeting_id, verb=Verb.STRUCK, body={"entry": entry_id}, by=by, now=now)
