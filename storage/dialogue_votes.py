"""The members' vote on one version of the list: secret, without a running count; only whether it passed is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.dialogue import Verb, passed
from domain.refusal import Refused
from storage import dialogue_news, dialogues
from storage import roles as roles_of
from storage.dialogues import Dialogue
from storage.tables.dialogues import dialogue_votes


async def cast(
    db: AsyncConnection, *, dialogue_id: int, version: int, person_id: int, yes: bool, now: datetime
) -> None:
    """One voice each; it may be changed until the vote is over. When all have voted, it is."""
    kept = await dialogues.lock(db, dialogue_id=dialogue_id)
    members = {each for each, _name in await roles_of.group_of(db, group_id=kept.group_id)}
    if person_id not in members:
        raise Refused("not_allowed")
    if kept.talk.vote_until is None or kept.talk.version != version:
        raise Refused("list_changed")
    await _take_back(db, dialogue_id, version, person_id)
    row = {"dialogue_id": dialogue_id, "version": version, "person_id": person_id, "yes": yes}
    await db.execute(insert(dialogue_votes), [row])
    if members <= await _voted(db, dialogue_id, version):
        await settle(db, kept=kept, now=now)


async def settle(db: AsyncConnection, *, kept: Dialogue, now: datetime) -> None:
    """Called once the dialogue is locked and its vote is over."""
    number = dict.fromkeys((True, False), 0)
    here = (dialogue_votes.c.dialogue_id == kept.id, dialogue_votes.c.version == kept.talk.version)
    query = select(dialogue_votes.c.yes, func.count()).where(*here).group_by(dialogue_votes.c.yes)
    for yes, count in await db.execute(query):
        number[bool(yes)] = count
    body = {"version": kept.talk.version, "passed": passed(number[True], number[False])}
    event_id = await dialogues.note(db, dialogue_id=kept.id, verb=Verb.VOTED, body=body, now=now)
    # How each voted has served its purpose.
    await db.execute(delete(dialogue_votes).where(dialogue_votes.c.dialogue_id == kept.id))
    then = await dialogues.read(db, dialogue_id=kept.id)
    await dialogue_news.tell(db, kept=then, event_id=event_id, by=None, now=now)


async def _take_back(db: AsyncConnection, dialogue_id: int, version: int, person_id: int) -> None:
    mine = (dialogue_votes.c.dialogue_id == dialogue_id, dialogue_votes.c.person_id == person_id)
    await db.execute(delete(dialogue_votes).where(*mine, dialogue_votes.c.version == version))


async def _voted(db: AsyncConnection, dialogue_id: int, version: int) -> set[int]:
    here = (dialogue_votes.c.dialogue_id == dialogue_id, dialogue_votes.c.version == version)
    return set((await db.execute(select(dialogue_votes.c.person_id).where(*here))).scalars())
