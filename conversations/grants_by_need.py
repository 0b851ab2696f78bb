"""Everybody can read for which needs of the municipality a grant was given."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.registry import Entry
from locales import _, current
from publish import grant_words
from storage import grants_by_need, places
from storage.grants_by_need import Given

MOST = 15  # of them are read in one go


async def by_need(chat: Chat) -> None:
    lines = await chat.look("given", partial(_lines, person=chat.person))
    if not lines:
        return chat.say(_("No grant was given for a need here yet."))
    chat.say("\n\n".join([_("Grants for what people here need:"), *lines]))


async def _given(db: AsyncConnection, person: Person) -> list[Given]:
    village = await places.village(db, village_id=person.village_id) if person.village_id else None
    if village is None:
        return []
    return await grants_by_need.in_municipality(db, municipality_id=village.municipality.id)


async def _lines(db: AsyncConnection, *, person: Person) -> list[str]:
    return [_line(each) for each in (await _given(db, person))[:MOST]]


def _line(one: Given) -> str:
    named = [
        f"• {village.place.named(current())}: {grant_words.need(need.kind, need.words)}" for village, need in one.needs
    ]
    return "\n".join([*named, grant_words.given(one)])


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return person.village_id is not None and await grants_by_need.any_near(db, village_id=person.village_id)


ENTRY = Entry(
    "grants_by_need",
    by_need,
    lambda: _("💶 Grants by need"),
    in_menu=True,
    offered=_offered,
    browsing=True,
)
