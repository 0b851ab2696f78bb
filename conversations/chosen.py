"""What a village chose: told to whoever chose, and looked at by everybody who lives there, in words and a picture."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.registry import Entry
from domain.chosen import own
from domain.refusal import Refused
from locales import _, current
from publish import chosen_picture, chosen_words
from publish.chosen_picture import List
from storage import ballots, choosings, chosen


def title() -> str:
    return _("📋 What my village chose")


async def told(chat: Chat) -> None:
    """To everybody who chose, once it is counted."""
    said = await chat.look("said", partial(_told, chat=chat))
    chat.say(said["list"])
    chat.say(said["own"], doors=[Door("chosen_list", "🖼️ " + _("See it as a picture"))])


async def _told(db: AsyncConnection, *, chat: Chat) -> dict[str, str]:
    found = await _found(db, int(chat.args["choosing"]))
    first = _("The choosing is over, thank you! This is what comes first for {village}:").format(
        village=_village(found)
    )
    next_ = _("Now your group takes this list to the trustee and the deputy. You will hear what the three agree on.")
    mine = await _own(db, found, int(chat.args["choosing"]), chat.person.id)
    return {
        "list": f"{first}\n\n{chosen_words.whole(found.result, found.heads)}",
        "own": "\n\n".join(filter(None, (mine, next_))),
    }


async def _found(db: AsyncConnection, choosing_id: int) -> List:
    found = await chosen_picture.read(db, choosing_id=choosing_id)
    if found is None:
        raise Refused("gone")
    return found


def _village(found: List) -> str:
    return found.village.named(current())


async def _own(db: AsyncConnection, found: List, choosing_id: int, person_id: int) -> str:
    """Empty for who did not choose."""
    picks = await ballots.mine(db, choosing_id=choosing_id, person_id=person_id)
    if not picks or not found.result.lines:
        return ""
    return chosen_words.own(own(found.result, await chosen.heads_of(db, picks=picks)), found.heads)


async def chosen_list(chat: Chat) -> None:
    """The newest list of the village in which they live."""
    choosing_id = await chat.look("which", partial(choosings.latest, village_id=chat.person.village_id))
    if choosing_id is None:
        chat.say(_("Your village has not chosen yet. I will write to you when it does."))
        return
    made = await chat.work("picture", "chosen_list", {"choosing": choosing_id, "language": current()})
    said = await chat.look("said", partial(_shown, chat=chat, choosing_id=choosing_id))
    chat.send(said["list"], photo=(made.get("photos") or [None])[0])
    if said["own"]:
        chat.say(said["own"])


async def _shown(db: AsyncConnection, *, chat: Chat, choosing_id: int) -> dict[str, str]:
    found = await _found(db, choosing_id)
    page = chat.links.village_page(found.village.code)
    head = _("What comes first for {village}:").format(village=_village(found))
    link = _("To show others: {link}").format(link=page) if page else ""
    listed = "\n\n".join(filter(None, (head, chosen_words.whole(found.result, found.heads), link)))
    return {"list": listed, "own": await _own(db, found, choosing_id, chat.person.id)}


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return await choosings.latest(db, village_id=person.village_id) is not None


ENTRIES = (
    Entry("chosen", told, lambda: _("The list of my village is there"), notice=True),
    Entry(
        "chosen_list",
        chosen_list,
        title,
        in_menu=True,
        offered=_offered,
        browsing=True,
        nudge_after=None,
        expires_after=timedelta(days=1),
    ),
)
