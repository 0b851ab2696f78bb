"""Neighbours add what they see: "I see it too", "I see it otherwise", or "look again". The last of each speaks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.promises import Axis, Finding, Heard, Word
from domain.refusal import Refused
from storage import promise_helpers, promise_people, promises, telling
from storage.ledger import Witness
from storage.promises import Dossier, Told
from storage.tables.people import people
from storage.tables.places import villages

DONE = frozenset({Finding.DONE, Finding.DONE_BADLY})


async def tell(
    db: AsyncConnection, *, promise_id: int, heard: Heard, witness: Witness, now: datetime, zone: ZoneInfo
) -> None:
    """Only by who lives in the community, is not of its group (they look themselves) and does not answer for it."""
    one = await promises.dossier(db, promise_id=promise_id)
    if not await may_tell(db, one=one, person_id=witness.person_id):
        raise Refused("not_allowed")
    if witness.media_id is None and _asks_again(one, witness.person_id, heard):
        raise Refused("photo_needed")
    body = {"value": heard.value, "by": promises.number_of(one, witness.person_id)}
    body["photo"] = witness.media_id is not None
    await promises.add(db, promise_id=promise_id, kind=Axis.VOICE, body=body, witness=witness, now=now, zone=zone)
    await _ask_group(db, promise_id, now, zone)


async def _ask_group(db: AsyncConnection, promise_id: int, now: datetime, zone: ZoneInfo) -> None:
    """One voice is enough for a new look: those who look hear of it, once until somebody has looked."""
    one = await promises.dossier(db, promise_id=promise_id)
    if not one.verdict(now.astimezone(zone).date()).doubted:
        return
    looked = one.last(Axis.GROUP)
    await telling.tell_all(
        db,
        people_ids=await promise_people.watchers(db, promise_id=one.id, community_id=one.new.community_id),
        thing=f"promise:{one.id}:doubted:{looked.number if looked else 0}",
        conversation="promise_check",
        args={"promise": one.id},
        now=now,
    )


def voices(one: Dossier) -> list[Told]:
    return [told for told in one.told if told.kind == Axis.VOICE]


def called_done(one: Dossier) -> bool:
    """By the official or by the group: who sees it otherwise asks for a new look."""
    said, seen = one.last(Axis.OFFICIAL), one.last(Axis.GROUP)
    return bool((said and said.body["value"] == Word.DONE) or (seen and seen.body["value"] in DONE))


async def photo_needed(db: AsyncConnection, *, promise_id: int, person_id: int, heard: Heard) -> bool:
    return _asks_again(await promises.dossier(db, promise_id=promise_id), person_id, heard)


def _asks_again(one: Dossier, person_id: int, heard: Heard) -> bool:
    mine = [told for told in voices(one) if told.person_id == person_id and told.body["value"] == heard]
    return heard is Heard.REOPENS and bool(mine)


def said_last(one: Dossier, person_id: int) -> Heard | None:
    """What this neighbour told since the group or the official told something: that still speaks."""
    newest = max((told.number for told in one.told if told.kind in {Axis.GROUP, Axis.OFFICIAL}), default=0)
    mine = [told for told in voices(one) if told.person_id == person_id and told.number > newest]
    return Heard(mine[-1].body["value"]) if mine else None


async def may_tell(db: AsyncConnection, *, one: Dossier, person_id: int) -> bool:
    home = select(villages.c.community_id).join(people, people.c.village_id == villages.c.id)
    lives_in = (await db.execute(home.where(people.c.id == person_id))).scalar()
    officials = await promise_helpers.answering(db, one)
    looks = await promise_people.communities_where(db, person_id=person_id, action=Action.CHECK_PROMISE)
    here = one.new.community_id
    return lives_in == here and person_id not in officials and here not in looks
