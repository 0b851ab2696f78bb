"""Who in a group listens to recordings: named by its leader, and only after a yes of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.refusal import Refused
from storage import roles as storage_roles
from storage import telling
from storage.new_rows import insert_new
from storage.tables.places import villages
from storage.tables.roles import groups, roles
from storage.tables.voices import listeners


async def listener(db: AsyncConnection, *, village_id: int, speaker_id: int) -> Any:
    """(person_id, name) of who would hear a recording from this village; nobody hears their own. None: nobody."""
    here = villages.join(groups, groups.c.community_id == villages.c.community_id)
    query = _listening().join(here, groups.c.id == roles.c.group_id)
    query = query.where(villages.c.id == village_id, roles.c.person_id != speaker_id)
    return (await db.execute(query.order_by(listeners.c.role_id))).first()


async def listens(db: AsyncConnection, *, person_id: int | None) -> bool:
    query = _listening().where(roles.c.person_id == person_id)
    return (await db.execute(query)).first() is not None


async def called(db: AsyncConnection, *, person_id: int) -> str | None:
    """The name that speakers are told."""
    found: str | None = (
        await db.execute(_listening().with_only_columns(listeners.c.name).where(roles.c.person_id == person_id))
    ).scalar()
    return found


async def name(db: AsyncConnection, *, by: int, group_id: int, role_id: int | None, now: datetime) -> None:
    """This member and nobody else of the group, once they agree; with no role, nobody."""
    await storage_roles.require(db, person_id=by, action=Action.INVITE_MEMBER, group_id=group_id)
    ours = listeners.c.role_id.in_(select(roles.c.id).where(roles.c.group_id == group_id))
    await db.execute(update(listeners).where(ours, listeners.c.ended_at.is_(None)).values(ended_at=now, name=None))
    if role_id is not None:
        await _ask(db, by, group_id, role_id, now)


async def _ask(db: AsyncConnection, by: int, group_id: int, role_id: int, now: datetime) -> None:
    held = select(roles.c.person_id).where(roles.c.id == role_id, roles.c.group_id == group_id)
    person_id = (await db.execute(held.where(roles.c.ended_at.is_(None)))).scalar()
    if person_id is None:
        raise Refused("gone")
    named = {"named_by": by, "named_at": now, "name": None, "agreed_at": None, "ended_at": None}
    await db.execute(insert_new(db.dialect, listeners), [{"role_id": role_id, **named}])
    await db.execute(update(listeners).where(listeners.c.role_id == role_id).values(**named))
    thing, args = f"listener:{role_id}:{now.isoformat()}", {"role": role_id}
    await telling.tell(db, person_id=person_id, thing=thing, conversation="listener_asked", args=args, now=now)


async def asked(db: AsyncConnection, *, role_id: int, person_id: int) -> bool:
    """Whether they are still waited for."""
    query = _named().where(roles.c.id == role_id, roles.c.person_id == person_id, listeners.c.agreed_at.is_(None))
    return (await db.execute(query)).first() is not None


async def agree(db: AsyncConnection, *, role_id: int, person_id: int, name: str, now: datetime) -> None:
    if not await asked(db, role_id=role_id, person_id=person_id):
        raise Refused("gone")
    yes = update(listeners).where(listeners.c.role_id == role_id)
    await db.execute(yes.values(name=name, agreed_at=now))


async def decline(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    """They will not, or no longer; what waits for them goes back to its speakers by the next sweep."""
    mine = listeners.c.role_id.in_(select(roles.c.id).where(roles.c.person_id == person_id))
    await db.execute(update(listeners).where(mine, listeners.c.ended_at.is_(None)).values(ended_at=now, name=None))


def _named() -> Select[Any]:
    query = select(roles.c.person_id, listeners.c.name).join(listeners, listeners.c.role_id == roles.c.id)
    return query.where(roles.c.ended_at.is_(None), listeners.c.ended_at.is_(None))


def _listening() -> Select[Any]:
    return _named().where(listeners.c.agreed_at.is_not(None))
