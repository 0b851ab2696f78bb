"""What becomes of a promise beside being kept: split into parts, joined to a programme, handed over, or mended by a
note that everybody reads. Nothing of what was said is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.promises import Vague
from domain.refusal import Refused
from storage import promise_helpers, promise_people, promise_recording, promises, telling
from storage.ledger import Witness
from storage.promises import HANDED, JOINED, NOTE, SPLIT, Dossier

MOST_PARTS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """`village_id` where the part is for one village of the community."""

    words: str
    due: date | Vague
    village_id: int | None = None


async def split(
    db: AsyncConnection, *, promise_id: int, parts: Sequence[Part], person_id: int, now: datetime, zone: ZoneInfo
) -> list[int]:
    """The promise closes as it stands, and its parts are followed instead; answers their ids."""
    one = await _mine(db, promise_id, person_id)
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Refused("parts_count", least=2, most=MOST_PARTS)
    made = []
    for part in parts:
        village_id = part.village_id if one.new.village_id is None else one.new.village_id
        new = replace(one.new, words=part.words, due=part.due, village_id=village_id, parent_id=promise_id)
        made.append(await promise_recording.record(db, new=new, person_id=person_id, now=now, zone=zone))
    await _add(db, promise_id, SPLIT, {"parts": made}, person_id, now, zone)
    return made


async def join(
    db: AsyncConnection,
    *,
    promise_id: int,
    programme: str,
    contract: str | None,
    person_id: int,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """It is carried out under this programme, or by this contract."""
    await _mine(db, promise_id, person_id)
    await _add(db, promise_id, JOINED, {"programme": programme, "contract": contract}, person_id, now, zone)


async def hand_over(
    db: AsyncConnection,
    *,
    promise_id: int,
    name: str,
    office: str,
    why: str | None,
    person_id: int,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """From now on this office answers for it; who spoke stays who spoke. By the desk, the leader, or whoever answers
    for it now."""
    one = await _open(db, promise_id)
    officials = await promise_people.officials(db, promise=one.answerer, municipality_id=one.municipality_id)
    if person_id not in officials:
        await _mine(db, promise_id, person_id)
    body = {"name": name, "office": office, "why": why}
    body |= {"from_name": one.answerer.speaker, "from_office": one.answerer.office}
    await _add(db, promise_id, HANDED, body, person_id, now, zone)
    await _tell_office(db, promise_id, person_id, now)


async def _tell_office(db: AsyncConnection, promise_id: int, by: int, now: datetime) -> None:
    """Whoever answers for it now hears of it before anybody asks them."""
    one = await promises.dossier(db, promise_id=promise_id)
    handed, people = one.last(HANDED), await promise_helpers.answering(db, one)
    await telling.tell_all(
        db,
        people_ids=[each for each in people if each != by],
        thing=f"promise:{promise_id}:handed:{handed.number if handed else 0}",
        conversation="promise_handed",
        args={"promise": promise_id},
        now=now,
    )


async def note(
    db: AsyncConnection, *, promise_id: int, words: str, person_id: int, now: datetime, zone: ZoneInfo
) -> None:
    """A mistake is mended by what is added, with its day, for everybody to read."""
    one = await promises.dossier(db, promise_id=promise_id)
    here = one.new.community_id
    await promise_people.require(db, person_id=person_id, action=Action.RECORD_PROMISE, community_id=here)
    await _add(db, promise_id, NOTE, {"words": words}, person_id, now, zone)


async def _mine(db: AsyncConnection, promise_id: int, person_id: int) -> Dossier:
    one = await _open(db, promise_id)
    here = one.new.community_id
    await promise_people.require(db, person_id=person_id, action=Action.RECORD_PROMISE, community_id=here)
    return one


async def _open(db: AsyncConnection, promise_id: int) -> Dossier:
    one = await promises.dossier(db, promise_id=promise_id)
    if one.split_on is not None:
        raise Refused("promise_split")
    return one


async def _add(
    db: AsyncConnection, promise_id: int, kind: str, body: dict[str, Any], person_id: int, now: datetime, zone: ZoneInfo
) -> None:
    witness = Witness(person_id)
    await promises.add(db, promise_id=promise_id, kind=kind, body=body, witness=witness, now=now, zone=zone)
