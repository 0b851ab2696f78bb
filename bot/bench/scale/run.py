"""`mrgvali bench scale`: a country is settled in a database of the bench's own, and the program is measured in it."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bench.scale import needs, people, promised
from bot.bench.scale.databases import pair, settled
from bot.bench.scale.ledgers import verify
from bot.bench.scale.pages import pages
from bot.bench.scale.size import Size, of
from bot.bench.scale.sweeps import sweeps
from bot.bench.scale.turns import turns
from bot.bench.turn import machine
from domain.words import meaning

SECRET = "bench"  # noqa: S105 of nobody
ON_SQLITE = 0.1  # of the country: what one computer with one file is for


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often each thing is done: pages of a kind, people who answer a poll, menus of a role."""

    pages: int = 60
    users: int = 30
    menus: int = 20


ALL = Rounds()


async def run(fraction: float, *, sqlite: bool, rounds: Rounds = ALL) -> dict[str, Any]:
    """`fraction` of the country on PostgreSQL, a tenth of that on SQLite."""
    size = of(fraction * (ON_SQLITE if sqlite else 1))
    out: dict[str, Any] = {"database": "sqlite" if sqlite else "postgresql", "machine": machine(), **size.figures()}
    meaning.load()
    async with pair(sqlite=sqlite) as both:
        _say("settling")
        out["seeding"] = await settle(both.full, size)
        await settle(both.empty, size.empty())
        _say("pages")
        out["pages"] = await pages(both.read, size, rounds.pages)
        _say("turns")
        out["turns"] = await turns(both, size, rounds.users, rounds.menus)
        _say("sweeps")
        out["sweeps"] = await sweeps(both.full, size, SECRET)
        _say("ledger")
        out["ledger"] = await verify(both.read, size, SECRET)
    return out | {"falls_short": [name for name in ("pages", "turns", "sweeps") if not out[name]["holds"]]}


async def settle(engine: AsyncEngine, size: Size) -> dict[str, float]:
    begin = time.perf_counter()
    async with engine.begin() as db:
        await people.settle(db, size)
    async with engine.begin() as db:
        await needs.ask(db, size)
    async with engine.begin() as db:
        await promised.promise(db, size)
    await settled(engine)
    filled = time.perf_counter()
    async with engine.begin() as db:
        reckoned = await promised.reckon(db, size)
    took = time.perf_counter() - filled
    await settled(engine)
    return {"seconds": round(filled - begin, 1), "states_reckoned_per_s": round(reckoned / took)}


def _say(what: str) -> None:
    """On the way, not among the figures."""
    sys.stderr.write(f"{what} …\n")
