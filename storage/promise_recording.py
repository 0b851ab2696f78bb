"""A promise is written down; those whom it concerns hear of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.promises import Vague, due_on
from domain.refusal import Refused
from storage import ledger, needs, places, promise_asking, promise_people, promise_states, telling
from storage import promises as promises_
from storage.ledger import Witness
from storage.promises import RECORDED, NewPromise
from storage.tables.promises import promises


async def record(
    db: AsyncConnection,
    *,
    new: NewPromise,
    person_id: int,
    now: datetime,
    zone: ZoneInfo,
    media_id: str | None = None,
) -> int:
    """What was promised, and where; `media_id` is the picture of its document. Answers the promise's id."""
    action = Action.RECORD_PROMISE
    await promise_people.require(db, person_id=person_id, action=action, community_id=new.community_id)
    return await put_down(db, new=new, person_id=person_id, now=now, zone=zone, media_id=media_id)


async def put_down(
    db: AsyncConnection,
    *,
    new: NewPromise,
    person_id: int,
    now: datetime,
    zone: ZoneInfo,
    media_id: str | None = None,
    to_residents: bool = True,
) -> int:
    """Asks for no right: for whoever has shown another, as who locks minutes that hold the promise.

    `to_residents`: who stands behind the need hears of it by itself; False where they hear of it among other things.
    """
    municipality_id = await places.municipality_of(db, community_id=new.community_id)
    if municipality_id is None:
        raise Refused("gone")
    promise_id = await _write(db, new, municipality_id, person_id, now, media_id)
    await promise_asking.begin(db, promise_id=promise_id, promise=new.promise, now=now, zone=zone)
    await promise_states.keep(db, [await promises_.dossier(db, promise_id=promise_id)], now=now, zone=zone)
    if new.parent_id is None:  # of its parts everybody has heard as of one promise
        await _tell(db, promise_id, new, municipality_id, now, to_residents=to_residents)
    return promise_id


async def _write(
    db: AsyncConnection, new: NewPromise, municipality_id: int, person_id: int, now: datetime, media_id: str | None
) -> int:
    columns, body = written(new, municipality_id)
    statement = insert(promises).values(**columns, recorded_at=now).returning(promises.c.id)
    promise_id = int((await db.execute(statement)).scalar_one())
    witness = Witness(person_id, media_id=media_id)
    await ledger.append(db, promise_id=promise_id, kind=RECORDED, body=body, witness=witness, now=now)
    return promise_id


def written(new: NewPromise, municipality_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of the promise, and the body of its first event, which says the same and more."""
    columns = _columns(new, municipality_id)
    body = {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items()}
    body["need_kind"] = body.pop("kind")
    body["due_on"] = due_on(new.promise).isoformat()
    body["source"], body["parent"] = new.source.value, new.parent_id
    body["document"] = asdict(new.document) if new.document else None
    return columns, body


def _columns(new: NewPromise, municipality_id: int) -> dict[str, Any]:
    return {
        "municipality_id": municipality_id,
        "community_id": new.community_id,
        "village_id": new.village_id,
        "need_id": new.need_id,
        "kind": new.kind,
        "speaker": new.speaker,
        "office": new.office,
        "words": new.words,
        "made_on": new.made_on,
        "due": new.due.value if isinstance(new.due, Vague) else new.due.isoformat(),
    }


async def _tell(
    db: AsyncConnection,
    promise_id: int,
    new: NewPromise,
    municipality_id: int,
    now: datetime,
    *,
    to_residents: bool,
) -> None:
    """Those behind the need hear of it; the official is asked whether it is right."""
    args = {"promise": promise_id}
    if new.need_id is not None and to_residents:
        await needs.tell_supporters(db, need_id=new.need_id, conversation="promise_made", now=now, args=args)
    officials = await promise_people.officials(db, promise=new, municipality_id=municipality_id)
    thing = f"promise:{promise_id}:confirm"
    await telling.tell_all(db, people_ids=officials, thing=thing, conversation="promise_confirm", args=args, now=now)
