"""A colleague follows one promise for its office: invited by who answers for it, ended by them or by the colleague.

The promise stays with the office: when another office answers for it, the colleague does not any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import INVITATION_LASTS, Action, new_token, token_hash
from domain.refusal import Refused
from storage import promise_people, telling
from storage.tables.promise_helpers import promise_helpers as table
from storage.tables.promise_states import promise_states

if TYPE_CHECKING:
    from storage.promises import Dossier


async def answering(db: AsyncConnection, one: Dossier) -> list[int]:
    """Who may tell how it stands: who answers for it, and the colleague who follows it for them."""
    return _all(await _officials(db, one), await helper(db, one))


async def answering_each(db: AsyncConnection, *, promise_ids: Sequence[int]) -> dict[int, list[int]]:
    """The same for many promises, as the ledger was last reckoned."""
    s = promise_states.c
    query = select(s.promise_id, s.municipality_id, s.holder, s.office).where(s.promise_id.in_(promise_ids))
    rows = (await db.execute(query.order_by(s.promise_id))).all()
    where, helpers = {row.municipality_id for row in rows}, await of_each(db, promise_ids=promise_ids)
    there = {each: await promise_people.officials_of(db, municipality_id=each) for each in where}
    return {
        row.promise_id: _all(
            promise_people.answering(there[row.municipality_id], row.holder, row.office),
            still(helpers.get(row.promise_id), row.office),
        )
        for row in rows
    }


def _all(officials: Sequence[int], colleague: Row[Any] | None) -> list[int]:
    return sorted({*officials, *([colleague.person_id] if colleague else [])})


def still(colleague: Row[Any] | None, office: str) -> Row[Any] | None:
    """None where another office than theirs answers for it now."""
    return colleague if colleague is not None and promise_people.same(colleague.office, office) else None


async def helper(db: AsyncConnection, one: Dossier) -> Row[Any] | None:
    """id, person_id, name."""
    return still((await of_each(db, promise_ids=[one.id])).get(one.id), one.answerer.office)


async def of_each(db: AsyncConnection, *, promise_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """The colleague who accepted last, by promise: office, person_id; for whichever office answered for it then."""
    here = (table.c.promise_id.in_(promise_ids), table.c.person_id.is_not(None), table.c.ended_at.is_(None))
    rows = await db.execute(select(table).where(*here).order_by(table.c.id))
    return {row.promise_id: row for row in rows}


async def followed(db: AsyncConnection, *, person_id: int) -> list[int]:
    """The promises that this person follows for an office, as far as it still answers for them."""
    s = promise_states.c
    query = select(table.c.promise_id, table.c.office, s.office.label("now")).join(
        promise_states, s.promise_id == table.c.promise_id
    )
    rows = await db.execute(query.where(table.c.person_id == person_id, table.c.ended_at.is_(None)))
    return sorted({row.promise_id for row in rows if promise_people.same(row.office, row.now)})


async def invite(db: AsyncConnection, *, one: Dossier, by: int, now: datetime) -> str:
    """The token, to be shown once. A colleague invites nobody."""
    await _require_office(db, one, by)
    token = new_token()
    row = {"promise_id": one.id, "office": one.answerer.office, "token_hash": token_hash(token), "made_by": by}
    await db.execute(insert(table), [{**row, "made_at": now, "expires_at": now + INVITATION_LASTS}])
    return token


async def find(db: AsyncConnection, *, token: str, now: datetime) -> Row[Any]:
    """The invitation: promise_id, office. Raises Refused where it is unknown, used, or too old."""
    row = (await db.execute(select(table).where(table.c.token_hash == token_hash(token)))).first()
    if row is None:
        raise Refused("invitation_unknown")
    if row.person_id is not None or row.ended_at is not None:
        raise Refused("invitation_used")
    if now >= row.expires_at:
        raise Refused("invitation_expired")
    return row


async def accept(db: AsyncConnection, *, token: str, one: Dossier, person_id: int, name: str, now: datetime) -> None:
    """One colleague follows it: who followed it before is let go. Who looks for the group cannot speak for both."""
    row = await find(db, token=token, now=now)
    await _require_free(db, one, row, person_id)
    before = update(table).where(table.c.promise_id == one.id, table.c.person_id.is_not(None))
    await db.execute(before.where(table.c.ended_at.is_(None)).values(ended_at=now))
    mine = update(table).where(table.c.id == row.id, table.c.person_id.is_(None))
    if (await db.execute(mine.values(person_id=person_id, name=name, accepted_at=now))).rowcount != 1:
        raise Refused("invitation_used")
    args, thing = {"promise": one.id, "name": name}, f"promise:{one.id}:helper:{row.id}"
    await telling.tell(
        db, person_id=row.made_by, thing=thing, conversation="promise_colleague_there", args=args, now=now
    )


async def _require_free(db: AsyncConnection, one: Dossier, row: Row[Any], person_id: int) -> None:
    if row.promise_id != one.id or not promise_people.same(row.office, one.answerer.office):
        raise Refused("invitation_expired")
    try:
        await _require_office(db, one, row.made_by)  # worth no more than the word of who gave it
    except Refused:
        raise Refused("invitation_expired") from None
    looks = await promise_people.communities_where(db, person_id=person_id, action=Action.CHECK_PROMISE)
    if one.new.community_id in looks:
        raise Refused("two_parties")
    if person_id in await _officials(db, one):
        raise Refused("already_yours")


async def end(db: AsyncConnection, *, one: Dossier, by: int, now: datetime) -> None:
    """By who answers for it, or by the colleague."""
    row = await helper(db, one)
    if row is None:
        raise Refused("gone")
    if by != row.person_id:
        await _require_office(db, one, by)
    await db.execute(update(table).where(table.c.id == row.id).values(ended_at=now))


async def erase(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    await db.execute(
        update(table).where(table.c.person_id == person_id, table.c.ended_at.is_(None)).values(ended_at=now)
    )
    await db.execute(update(table).where(table.c.person_id == person_id).values(person_id=None, name=None))


async def _officials(db: AsyncConnection, one: Dossier) -> list[int]:
    return await promise_people.officials(db, promise=one.answerer, municipality_id=one.municipality_id)


async def _require_office(db: AsyncConnection, one: Dossier, person_id: int) -> None:
    if person_id not in await _officials(db, one):
        raise Refused("not_allowed")
