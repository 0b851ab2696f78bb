"""Where the money of a promise is: events of its chain, each with who told it, when, and a photo of the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Asked, Money, Source, Stage, latest
from domain.people import Action, Role
from domain.promises import Status
from storage import ledger, promise_people, promises
from storage.ledger import Witness
from storage.promises import Dossier
from storage.tables.promises import promises as promises_table
from storage.tables.roles import groups, roles

MONEY = "money"
OVER = frozenset({Status.KEPT, Status.KEPT_LATE, Status.CHANGED_BY_AGREEMENT})


async def tell(db: AsyncConnection, *, promise_id: int, money: Money, witness: Witness, now: datetime) -> None:
    one = await promises.dossier(db, promise_id=promise_id)
    where = one.new.community_id
    await promise_people.require(db, person_id=witness.person_id, action=Action.TELL_MONEY, community_id=where)
    body: dict[str, Any] = {
        "stage": money.stage.value,
        "year": money.year,
        "found": money.found,
        "on": money.on.isoformat(),
    }
    body |= {"source": money.source.value, "code": money.code, "amount": money.amount}
    await ledger.append(db, promise_id=promise_id, kind=MONEY, body=body, witness=witness, now=now)


def stages(dossier: Dossier) -> list[Money]:
    """What stands for each stage, in the order of the money: for chats, the board and tables alike."""
    return latest([_money(one.body) for one in dossier.told if one.kind == MONEY])


def _money(body: dict[str, Any]) -> Money:
    day, stage, source = date.fromisoformat(body["on"]), Stage(body["stage"]), Source(body["source"])
    return Money(stage, body["year"], body["found"], day, source, body["code"], body["amount"])


async def open_to(db: AsyncConnection, *, person_id: int, asked: Asked | None, today: date) -> list[Dossier]:
    """The promises whose money this person may look for; with `asked`, those nobody has told of since its day."""
    where = await promise_people.communities_where(db, person_id=person_id, action=Action.TELL_MONEY)
    query = select(promises_table.c.id).where(promises_table.c.community_id.in_(where))
    found = await promises.dossiers(db, ids=list((await db.execute(query)).scalars()))
    return [one for one in found if one.counted and (asked is None or _waits(one, asked, today))]


async def any_open(db: AsyncConnection, *, person_id: int) -> bool:
    where = await promise_people.communities_where(db, person_id=person_id, action=Action.TELL_MONEY)
    query = select(promises_table.c.id).where(promises_table.c.community_id.in_(where)).limit(1)
    return (await db.execute(query)).first() is not None


def _waits(one: Dossier, asked: Asked, today: date) -> bool:
    if one.verdict(today).status in OVER:
        return False
    return not any(told.year == asked.year and told.on >= asked.on for told in stages(one))


async def lookers(db: AsyncConnection) -> list[int]:
    """Everybody in a group to whose community something was promised."""
    query = select(roles.c.person_id).join(groups, groups.c.id == roles.c.group_id)
    query = query.where(roles.c.role.in_((Role.LEADER, Role.MEMBER)), roles.c.ended_at.is_(None))
    query = query.where(groups.c.community_id.in_(select(promises_table.c.community_id)))
    return sorted(set((await db.execute(query)).scalars()))
