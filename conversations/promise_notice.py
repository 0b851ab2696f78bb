"""An official hears two days before everybody reads that the day of a promise has passed, and can answer at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.promise_report import report
from conversations.registry import Entry
from locales import _
from publish import day_words
from storage import promise_wishes


async def promise_notice(chat: Chat) -> None:
    if not await chat.look("wanted", partial(_wanted, chat=chat)):
        return
    day = day_words.day(date.fromisoformat(chat.args["day"]))
    said = _(
        "So that it does not surprise you: from {day} everybody reads of this promise that its day has passed, unless "
        "one of you tells otherwise before. If you need more time, say so here and why; the group answers you."
    )
    chat.say(said.format(day=day))
    await report(chat, int(chat.args["promise"]))


async def _wanted(db: AsyncConnection, *, chat: Chat) -> bool:
    return await _still(db, chat.person, chat.args, chat.now()) and chat.today() < date.fromisoformat(chat.args["day"])


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Since then they may have told us, or have left the office."""
    return await promise_wishes.may_ask_official(db, promise_id=args["promise"], person_id=person.id, now=now)


ENTRY = Entry(
    "promise_notice",
    promise_notice,
    lambda: _("A promise whose day is near"),
    reminder=True,
    nudge_after=None,
    expires_after=timedelta(days=2),
    instead_of="promise_report",
    still=_still,
    office_hours=True,
    about=partial(promise_page.about, sign="🏛"),
)
