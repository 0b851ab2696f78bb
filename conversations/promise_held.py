"""An official hears what is seen in the village two days before everybody reads it, and can answer at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.promise_report import report
from conversations.registry import Entry
from locales import _
from storage import promise_helpers, promises


async def promise_held(chat: Chat) -> None:
    promise_id = int(chat.args["promise"])
    if await chat.look("wanted", partial(_wanted, chat=chat)):
        chat.say(_("So that it does not surprise you: in the village this promise is seen otherwise."))
        await report(chat, promise_id, whole=True)


async def _wanted(db: AsyncConnection, *, chat: Chat) -> bool:
    return await _still(db, chat.person, chat.args, chat.now(), zone=chat.zone)


async def _still(
    db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime, *, zone: ZoneInfo | None = None
) -> bool:
    """Once everybody reads it the reminders go on as always."""
    one = await promises.dossier(db, promise_id=args["promise"])
    officials = await promise_helpers.answering(db, one)
    return person.id in officials and bool(one.held((now.astimezone(zone) if zone else now).date()))


ENTRY = Entry(
    "promise_held",
    promise_held,
    lambda: _("How the village sees a promise"),
    reminder=True,
    nudge_after=None,
    expires_after=timedelta(days=4),
    instead_of="promise_report",
    still=_still,
    office_hours=True,
    about=partial(promise_page.about, sign="🏛"),
)
