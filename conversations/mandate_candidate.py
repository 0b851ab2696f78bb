"""Somebody is asked whether they stand: what it means, their public name, and whether they are a woman."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.registry import Entry
from locales import _
from storage import mandates

LONGEST_NAME = 60


async def mandate_candidate(chat: Chat) -> None:
    ask = _(
        "Your group would like you to speak for your community at the round table. If you stand, the residents vote "
        "in secret; your name is public, and so is what you have learned and carried. Do you stand?"
    )
    answer = partial(mandates.answer, mandate_id=int(chat.args["mandate"]), person_id=chat.person.id)
    if not await chat.confirm("stand", ask, yes=_("Yes, I stand"), no=_("No, thank you")):
        await chat.do("no", lambda db: answer(db, accepted=False, now=chat.now()))
        return chat.say(_("That is all right. Thank you for your honest answer."))
    name = await chat.text("name", _("Your name, as it is to be shown in public?"), longest=LONGEST_NAME)
    ask_woman = _("At least one of those elected is a woman; for this alone I ask. Are you a woman?")
    woman = await chat.confirm("woman", ask_woman)
    await chat.do("yes", lambda db: answer(db, accepted=True, now=chat.now(), name=name, woman=woman))
    chat.say(_("Thank you. The vote begins when all who were asked have answered."))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await mandates.waits_for(db, mandate_id=int(args["mandate"]), person_id=person.id)


ENTRY = Entry(
    "mandate_candidate", mandate_candidate, lambda: _("Speak for your community"), nudge_after=None, still=_still
)
