"""The way from the chat into the workspace: a link that opens once and soon, then a visit of one working day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import new_token, token_hash
from domain.refusal import Refused
from storage.tables.passes import passes

LINK_LASTS = timedelta(minutes=15)
VISIT_LASTS = timedelta(hours=8)


async def give(db: AsyncConnection, *, person_id: int, token: str, now: datetime) -> None:
    """`token` is shown to this person once; only its hash is kept. Older links of theirs open nothing more."""
    unopened = (passes.c.person_id == person_id) & passes.c.session_hash.is_(None)
    await db.execute(delete(passes).where(or_(passes.c.session_expires_at < now, unopened)))
    row = {"person_id": person_id, "link_hash": token_hash(token), "link_expires_at": now + LINK_LASTS}
    await db.execute(insert(passes).values(**row))


async def open_(db: AsyncConnection, *, token: str, now: datetime) -> str:
    """Begins the visit, once; answers what the browser keeps."""
    session = new_token()
    fresh = (passes.c.link_hash == token_hash(token), passes.c.session_hash.is_(None), passes.c.link_expires_at > now)
    visit = {"session_hash": token_hash(session), "session_expires_at": now + VISIT_LASTS}
    if (await db.execute(update(passes).where(*fresh).values(**visit))).rowcount != 1:
        raise Refused("pass_used")
    return session


async def visitor(db: AsyncConnection, *, session: str, now: datetime) -> int | None:
    """Who came in by it; their roles are looked at by whoever asks."""
    query = select(passes.c.person_id).where(passes.c.session_hash == token_hash(session))
    found: int | None = (await db.execute(query.where(passes.c.session_expires_at > now))).scalar()
    return found


async def leave(db: AsyncConnection, *, session: str) -> None:
    await db.execute(delete(passes).where(passes.c.session_hash == token_hash(session)))
