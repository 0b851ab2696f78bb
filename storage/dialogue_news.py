"""Who hears of what was done in a dialogue, each in their own turn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.dialogue import SEATS, Party, Verb
from storage import dialogue_seats, representatives, telling
from storage import roles as roles_of

if TYPE_CHECKING:
    from storage.dialogues import Dialogue

TO_GROUP = {Verb.COMMENTED, Verb.PROPOSED, Verb.CONFIRMED, Verb.DECLINED, Verb.REMARKED, Verb.VOTED, Verb.ROADS}
TO_OFFICES = {Verb.OPENED, Verb.ANSWERED, Verb.CHANGED, Verb.CONFIRMED, Verb.DECLINED, Verb.ROADS}


async def tell(db: AsyncConnection, *, kept: Dialogue, event_id: int, by: int | None, now: datetime) -> None:
    """Whoever did it knows it already."""
    event = next(each for each in kept.events if each.id == event_id)
    heard = set(await representatives.speakers(db, group_id=kept.group_id)) if event.verb in TO_GROUP else set()
    if event.verb in TO_OFFICES:
        heard |= await offices(db, kept=kept)
    await telling.tell_all(
        db,
        people_ids=sorted(heard - {by}),
        thing=f"dialogue:{event_id}",
        conversation="dialogue_news",
        args={"dialogue": kept.id, "event": event_id},
        now=now,
    )
    if event.verb is Verb.VOTING:
        await _ask_members(db, kept, now)


async def offices(db: AsyncConnection, *, kept: Dialogue) -> set[int]:
    return {each for party in SEATS for each in await dialogue_seats.voices(db, dialogue_id=kept.id, party=party)}


async def of_party(db: AsyncConnection, *, kept: Dialogue, party: Party) -> list[int]:
    if party is Party.GROUP:
        return await representatives.speakers(db, group_id=kept.group_id)
    return await dialogue_seats.voices(db, dialogue_id=kept.id, party=party)


async def _ask_members(db: AsyncConnection, kept: Dialogue, now: datetime) -> None:
    members = [person_id for person_id, _name in await roles_of.group_of(db, group_id=kept.group_id)]
    await telling.tell_all(
        db,
        people_ids=members,
        thing=f"dialogue:{kept.id}:vote:{kept.talk.version}",
        conversation="dialogue_vote",
        args={"dialogue": kept.id, "version": kept.talk.version},
        now=now,
    )
