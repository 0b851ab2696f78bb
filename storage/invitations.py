"""Single-use, expiring ways into a role; only the hash of a token is kept here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import (
    OFFICES,
    Action,
    Invitation,
    Role,
    check_invitation,
    invite,
    inviting,
    token_hash,
)
from domain.refusal import Refused
from storage import groups, roles, telling
from storage.tables.roles import invitations
from storage.tables.roles import roles as roles_

IN_A_GROUP = frozenset({Role.MEMBER, Role.LEADER})


@dataclass(frozen=True, slots=True)
class Made:
    """The token is shown now, and never again."""

    token: str
    expires_at: datetime


async def make(
    db: AsyncConnection,
    *,
    by: int | None,
    role: Role,
    now: datetime,
    group_id: int | None = None,
    municipality_id: int | None = None,
    office: str | None = None,
) -> Made:
    """`by` None is the command line, whose user owns the database."""
    _check_place(role, group_id, municipality_id)
    if by is not None:
        await _require(db, by, role, group_id, municipality_id)
    token, invitation = invite(role, now)
    row: dict[str, Any] = {"token_hash": invitation.token_hash, "role": role, "group_id": group_id, "office": office}
    row |= {
        "municipality_id": municipality_id,
        "created_by": by,
        "created_at": now,
        "expires_at": invitation.expires_at,
    }
    await db.execute(insert(invitations), [row])
    return Made(token, invitation.expires_at)


def _check_place(role: Role, group_id: int | None, municipality_id: int | None) -> None:
    if (role in IN_A_GROUP) is not (group_id is not None) or (role in OFFICES and municipality_id is None):
        raise Refused("gone")


async def _require(db: AsyncConnection, by: int, role: Role, group_id: int | None, municipality_id: int | None) -> None:
    await roles.require(db, person_id=by, action=inviting(role), group_id=group_id, municipality_id=municipality_id)


async def find(db: AsyncConnection, *, token: str, person_id: int, now: datetime) -> dict[str, Any]:
    """What the invitation offers, as JSON. Raises Refused when it is unknown, used, too old, or theirs already."""
    row = await _checked(db, token, person_id, now)
    group = await groups.group(db, group_id=row.group_id) if row.group_id else None
    return {
        "role": row.role,
        "group": group.name if group else None,
        "municipality": row.municipality_id,
        "office": row.office,
    }


async def accept(
    db: AsyncConnection, *, token: str, person_id: int, name: str | None, office: str | None, now: datetime
) -> int:
    """The new role's id. Two who press at once: one of them gets it."""
    row = await _checked(db, token, person_id, now)
    mine = update(invitations).where(invitations.c.id == row.id, invitations.c.used_at.is_(None))
    if (await db.execute(mine.values(used_at=now, used_by=person_id))).rowcount != 1:
        raise Refused("invitation_used")
    role_id = await _grant(db, row, person_id, name, office, now)
    if Role(row.role) in OFFICES:
        await _ask_to_confirm(db, role_id, row.municipality_id, now)
    elif Role(row.role) is Role.MEMBER:
        await _tell_leaders(db, role_id, row.group_id, now)
    return role_id


async def _checked(db: AsyncConnection, token: str, person_id: int, now: datetime) -> Row[Any]:
    row = (await db.execute(select(invitations).where(invitations.c.token_hash == token_hash(token)))).first()
    if row is None:
        raise Refused("invitation_unknown")
    check_invitation(Invitation(Role(row.role), row.token_hash, row.expires_at, row.used_at), now)
    await _check_still_meant(db, row)
    if await _has(db, row, person_id):
        raise Refused("already_yours")
    return row


async def _check_still_meant(db: AsyncConnection, row: Row[Any]) -> None:
    """An invitation is worth no more than the word of the one who gave it: a leader of yesterday invites nobody."""
    if row.created_by is None:
        return
    try:
        await _require(db, row.created_by, Role(row.role), row.group_id, row.municipality_id)
    except Refused:
        raise Refused("invitation_expired") from None


async def _has(db: AsyncConnection, row: Row[Any], person_id: int) -> bool:
    same = [roles_.c.role == row.role, roles_.c.person_id == person_id, roles_.c.ended_at.is_(None)]
    for column, value in ((roles_.c.group_id, row.group_id), (roles_.c.municipality_id, row.municipality_id)):
        same.append(column.is_(None) if value is None else column == value)
    return (await db.execute(select(roles_.c.id).where(*same))).first() is not None


async def _grant(
    db: AsyncConnection, row: Row[Any], person_id: int, name: str | None, office: str | None, now: datetime
) -> int:
    values = {"person_id": person_id, "role": row.role, "group_id": row.group_id}
    values |= {"municipality_id": row.municipality_id, "name": name, "office": office, "granted_at": now}
    return int((await db.execute(insert(roles_).returning(roles_.c.id), [values])).scalar_one())


async def _ask_to_confirm(db: AsyncConnection, role_id: int, municipality_id: int, now: datetime) -> None:
    for person_id in await roles.holders(db, action=Action.CONFIRM_OFFICIAL, municipality_id=municipality_id):
        await telling.tell(
            db,
            person_id=person_id,
            thing=f"role:{role_id}:confirm",
            conversation="confirm_official",
            args={"role": role_id},
            now=now,
        )


async def _tell_leaders(db: AsyncConnection, role_id: int, group_id: int, now: datetime) -> None:
    for person_id in await roles.leaders(db, group_id=group_id):
        await telling.tell(
            db,
            person_id=person_id,
            thing=f"role:{role_id}:joined",
            conversation="member_joined",
            args={"role": role_id, "group": group_id},
            now=now,
        )
