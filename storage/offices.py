"""Officials' roles: accepted by invitation, worth something only once a coordinator has vouched for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import OFFICES, Action
from domain.refusal import Refused
from storage import roles as storage_roles
from storage import telling
from storage.tables.places import municipalities
from storage.tables.roles import roles


async def first_waiting(db: AsyncConnection, *, by: int) -> int | None:
    """The oldest role that this coordinator may confirm."""
    where = await storage_roles.municipalities_where(db, person_id=by, action=Action.CONFIRM_OFFICIAL)
    query = _waiting()
    if where is not None:
        query = query.where(roles.c.municipality_id.in_(where))
    row = (await db.execute(query.order_by(roles.c.id).limit(1))).first()
    return None if row is None else int(row.id)


async def waiting(db: AsyncConnection, *, by: int, role_id: int) -> dict[str, Any] | None:
    """Who says they hold which office, as JSON; None when it is decided already, or not for this person to decide."""
    row = (await db.execute(_waiting().where(roles.c.id == role_id))).first()
    if row is None:
        return None
    where = await storage_roles.municipalities_where(db, person_id=by, action=Action.CONFIRM_OFFICIAL)
    if where is not None and row.municipality_id not in where:
        return None
    names = {"ka": row.name_ka, "en": row.name_en}
    return {"role": row.role, "name": row.name, "office": row.office, "municipality": names}


async def decide(db: AsyncConnection, *, by: int, role_id: int, confirmed: bool, now: datetime) -> None:
    """Confirms the role, or ends it; the official hears which."""
    row = await _required(db, by, role_id)
    decided = update(roles).where(roles.c.id == role_id, roles.c.confirmed_at.is_(None), roles.c.ended_at.is_(None))
    values = {"confirmed_at": now, "confirmed_by": by} if confirmed else {"ended_at": now}
    if (await db.execute(decided.values(**values))).rowcount != 1:
        raise Refused("already_decided")
    await telling.tell(
        db,
        person_id=row.person_id,
        thing=f"role:{role_id}:decided",
        conversation="office_decided",
        args={"role": role_id, "confirmed": confirmed},
        now=now,
    )


async def _required(db: AsyncConnection, by: int, role_id: int) -> Row[Any]:
    row = (await db.execute(select(roles).where(roles.c.id == role_id, roles.c.role.in_(OFFICES)))).first()
    if row is None:
        raise Refused("gone")
    await storage_roles.require(db, person_id=by, action=Action.CONFIRM_OFFICIAL, municipality_id=row.municipality_id)
    return row


def _waiting() -> Select[Any]:
    m, r = municipalities.c, roles.c
    source = roles.join(municipalities, m.id == r.municipality_id)
    query = select(r.id, r.role, r.name, r.office, r.municipality_id, m.name_ka, m.name_en).select_from(source)
    return query.where(r.role.in_(OFFICES), r.confirmed_at.is_(None), r.ended_at.is_(None))
