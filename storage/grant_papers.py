"""The documents that a group sent with the steps of an application: for the group alone."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.grants import Party, Stage, Step
from storage.tables.grants import grant_events, grant_tellers
from storage.tables.turns import media

THERE = ("waiting", "ready")  # one that failed, or was erased, can be shown to nobody


class Paper(NamedTuple):
    """`kind` is that of the file: photo, voice, or any document."""

    step: Step
    media_id: str
    kind: str


async def of(db: AsyncConnection, *, application_id: int) -> list[Paper]:
    e = grant_events.c
    source = grant_events.join(grant_tellers, grant_tellers.c.event_id == e.id)
    source = source.join(media, media.c.id == grant_tellers.c.media_id)
    query = select(e.stage, e.party, e.day, e.amount, media.c.id, media.c.kind).select_from(source)
    query = query.where(e.application_id == application_id, media.c.state.in_(THERE)).order_by(e.id)
    return [
        Paper(Step(Stage(row.stage), Party(row.party), row.day, row.amount), row.id, row.kind)
        for row in await db.execute(query)
    ]
