"""What a group has decided about its checks: how much those weigh who live there, and where it turns when a promise
lies still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.escalation import PATH, Step, check_path
from domain.people import Action
from domain.refusal import Refused
from storage import roles
from storage.tables.group_rules import group_rules
from storage.tables.people import people
from storage.tables.places import villages
from storage.tables.roles import groups
from storage.tables.roles import roles as roles_

WEIGHTS = (1, 2)


@dataclass(frozen=True, slots=True)
class Rules:
    """As every group begins: all checks weigh the same."""

    local_weight: int = 1
    path: tuple[Step, ...] = PATH


async def of_group(db: AsyncConnection, *, group_id: int) -> Rules:
    row = (await db.execute(select(group_rules).where(group_rules.c.group_id == group_id))).first()
    return Rules() if row is None else Rules(row.local_weight, tuple(map(Step, row.path)))


async def decide(
    db: AsyncConnection, *, by: int, group_id: int, local_weight: int, path: Sequence[Step], now: datetime
) -> None:
    """It holds for checks from now on; what was told before keeps its weight."""
    await roles.require(db, person_id=by, action=Action.SET_GROUP_RULES, group_id=group_id)
    if local_weight not in WEIGHTS:
        raise Refused("gone")
    values = {"local_weight": local_weight, "path": list(check_path(path)), "set_by": by, "set_at": now}
    changed = await db.execute(update(group_rules).where(group_rules.c.group_id == group_id).values(**values))
    if changed.rowcount == 0:
        await db.execute(insert(group_rules).values(group_id=group_id, **values))


async def weight(db: AsyncConnection, *, person_id: int, village_id: int | None, community_id: int) -> int:
    """Of a check by this person, on a promise to this village, or to all of the community."""
    home = (await db.execute(select(people.c.village_id).where(people.c.id == person_id))).scalar()
    if home is None or (village_id is not None and home != village_id):
        return 1
    there = select(villages.c.community_id).where(villages.c.id == home)
    if (await db.execute(there)).scalar() != community_id:
        return 1
    heaviest = select(func.max(group_rules.c.local_weight)).join(groups, groups.c.id == group_rules.c.group_id)
    heaviest = heaviest.join(roles_, roles_.c.group_id == groups.c.id)
    mine = (groups.c.community_id == community_id, roles_.c.person_id == person_id, roles_.c.ended_at.is_(None))
    return int((await db.execute(heaviest.where(*mine))).scalar() or 1)
