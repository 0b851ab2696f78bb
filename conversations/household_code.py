"""The code on the slip that a group gave to a home: asked for once over the web, or brought by the slip's own link."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import needs_poll, welcome
from conversations.chat import Chat
from conversations.code_question import words
from conversations.place_names import names
from conversations.registry import Entry
from domain.links import HOUSEHOLD
from domain.polls import Origin
from locales import _
from storage import answers, household_codes, places
from storage.household_codes import Redeemed


async def household_code(chat: Chat) -> None:
    """By the link or the QR picture on the slip: welcome, the code, and straight on to the poll."""
    code = str(chat.args.get("link", "")).removeprefix(HOUSEHOLD)
    linked = await chat.look("linked", partial(_linked, code=code))
    await welcome.ensure_welcomed(chat, linked=linked)
    if linked is None:
        chat.say(words(Redeemed.WRONG))
    elif await chat.look("account", partial(_is_account, chat=chat)):
        chat.say(
            _("Your answer counts here without a code. Keep the slip for somebody of your home who has only the web.")
        )
    elif linked["id"] != chat.person.village_id:
        chat.say(words(Redeemed.ELSEWHERE))
    else:
        use = partial(household_codes.redeem, typed=code, person_id=chat.person.id, poll_id=linked["poll"])
        chat.say(words(await chat.do("use", lambda db: use(db, village_id=linked["id"], now=chat.now()))))
    if chat.person.village_id is not None:
        await needs_poll.fill(chat.part(needs_poll.INSIDE_WELCOME))


async def _linked(db: AsyncConnection, *, code: str) -> dict[str, Any] | None:
    row = await household_codes.find(db, code=code)
    village = await places.village(db, village_id=row.village_id) if row else None
    if row is None or village is None:
        return None
    return {"id": row.village_id, "poll": row.poll_id, **names(village.place)}


async def _is_account(db: AsyncConnection, *, chat: Chat) -> bool:
    origin = await answers.origin_of(db, person_id=chat.person.id, channel=chat.person.channel)
    return origin is not Origin.OPEN_WEB


ENTRY = Entry(
    "household_code",
    household_code,
    lambda: _("🏡 What does my village need?"),  # what it leads to
    link=HOUSEHOLD,
    needs_welcome=False,
    on_expiry=needs_poll.kept_as_partial,
)
