"""Tells a group's member, once a day, that neighbours' words wait to be read: until then nobody sees them."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.registry import Entry
from conversations.release_needs import release_needs
from domain.people import Action
from locales import _, ngettext
from storage import reach, unread_needs


async def new_words(chat: Chat) -> None:
    if not await chat.look("count", partial(_count, person=chat.person)):
        return
    if await chat.confirm("now", partial(_ask, person=chat.person), yes=_("Yes, let us read"), no=_("Not now")):
        await release_needs(chat.part("read"))
    else:
        chat.say(_("All right. You will find them in the /menu: “{title}”.").format(title=_("📖 Read new needs")))


async def _ask(db: AsyncConnection, *, person: Person) -> str:
    """Counted whenever it is shown: by the next day there may be more."""
    count = await _count(db, person=person)
    return ngettext(
        "A neighbour's words wait for you: {count} need. Until somebody of the group has read it, nobody sees it. "
        "Shall we read it now?",
        "Your neighbours' words wait for you: {count} needs. Until somebody of the group has read them, nobody sees "
        "them. Shall we read them now?",
        count,
    ).format(count=count)


async def _count(db: AsyncConnection, *, person: Person) -> int:
    villages = await reach.reach(db, person_id=person.id, action=Action.RELEASE_WORDS)
    return len(await unread_needs.waiting(db, villages=villages, reader_id=person.id))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _count(db, person=person) > 0


ENTRY = Entry(
    "new_words",
    new_words,
    lambda: _("Neighbours' words to read"),
    reminder=True,
    nudge_after=None,  # the next morning is soon enough
    expires_after=timedelta(days=2),
    still=_still,
)
