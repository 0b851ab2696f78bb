"""Goes through the whole ledger, and names the first place where it does not hold."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import ledger
from domain.ledger import Body
from storage import links
from storage.jsontext import dumps, loads
from storage.ledger import Chain, Witness, chain_name, chains, heads, link, orphans

# What the first event says of the promise itself, under the names of the columns that hold the same.
RECORDED = ("municipality_id", "community_id", "village_id", "need_id", "speaker", "office", "words", "made_on", "due")


@dataclass(frozen=True, slots=True)
class Broken:
    """`where` is "promise:12 event 3" or "municipality 1 head 2026-05-01"."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


async def verify(db: AsyncConnection, *, secret: bytes | None = None) -> Broken | None:
    """Without the secret everything but the signatures is checked: anybody can do that."""
    hashes: dict[str, frozenset[str]] = {}
    async for chain in chains(db):
        broken = await _chain(db, chain)
        if broken is not None:
            return broken
        hashes[chain_name(chain.promise.id)] = frozenset(event.hash for event in chain.events)
    return await _orphan(db) or await _heads(db, hashes, secret)


async def _orphan(db: AsyncConnection) -> Broken | None:
    """An event that was taken away takes along who told it only if somebody thought of that too."""
    for event_id in await orphans(db):
        return Broken(f"event {event_id}", "it is gone, but who told it is still known")
    return None


async def _chain(db: AsyncConnection, chain: Chain) -> Broken | None:
    name = chain_name(chain.promise.id)
    if not chain.events:
        return Broken(name, "its events are gone")
    for event in chain.events:
        if _unreadable(event):
            return Broken(f"{name} event {event.number}", "the body was changed")
    links_ = [link(event) for event in chain.events]
    fault = ledger.verify(name, links_)
    if fault is not None:
        return Broken(f"{name} event {fault.number}", f"the {fault.wrong} does not fit")
    bodies = [one.body for one in links_]
    aliases = await _aliases(db, chain, bodies)
    return next(_columns(name, chain, bodies, aliases), None)


def _unreadable(event: Row[Any]) -> bool:
    try:
        return bool(ledger.canonical(loads(event.body)).decode() != event.body)
    except ValueError:
        return True


async def _aliases(db: AsyncConnection, chain: Chain, bodies: Sequence[Body]) -> dict[int, Sequence[int]]:
    """Other numbers of those whose seal does not fit at once."""
    told = [(chain.known[event.id], body["seal"]) for event, body in _both(chain, bodies) if event.id in chain.known]
    doubtful = {row.person_id for row, seal in told if not _witnessed(row, seal, ())}
    return {person_id: await links.asleep(db, person_id=person_id) for person_id in sorted(doubtful)}


def _both(chain: Chain, bodies: Sequence[Body]) -> Iterator[tuple[Row[Any], Body]]:
    return zip(chain.events, bodies, strict=True)


def _columns(name: str, chain: Chain, bodies: Sequence[Body], aliases: Mapping[int, Sequence[int]]) -> Iterator[Broken]:
    """The columns beside the chain repeat what it says."""
    promise, recorded = chain.promise, bodies[0]
    for column in RECORDED:
        if _plain(getattr(promise, column)) != recorded[column]:
            yield Broken(name, f"the column {column} is not what was recorded")
    if promise.kind != recorded["need_kind"] or promise.recorded_at.isoformat() != recorded["at"]:
        yield Broken(name, "the kind or the time is not what was recorded")
    for event, body in _both(chain, bodies):
        where = f"{name} event {event.number}"
        if (event.kind, event.at.isoformat()) != (body["kind"], body["at"]):
            yield Broken(where, "the kind or the time is not what was recorded")
        row = chain.known.get(event.id)
        if row is not None and row.person_id in aliases and not _witnessed(row, body["seal"], aliases[row.person_id]):
            yield Broken(where, "who told it, the note or the photo was changed")


def _witnessed(row: Row[Any], seal: str, aliases: Sequence[int]) -> bool:
    """It was sealed under the number that the person had then; two phones may have become one person since."""
    try:
        salt = bytes.fromhex(row.salt)
        every = (Witness(each, row.note, row.media_id, row.place).sealed(salt) for each in (row.person_id, *aliases))
        return seal in every
    except ValueError:
        return False


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else value.isoformat()


async def _heads(db: AsyncConnection, hashes: Mapping[str, Collection[str]], secret: bytes | None) -> Broken | None:
    previous: dict[str, str] = {}
    async for one in heads(db):
        where = f"municipality {one.municipality} head {one.day}"
        if one.previous != previous.get(one.municipality, ""):
            return Broken(where, "the head before it is gone or was changed")
        if one.hash != ledger.head_hash(one.municipality, one.day, one.chains, one.previous):
            return Broken(where, "it was changed")
        if secret is not None and not ledger.head_holds(secret, one):
            return Broken(where, "the signature does not fit")
        if gone := ledger.missing(one, hashes):
            return Broken(where, f"{gone[0]} was cut short or is gone")
        previous[one.municipality] = one.hash
    return None


async def export(db: AsyncConnection) -> AsyncIterator[str]:
    """JSON lines, with nothing that points at a person: enough for anybody to check every hash."""
    async for chain in chains(db):
        for event in chain.events:
            row = {"chain": chain_name(chain.promise.id), "number": event.number, "previous": event.previous}
            yield dumps({**row, "body": loads(event.body), "hash": event.hash})
    async for one in heads(db):
        body = {"municipality": one.municipality, "day": one.day.isoformat(), "chains": one.chains}
        yield dumps({**body, "previous": one.previous, "hash": one.hash, "signature": one.signature})
