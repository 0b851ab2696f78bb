"""Codes that join two phones, and who sleeps in whom; what a joining moves is in joining.py and parting.py.

A code only asks: the joining itself touches two people, so a worker carries it out when it holds both of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import codes
from domain.linking import DIGITS, LASTS, PART_WITHIN, Code, fault
from domain.refusal import Refused
from storage import guesses
from storage.jsontext import dumps
from storage.new_rows import insert_new
from storage.tables.links import link_codes, link_moves, links
from storage.tables.people import addresses
from storage.tables.roles import groups, roles
from storage.tables.turns import SELF, inbox

JOIN, PART = "join", "part"  # what a worker is asked to do, as {"join": code} and {"part": link}


@dataclass(frozen=True, slots=True)
class Linked:
    """The joining that can still be undone; `channels` are those that came by it."""

    link_id: int
    joined_at: datetime
    channels: list[str]


async def make_code(db: AsyncConnection, *, person_id: int, now: datetime) -> str:
    """A fresh code; an earlier one of theirs is good no more."""
    await db.execute(delete(link_codes).where(or_(_unused(person_id), link_codes.c.expires_at < now - PART_WITHIN)))
    while True:
        code = codes.new(DIGITS)
        row = {"person_id": person_id, "code_hash": codes.hashed(code), "expires_at": now + LASTS}
        if (await db.execute(insert_new(db.dialect, link_codes).values(**row))).rowcount == 1:
            return code


def _unused(person_id: int) -> Any:
    return (link_codes.c.person_id == person_id) & link_codes.c.used_at.is_(None)


async def look_up(db: AsyncConnection, *, typed: str, person_id: int, now: datetime) -> dict[str, Any]:
    """{"code": id, "person": whose} or {"fault": reason}; wrong codes are counted, and after too many none is tried."""
    if await guesses.too_many(db, person_id=person_id, now=now):
        return {"fault": "code_too_many"}
    digits = codes.read(typed)
    row = await _code(db, digits) if digits else None
    wrong = fault(row and Code(row.person_id, row.expires_at, row.used_at), person_id, now)
    if wrong is None and row is not None:
        return {"code": row.id, "person": row.person_id}
    if wrong != "code_own":
        await guesses.note(db, person_id=person_id, now=now)
    return {"fault": wrong}


async def _code(db: AsyncConnection, digits: str) -> Any:
    return (await db.execute(select(link_codes).where(link_codes.c.code_hash == codes.hashed(digits)))).first()


async def redeem(db: AsyncConnection, *, code_id: int, person_id: int, now: datetime) -> None:
    """Uses the code up, and asks for the joining. Two who press at once: one of them gets it."""
    free = update(link_codes).where(link_codes.c.id == code_id, link_codes.c.used_at.is_(None))
    if (await db.execute(free.where(link_codes.c.expires_at > now).values(used_at=now))).rowcount != 1:
        raise Refused("code_used")
    await _ask(db, {JOIN: code_id}, f"join:{code_id}", person_id, now)


async def ask_to_part(db: AsyncConnection, *, link_id: int, person_id: int, now: datetime) -> None:
    """Only what was joined last can be parted, and not for ever."""
    linked = await undoable(db, person_id=person_id, now=now)
    if linked is None or linked.link_id != link_id:
        raise Refused("gone")
    await _ask(db, {PART: link_id}, f"part:{link_id}", person_id, now)


async def _ask(db: AsyncConnection, what: dict[str, int], name: str, person_id: int, now: datetime) -> None:
    row = {"channel": SELF, "external_id": name, "person_id": person_id, "payload": dumps(what), "received_at": now}
    await db.execute(insert_new(db.dialect, inbox), [{**row, "status": "new"}])


async def undoable(db: AsyncConnection, *, person_id: int, now: datetime) -> Linked | None:
    query = select(links).where(links.c.person_id == person_id, links.c.parted_at.is_(None))
    row = (await db.execute(query.order_by(links.c.id.desc()))).first()
    if row is None or row.joined_at <= now - PART_WITHIN:
        return None
    return Linked(row.id, row.joined_at, await _channels(db, await moved_addresses(db, link_id=row.id)))


async def moved_addresses(db: AsyncConnection, *, link_id: int) -> list[int]:
    """The addresses that came by this joining."""
    query = select(link_moves.c.row).where(link_moves.c.link_id == link_id)
    rows = (await db.execute(query.where(link_moves.c.place == "addresses.person_id"))).scalars()
    return [int(row["id"]) for row in rows]


async def _channels(db: AsyncConnection, address_ids: Collection[int]) -> list[str]:
    query = select(addresses.c.channel).where(addresses.c.id.in_(address_ids)).order_by(addresses.c.id)
    return [kind_of(channel) for channel in (await db.execute(query)).scalars()]


def kind_of(channel: str) -> str:
    return channel.partition(":")[0]


async def asleep(db: AsyncConnection, *, person_id: int) -> list[int]:
    """Everybody who turned out to be this person, and whoever had turned out to be one of those."""
    found: list[int] = []
    awake = [person_id]
    while awake:
        query = select(links.c.joined_id).where(links.c.person_id.in_(awake), links.c.parted_at.is_(None))
        awake = list((await db.execute(query.order_by(links.c.id))).scalars())
        found += awake
    return found


async def awake(db: AsyncConnection, *, person_id: int) -> int:
    """The person in whom this one sleeps, or they themselves."""
    while True:
        query = select(links.c.person_id).where(links.c.joined_id == person_id, links.c.parted_at.is_(None))
        found = (await db.execute(query)).scalar()
        if found is None:
            return person_id
        person_id = int(found)


async def held(db: AsyncConnection, *, person_id: int) -> list[dict[str, Any]]:
    """What the question about roles says: {"role", "group", "office"} of each role that has not ended."""
    columns = (roles.c.role, groups.c.name.label("group"), roles.c.office)
    query = select(*columns).select_from(roles.outerjoin(groups, groups.c.id == roles.c.group_id))
    query = query.where(roles.c.person_id == person_id, roles.c.ended_at.is_(None))
    rows = (await db.execute(query.order_by(roles.c.id))).mappings()
    return [dict(row) for row in rows]


async def channels(db: AsyncConnection, *, person_id: int) -> list[str]:
    """The kinds of channel of all their addresses."""
    query = select(addresses.c.channel).where(addresses.c.person_id == person_id).order_by(addresses.c.id)
    return [kind_of(channel) for channel in (await db.execute(query)).scalars()]


async def forget(db: AsyncConnection, *, people_ids: Sequence[int]) -> None:
    theirs = select(links.c.id).where(or_(links.c.person_id.in_(people_ids), links.c.joined_id.in_(people_ids)))
    await db.execute(delete(link_moves).where(link_moves.c.link_id.in_(theirs)))
    await db.execute(delete(links).where(links.c.id.in_(theirs)))
    await db.execute(delete(link_codes).where(link_codes.c.person_id.in_(people_ids)))


async def begin(db: AsyncConnection, *, person_id: int, joined_id: int, now: datetime) -> int:
    row = {"person_id": person_id, "joined_id": joined_id, "joined_at": now}
    return int((await db.execute(insert(links).values(**row).returning(links.c.id))).scalar_one())
