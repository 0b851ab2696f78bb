"""Who had not found their village in the list hears that a coordinator has, and goes on to its poll."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.needs_poll import INSIDE_WELCOME, fill, kept_as_partial
from conversations.person import Person
from conversations.place_names import named, names
from conversations.registry import Entry
from locales import _
from storage import places


async def village_found(chat: Chat) -> None:
    """Told to whoever had written a note."""
    name = await chat.look("name", partial(_name, person=chat.person))
    if name is None:
        return
    chat.say(_("Your village was found: {village}.").format(village=named(name)))
    await fill(chat.part(INSIDE_WELCOME))


async def _name(db: AsyncConnection, *, person: Person) -> dict[str, Any] | None:
    village = await places.village(db, village_id=person.village_id) if person.village_id else None
    return names(village.place) if village else None


ENTRY = Entry("village_found", village_found, lambda: _("Your village"), on_expiry=kept_as_partial)
