"""Whether what a group is to be reminded of is still true when its turn to hear it comes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.group_posts import Kind
from domain.promise_asking import over
from storage import groups, polls, promises, training_reading, unread_needs
from storage.group_posts import Post

NOBODY = 0  # whoever reads: to a whole group nobody's own words are left out


async def still(db: AsyncConnection, *, post: Post, now: datetime, zone: ZoneInfo) -> bool:
    if not post.takes_answers(now):
        return False
    today = now.astimezone(zone).date()
    match post.kind:
        case Kind.PROMISE:
            return not over((await promises.dossier(db, promise_id=post.args["promise"])).verdict(today))
        case Kind.TRAINING:
            training = await training_reading.one(db, training_id=post.args["training"])
            return training.stands(now) and training.moved == post.args["moved"]
        case Kind.WORDS:
            villages = await groups.villages_of(db, group_id=post.group_id)
            return bool(await unread_needs.waiting(db, villages=villages, reader_id=NOBODY))
        case Kind.POLL:
            rules = (await polls.poll(db, poll_id=post.args["poll"], within=())).rules
            return not rules.closed and rules.opens <= today <= rules.closes
        case _:
            return True
