"""What the desk's own file holds: every voice as it came, without anything that points at a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import standing
from storage.answers import RESTING
from storage.tables.places import villages
from storage.tables.polls import answers, needs, supports


async def voices(db: AsyncConnection, *, poll_id: int, village_ids: Collection[int]) -> Sequence[Any]:
    """One row for each need behind which an answer stands; `own_words` are those of who stands behind another's."""
    source = supports.join(needs, needs.c.id == supports.c.need_id).join(answers, answers.c.id == supports.c.answer_id)
    source = source.join(villages, villages.c.id == answers.c.village_id)
    query = select(
        answers.c.id.label("answer_id"),
        answers.c.state,
        answers.c.origin,
        standing.counted().label("counted"),
        answers.c.sex,
        answers.c.age_band,
        villages.c.name_ka,
        villages.c.name_en,
        needs.c.id.label("need_id"),
        needs.c.kind,
        needs.c.words,
        needs.c.state.label("life"),
        needs.c.public_words,
        needs.c.media_id,
        supports.c.words.label("own_words"),
        supports.c.suffers,
    )
    query = query.select_from(source).where(answers.c.poll_id == poll_id, answers.c.village_id.in_(village_ids))
    query = query.where(answers.c.state != RESTING)
    return (await db.execute(query.order_by(villages.c.name_ka, answers.c.id, supports.c.id))).all()
