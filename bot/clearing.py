"""Which earlier messages a letter takes from the screen, on a channel where that can be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.port import Channel, Deleting
from bot.taken import Taken
from conversations.message import Outgoing
from storage import screen
from storage.jsontext import loads

YOUNG = timedelta(hours=47)  # Telegram deletes nothing older than 48 hours, and we may be late


async def removing(db: AsyncConnection, channel: Channel, taken: Taken, now: datetime) -> Taken:
    """`now` is real time."""
    message, target = taken.message, taken.target
    if not isinstance(message, Outgoing) or target is None or not isinstance(channel, Deleting):
        return taken
    if message.clears:
        removes = await _everything(db, channel, taken, now - YOUNG)
    elif message.removes:
        removes = await screen.sent(
            db, address_id=taken.letter.address_id, since=now - YOUNG, before=taken.letter.seq, seqs=message.removes
        )
    else:
        return taken
    return replace(taken, target=target._replace(removes=tuple(removes)))


async def _everything(db: AsyncConnection, channel: Deleting, taken: Taken, since: datetime) -> list[str]:
    letter = taken.letter
    ours = await screen.sent(db, address_id=letter.address_id, since=since, before=letter.seq)
    raws = [loads(payload) for payload in await screen.received(db, address_id=letter.address_id)]
    theirs = [number for raw in raws if (number := channel.said(raw, since)) is not None]
    return [*ours, *theirs]
