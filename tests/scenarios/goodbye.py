"""At the end: somebody looks at what is kept about them, and somebody is forgotten."""

from __future__ import annotations

from sqlalchemy import select

from storage.tables.all import metadata
from tests.scenarios.founding import ARAGULI
from tests.scenarios.town import Town, at
from tests.scenarios.village_poll import BRIDGE, SLANDER


async def looked_at(town: Town) -> None:
    nino = town["nino"]
    await nino.send("/mydata")
    await nino.sees("This is all that I keep about you:", BRIDGE)
    await nino.sees("your village: {village}", village=ARAGULI)


async def forgotten(town: Town) -> None:
    john = town["john"]
    await john.send("/forget")
    await john.taps("Yes, erase it all")
    await john.sees("You are forgotten.")
    await town.days_pass(until=at(21, 4, 12))
    assert [table for table, row in await everything(town) if SLANDER in row] == []


async def everything(town: Town) -> list[tuple[str, str]]:
    """Each row of each table, as words."""
    return [(table.name, repr(row)) for table in metadata.sorted_tables for row in await town.rows(select(table))]
