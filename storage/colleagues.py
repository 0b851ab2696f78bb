"""Colleagues who answer in an office's name: invited by its holder, named in public, let go again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.dialogue import SEATS
from domain.people import INVITATION_LASTS, Role, new_token, token_hash
from domain.refusal import Refused
from storage import roles as roles_of
from storage import telling
from storage.tables.dialogues import colleagues as table
from storage.tables.places import communities
from storage.tables.roles import groups, roles


async def invite(db: AsyncConnection, *, by: int, role_id: int, now: datetime) -> str:
    """The token, to be shown once. Only who holds the office names a colleague; a colleague names none."""
    await _require_holder(db, by, role_id)
    token = new_token()
    row = {"role_id": role_id, "token_hash": token_hash(token), "made_at": now, "expires_at": now + INVITATION_LASTS}
    await db.execute(insert(table), [row])
    return token


async def find(db: AsyncConnection, *, token: str, person_id: int, now: datetime) -> dict[str, Any]:
    """Whose colleague this makes one, as JSON. Raises Refused where it makes nobody one any more."""
    row = await _checked(db, token, person_id, now)
    return {"role": row.role, "name": row.holder, "office": row.office}


async def accept(db: AsyncConnection, *, token: str, person_id: int, name: str, now: datetime) -> None:
    row = await _checked(db, token, person_id, now)
    mine = update(table).where(table.c.id == row.id, table.c.person_id.is_(None))
    if (await db.execute(mine.values(person_id=person_id, name=name, accepted_at=now))).rowcount != 1:
        raise Refused("invitation_used")
    args = {"name": name}
    thing, told = f"colleague:{row.id}", "colleague_there"
    await telling.tell(db, person_id=row.holder_id, thing=thing, conversation=told, args=args, now=now)


async def end(db: AsyncConnection, *, colleague_id: int, by: int, now: datetime) -> None:
    """By who holds the office; what was answered stays answered."""
    role_id = (await db.execute(select(table.c.role_id).where(table.c.id == colleague_id))).scalar()
    await _require_holder(db, by, role_id or 0)
    ended = update(table).where(table.c.id == colleague_id, table.c.ended_at.is_(None))
    await db.execute(ended.values(ended_at=now))


async def of_role(db: AsyncConnection, *, role_id: int) -> Sequence[Any]:
    here = (table.c.role_id == role_id, table.c.person_id.is_not(None), table.c.ended_at.is_(None))
    return (await db.execute(select(table.c.id, table.c.name).where(*here).order_by(table.c.id))).all()


async def _require_holder(db: AsyncConnection, by: int, role_id: int) -> None:
    here = (roles.c.id == role_id, roles.c.person_id == by, roles.c.role.in_([Role(party.value) for party in SEATS]))
    active = (roles.c.confirmed_at.is_not(None), roles.c.ended_at.is_(None))
    if (await db.execute(select(roles.c.id).where(*here, *active))).first() is None:
        raise Refused("not_allowed")


async def _checked(db: AsyncConnection, token: str, person_id: int, now: datetime) -> Row[Any]:
    columns = (table, roles.c.role, roles.c.name.label("holder"), roles.c.office, roles.c.person_id.label("holder_id"))
    query = select(*columns, roles.c.municipality_id).join(roles, roles.c.id == table.c.role_id)
    row = (await db.execute(query.where(table.c.token_hash == token_hash(token), roles.c.ended_at.is_(None)))).first()
    if row is None:
        raise Refused("invitation_unknown")
    if row.person_id is not None:
        raise Refused("invitation_used")
    if now >= row.expires_at:
        raise Refused("invitation_expired")
    await _require_free(db, person_id, row.municipality_id)
    return row


async def _require_free(db: AsyncConnection, person_id: int, municipality_id: int) -> None:
    """A leader of a group there, or who speaks for an office already, would speak for two."""
    led = select(roles.c.id).join(groups, groups.c.id == roles.c.group_id)
    led = led.join(communities, communities.c.id == groups.c.community_id)
    here = (roles.c.person_id == person_id, roles.c.role == Role.LEADER, roles.c.ended_at.is_(None))
    if (await db.execute(led.where(*here, communities.c.municipality_id == municipality_id))).first() is not None:
        raise Refused("two_parties")
    held = await roles_of.held(db, person_id=person_id, municipality_id=municipality_id)
    acting = select(table.c.id).where(table.c.person_id == person_id, table.c.ended_at.is_(None))
    if held & {Role(party.value) for party in SEATS} or (await db.execute(acting)).first() is not None:
        raise Refused("two_parties")
