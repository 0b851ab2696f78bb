"""Old talk goes: what was said lives on in answers, needs and promises, not in the messages that brought it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.turns import inbox, outbox, runs, work


async def cut(db: AsyncConnection, *, before: datetime) -> int:
    """Deletes messages, ended conversations and finished work older than `before`; answers how many rows."""
    gone = (
        delete(inbox).where(inbox.c.received_at < before, inbox.c.status.in_(("done", "ignored"))),
        delete(outbox).where(outbox.c.created_at < before, outbox.c.status.not_in(("pending", "sending"))),
        delete(runs).where(runs.c.touched_at < before, runs.c.state.not_in(("front", "waiting"))),
        delete(work).where(work.c.created_at < before, work.c.status.in_(("done", "failed"))),
    )
    return sum([(await db.execute(statement)).rowcount for statement in gone])
