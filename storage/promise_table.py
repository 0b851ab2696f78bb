"""A department's promises all at once: as they stand, and what the office says of many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_asking import over
from domain.promise_table import Fault, Line, Reason
from domain.promises import Axis
from storage import promise_people, promise_reading, promises
from storage.ledger import Witness
from storage.promise_reading import Around
from storage.promises import Dossier

# What tells something new of how it stands; a resident's voice or a record of minutes does not make a table stale.
_TELLS = frozenset({Axis.OFFICIAL, Axis.GROUP, Axis.SCHEDULE, promises.CORRECTED})


@dataclass(frozen=True, slots=True)
class Listed:
    dossier: Dossier
    around: Around


def known(dossier: Dossier) -> int:
    """The number of the last event that tells how it stands; 0 before the first."""
    return max((one.number for one in dossier.told if one.kind in _TELLS), default=0)


async def listed(db: AsyncConnection, *, person_id: int, today: date) -> list[Listed]:
    """Those that are not over yet, for which this person answers."""
    ids = await promise_people.answerable_for(db, person_id=person_id)
    open_ = [one for one in await promises.dossiers(db, ids=ids) if not over(one.verdict(today))]
    return [Listed(one, await promise_reading.around(db, promise=one.new)) for one in open_]


async def look(db: AsyncConnection, *, person_id: int, lines: Sequence[Line]) -> tuple[list[Line], list[Fault]]:
    """Which lines may count, and why the others may not."""
    mine = set(await promise_people.answerable_for(db, person_id=person_id))
    wanted = [line.promise_id for line in lines if line.promise_id in mine]
    found = {one.id: one for one in await promises.dossiers(db, ids=wanted)}
    faults = {line.row: fault for line in lines if (fault := _fault(line, found.get(line.promise_id))) is not None}
    return [line for line in lines if line.row not in faults], list(faults.values())


def _fault(line: Line, dossier: Dossier | None) -> Fault | None:
    if dossier is None:  # somebody else's, another municipality's, or none at all: which, is nobody's business
        return Fault(Reason.NOT_YOURS, line.row)
    if known(dossier) == line.known:
        return None
    said = dossier.last(Axis.OFFICIAL)
    told = said is not None and said.number > line.known and said.body["value"] == line.word
    return Fault(Reason.TOLD_ALREADY if told else Reason.CHANGED_SINCE, line.row, dossier.new.words)


async def tell(
    db: AsyncConnection, *, person_id: int, lines: Sequence[Line], now: datetime, zone: ZoneInfo
) -> tuple[int, list[Fault]]:
    """Counts each line that still may; answers how many, and why the others did not."""
    standing, faults = await look(db, person_id=person_id, lines=lines)
    for line in standing:
        await promises.say(
            db,
            promise_id=line.promise_id,
            word=line.word,
            witness=Witness(person_id),
            why=line.note,
            new_due=line.new_due,
            now=now,
            zone=zone,
        )
    return len(standing), faults
