"""The members of a committee, who have no account: each has a personal link, of which only the hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.grants import LINK_LASTS
from domain.people import token_hash
from domain.refusal import Refused
from storage import grants
from storage.tables.grants import grant_links


@dataclass(frozen=True, slots=True)
class Link:
    id: int
    call_id: int
    name: str
    expires_at: datetime
    revoked_at: datetime | None

    def stands(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


async def invite(db: AsyncConnection, *, call_id: int, name: str, token: str, by: int, now: datetime) -> int:
    """For one person, until two months after the deadline."""
    call = await grants.call(db, call_id=call_id)
    await grants.require(db, person_id=by, communities=call.communities)
    expires = datetime.combine(call.terms.deadline, time(), UTC) + LINK_LASTS
    row = {"call_id": call_id, "token_hash": token_hash(token), "name": name, "made_by": by, "made_at": now}
    new = insert(grant_links).values(**row, expires_at=max(expires, now + LINK_LASTS)).returning(grant_links.c.id)
    return int((await db.execute(new)).scalar_one())


async def revoke(db: AsyncConnection, *, link_id: int, by: int, now: datetime) -> None:
    """At once; what was decided by it stays."""
    call_id = (await db.execute(select(grant_links.c.call_id).where(grant_links.c.id == link_id))).scalar()
    if call_id is None:
        raise Refused("gone")
    await grants.require(db, person_id=by, communities=(await grants.call(db, call_id=call_id)).communities)
    stands = grant_links.c.id == link_id, grant_links.c.revoked_at.is_(None)
    await db.execute(update(grant_links).where(*stands).values(revoked_at=now))


async def opened(db: AsyncConnection, *, token: str, now: datetime) -> Link | None:
    """None for what was never given out, is over, or was taken back."""
    row = (await db.execute(select(grant_links).where(grant_links.c.token_hash == token_hash(token)))).first()
    link = None if row is None else Link(row.id, row.call_id, row.name, row.expires_at, row.revoked_at)
    return link if link is not None and link.stands(now) else None


async def of_call(db: AsyncConnection, *, call_id: int) -> list[Link]:
    query = select(grant_links).where(grant_links.c.call_id == call_id).order_by(grant_links.c.id)
    rows = await db.execute(query)
    return [Link(row.id, row.call_id, row.name, row.expires_at, row.revoked_at) for row in rows]
