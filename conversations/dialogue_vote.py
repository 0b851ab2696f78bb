"""A member says yes or no to the group's list: in private, and nobody is shown how anybody voted."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_words as words
from conversations.chat import Chat
from conversations.person import Person
from conversations.registry import Entry
from locales import _
from storage import dialogue_votes, dialogues


async def dialogue_vote(chat: Chat) -> None:
    yes = await chat.confirm("yes", partial(_asked, chat=chat), yes=_("Yes, this is our list"), no=_("No"))
    where = {"dialogue_id": int(chat.args["dialogue"]), "version": int(chat.args["version"])}

    async def vote(db: AsyncConnection) -> None:
        await dialogue_votes.cast(db, **where, person_id=chat.person.id, yes=yes, now=chat.now())

    await chat.do("vote", vote)
    chat.say(_("Thank you. Nobody sees how you voted; you will hear what came of it."))


async def _asked(db: AsyncConnection, *, chat: Chat) -> str:
    kept = await dialogues.read(db, dialogue_id=int(chat.args["dialogue"]))
    page = await words.page(db, kept, chat.zone, version=int(chat.args["version"]))
    ask = _("Your leader may say yes to this list only when most of you who vote do. Is it the list of your group?")
    return "\n\n".join([page, ask])


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    talk = (await dialogues.read(db, dialogue_id=int(args["dialogue"]))).talk
    return talk.vote_until is not None and talk.version == int(args["version"])


ENTRY = Entry(
    "dialogue_vote",
    dialogue_vote,
    lambda: _("🗳️ Your group votes on its list"),
    reminder=True,
    nudge_after=None,
    still=_still,
)
