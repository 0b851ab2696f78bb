"""Not the same person after all: what a joining brought together goes back to where it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import joined_duties, joined_runs, link_trace, links, turns
from storage.joining import take_words, tell
from storage.tables.links import links as links_
from storage.tables.people import addresses, people


async def part(db: AsyncConnection, *, link_id: int, now: datetime) -> None:
    """What was said since stays with the one who stayed; what came by an address goes with the address."""
    link = await _locked(db, link_id)
    if link is None:
        return  # parted already, or joined with somebody else since: that comes first
    moved = await links.moved_addresses(db, link_id=link_id)
    for note in await link_trace.notes(db, link_id=link_id):
        await _put_back(db, note, link)
    for address_id in moved:
        await take_words(db, address_id=address_id, of=link.person_id, to=link.joined_id)
    await db.execute(update(links_).where(links_.c.id == link_id).values(parted_at=now))
    await _count_on(db, link)
    for person_id in (link.person_id, link.joined_id):
        await _at_home(db, person_id)
        await joined_runs.newest_in_front(db, person_id=person_id)
        await tell(db, f"parted:{link_id}", person_id, None, {"parted": link_id}, now)


async def _locked(db: AsyncConnection, link_id: int) -> Row[Any] | None:
    link = (await db.execute(select(links_).where(links_.c.id == link_id))).first()
    if link is None:
        return None
    both = people.c.id.in_((link.person_id, link.joined_id))
    await db.execute(select(people.c.id).where(both).order_by(people.c.id).with_for_update())
    last = select(links_).where(links_.c.person_id == link.person_id, links_.c.parted_at.is_(None))
    found = (await db.execute(last.order_by(links_.c.id.desc()))).first()
    awake = await links.awake(db, person_id=link.person_id) == link.person_id
    return found if found is not None and found.id == link_id and awake else None


async def _put_back(db: AsyncConnection, note: Row[Any], link: Row[Any]) -> None:
    if note.place == joined_runs.MOVED:
        await joined_runs.part(db, number=note.after, stays_id=link.person_id, sleeps_id=link.joined_id)
    elif note.place == joined_duties.TWIN:
        await joined_duties.part_twin(db, role_id=note.row["id"], kept_id=note.after)
    else:
        await link_trace.put_back(db, note)


async def _count_on(db: AsyncConnection, link: Row[Any]) -> None:
    """Their addresses have seen numbers of the one who stayed: what comes to them must be higher, for the web chat.
    A stranger is spoken to as they were meanwhile, until they choose."""
    stayed = (await db.execute(select(people).where(people.c.id == link.person_id))).one()
    language = func.coalesce(people.c.language, stayed.language)
    await db.execute(update(people).where(people.c.id == link.joined_id).values(seq=stayed.seq, language=language))


async def _at_home(db: AsyncConnection, person_id: int) -> None:
    """The address used last is one of their own."""
    mine = select(addresses.c.id).where(addresses.c.person_id == person_id)
    elsewhere = update(people).where(people.c.id == person_id, people.c.address_id.not_in(mine))
    other = await turns.other_address(db, person_id=person_id)
    if other is None:  # they have left all of theirs
        other = (await db.execute(mine.order_by(addresses.c.id.desc()))).scalars().first()
    await db.execute(elsewhere.values(address_id=other))
