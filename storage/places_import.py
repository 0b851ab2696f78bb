"""Takes a list of places in: what is new is added, what is known is brought up to date, nothing is ever removed.

A place is known by its Georgian names; a village's code stays what it was, since it stands on printed links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.places import Path, Village, codes
from domain.places_csv import Parsed, parse
from storage import roles
from storage.tables.places import communities, municipalities, villages

Values = dict[str, Any]
Rows = dict[tuple[str, ...], Values]  # by the place's names, the municipality's first

_NAMES = (municipalities.c.name_ka, communities.c.name_ka, villages.c.name_ka)
_COMMUNITIES = municipalities.join(communities, communities.c.municipality_id == municipalities.c.id)
_SOURCES = (municipalities, _COMMUNITIES, _COMMUNITIES.join(villages, villages.c.community_id == communities.c.id))


async def import_csv(db: AsyncConnection, *, by: int | None, data: bytes) -> dict[str, Any]:
    return await bring_in(db, by=by, parsed=parse(data))


async def bring_in(db: AsyncConnection, *, by: int | None, parsed: Parsed) -> dict[str, Any]:
    """{"added": …, "changed": …, "same": …}, counting villages, or {"faults": [{reason, row, column, value, mend}]}."""
    if parsed.faults:
        return {"faults": [asdict(fault) for fault in parsed.faults]}
    return await import_villages(db, by=by, found=parsed.villages)


async def import_villages(db: AsyncConnection, *, by: int | None, found: Sequence[Village]) -> dict[str, Any]:
    """`by` None is the command line, whose user owns the database."""
    known = await _known(db, municipalities)
    if by is not None:
        await _require(db, by, found, known)
    given = {path: row["code"] for path, row in known.items()}
    coded = codes([village.path[:1] for village in found], given)
    wanted: Rows = {v.path[:1]: {**_named(v.municipality), "code": coded[v.path[:1]]} for v in found}
    await _bring(db, municipalities, wanted, known)
    await _communities(db, found)
    return await _villages(db, found)


async def _require(db: AsyncConnection, by: int, found: Sequence[Village], known: Rows) -> None:
    """A coordinator of one municipality brings its villages; a new municipality needs one of all."""
    for path in {village.path[:1] for village in found}:
        municipality_id = known[path]["id"] if path in known else None
        await roles.require(db, person_id=by, action=Action.IMPORT_PLACES, municipality_id=municipality_id)


async def _communities(db: AsyncConnection, found: Sequence[Village]) -> None:
    parents = await _known(db, municipalities)
    wanted: Rows = {v.path[:2]: {**_named(v.community), "municipality_id": parents[v.path[:1]]["id"]} for v in found}
    await _bring(db, communities, wanted, await _known(db, communities))


async def _villages(db: AsyncConnection, found: Sequence[Village]) -> dict[str, Any]:
    parents, known = await _known(db, communities), await _known(db, villages)
    coded = codes([village.path for village in found], {Path(*path): row["code"] for path, row in known.items()})
    wanted: Rows = {
        village.path: {
            **_named(village.name),
            **_figures(village, known.get(village.path, {})),
            "community_id": parents[village.path[:2]]["id"],
            "code": coded[village.path],
        }
        for village in found
    }
    return await _bring(db, villages, wanted, known)


def _named(name: Any) -> Values:
    return {"name_ka": name.ka, "name_en": name.en}


def _figures(village: Village, before: Values) -> Values:
    """A figure that is missing in the list takes nothing away that is known already."""
    said = {name: getattr(village, name) for name in ("voters", "population", "lat", "lon")}
    return {name: before.get(name) if value is None else value for name, value in said.items()}


async def _known(db: AsyncConnection, table: Table) -> Rows:
    depth = 1 + (municipalities, communities, villages).index(table)
    path = [name.label(f"path_{at}") for at, name in enumerate(_NAMES[:depth])]
    rows = await db.execute(select(*path, *table.c).select_from(_SOURCES[depth - 1]))
    return {tuple(row[:depth]): dict(zip(table.c.keys(), row[depth:], strict=True)) for row in rows}


async def _bring(db: AsyncConnection, table: Table, wanted: Rows, known: Rows) -> dict[str, Any]:
    new = [values for path, values in wanted.items() if path not in known]
    changed = {
        known[path]["id"]: values
        for path, values in wanted.items()
        if path in known and values.items() - known[path].items()
    }
    if new:
        await db.execute(insert(table), new)
    for place_id, values in changed.items():
        await db.execute(update(table).where(table.c.id == place_id).values(**values))
    return {"added": len(new), "changed": len(changed), "same": len(wanted) - len(new) - len(changed)}
