"""A promise is changed only by both sides: the official asks, and the group says yes or no."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.promises import REFUSED, Axis, Word
from domain.refusal import Refused
from storage import promise_helpers, promise_people, promises, telling
from storage.ledger import Witness
from storage.promises import Dossier, Told

AGREED = "agreed"


def wished(one: Dossier, today: date) -> Told | None:
    """What the official has asked for and the group has not answered: its body holds why, and the new day."""
    return one.last(Axis.OFFICIAL) if one.verdict(today).wish is not None else None


def wished_day(one: Dossier, wish: Told, today: date) -> date | None:
    """By when it would be done then; None to let it go."""
    if wish.body["value"] == Word.CANNOT:
        return None
    asked = wish.body.get("new_due")
    return date.fromisoformat(asked) if asked else one.verdict(today).due


async def answer(
    db: AsyncConnection,
    *,
    promise_id: int,
    wish: int,
    yes: bool,
    witness: Witness,
    why: str | None,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """The group's answer to the wish of that number, by its leader. A newer wish asks anew."""
    one, today = await promises.dossier(db, promise_id=promise_id), now.astimezone(zone).date()
    await promise_people.require(
        db, person_id=witness.person_id, action=Action.ANSWER_WISH, community_id=one.new.community_id
    )
    asked = wished(one, today)
    if asked is None or asked.number != wish:
        raise Refused("already_decided")
    due = wished_day(one, asked, today) if yes else None
    body = {"value": AGREED if yes else REFUSED, "wish": wish, "why": why, "due": due.isoformat() if due else None}
    await promises.add(db, promise_id=promise_id, kind=Axis.SCHEDULE, body=body, witness=witness, now=now, zone=zone)
    await telling.tell_all(
        db,
        people_ids=await promise_helpers.answering(db, one),
        thing=f"promise:{promise_id}:answer:{wish}",
        conversation="promise_answered",
        args={"promise": promise_id, "yes": yes, "why": why},
        now=now,
    )
