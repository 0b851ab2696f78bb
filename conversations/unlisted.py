"""A coordinator finds the village of those who did not find it in the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.place_options import villages_among
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action
from locales import _
from storage import people, reach

NOWHERE = "nowhere"


async def unlisted(chat: Chat) -> None:
    waiting = await chat.look("waiting", _waiting)
    if not waiting:
        chat.say(_("Everybody has found their village."))
        return
    person_id = await chat.pick("note", _("They wrote that their village is not listed. Whose do you know?"), _notes)
    village_id = await chat.pick("village", _("Which village is it?"), partial(_villages, person_id=chat.person.id))
    if village_id == NOWHERE:
        chat.say(_("Bring the village in with a list of places first; their note stays here."))
        return

    async def found(db: AsyncConnection) -> None:
        await reach.require(db, person_id=chat.person.id, action=Action.IMPORT_PLACES, village_id=int(village_id))
        await people.found_village(db, person_id=int(person_id), village_id=int(village_id), now=chat.now())

    await chat.do("found", found)
    chat.say(_("Thank you. They hear of it now."))


async def _waiting(db: AsyncConnection) -> int:
    return len(await people.unlisted(db))


async def _notes(db: AsyncConnection) -> Sequence[Option]:
    return [Option(row.id, row.place_note) for row in await people.unlisted(db)]


async def _villages(db: AsyncConnection, *, person_id: int) -> Sequence[Option]:
    within = await reach.reach(db, person_id=person_id, action=Action.IMPORT_PLACES)
    return [*await villages_among(db, village_ids=within), Option(NOWHERE, _("None of these"))]


async def _any(db: AsyncConnection, person: Person) -> bool:
    return bool(await people.unlisted(db))


ENTRY = Entry(
    "unlisted",
    unlisted,
    lambda: _("🔎 Villages not listed"),
    action=Action.IMPORT_PLACES,
    in_menu=True,
    offered=_any,
)
