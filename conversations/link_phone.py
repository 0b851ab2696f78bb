"""Somebody who is here already comes by another phone: with a code, typed or in the link that they opened."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import link_words, refusals
from conversations.chat import Chat
from conversations.registry import Entry
from domain.codes import TRIES
from domain.links import PHONE
from domain.refusal import Refused
from locales import _
from storage import links


async def link_phone(chat: Chat) -> None:
    """By the link. A stranger is asked for no consent: the person behind the code has given it."""
    found = await chat.look("found", partial(_found, chat=chat, typed=chat.args["link"].removeprefix(PHONE)))
    if found["fault"]:
        chat.say(_no(found))
        return
    await _join(chat, found)


async def type_code(chat: Chat) -> None:
    """By the code itself; a wrong one is asked for again."""
    ask = _("Please write the code that your other phone shows: eight digits.")
    for attempt in range(1, TRIES + 1):
        part = chat.part(str(attempt))
        typed = await part.text("code", ask, longest=40, hint=_("It is in the /menu there: “📱 My other phone”."))
        found = await part.look("found", partial(_found, chat=chat, typed=typed))
        if not found["fault"]:
            return await _join(part, found)
        chat.say(_no(found))
        if found["fault"] == "code_too_many":
            return


def here_already() -> str:
    """The button by which a stranger says so."""
    return _("I am here already, on another phone")


async def _found(db: AsyncConnection, *, chat: Chat, typed: str) -> dict[str, Any]:
    """Not a Refused: a wrong code must stay counted."""
    me = chat.person.id
    found = await links.look_up(db, typed=typed, person_id=me, now=chat.now())
    if "person" not in found:
        return found
    there = await links.channels(db, person_id=found["person"])
    roles = [await links.held(db, person_id=each) for each in (found["person"], me)]
    return {"fault": None, "code": found["code"], "there": there, "roles": roles}


def _no(found: dict[str, Any]) -> str:
    return refusals.words(Refused(found["fault"]))


async def _join(chat: Chat, found: dict[str, Any]) -> None:
    """Roles go along only after they were named. One yes for all: whoever says no leaves both phones as they are."""
    if not await chat.confirm("sure", _question(found), yes=_("Yes, put them together"), no=_("No, leave them apart")):
        chat.say(_("All right, nothing has changed. Each phone stays for itself: /menu"))
        return
    redeem = partial(links.redeem, code_id=found["code"], person_id=chat.person.id)
    await chat.do("redeem", lambda db: redeem(db, now=chat.now()))
    chat.say(_("One moment, I am putting the two together."))


def _question(found: dict[str, Any]) -> str:
    there, here = found["roles"]
    lines = [
        _("This code is from your {channel}. Shall I put the two together? Then you are one person here.").format(
            channel=link_words.channels(found["there"])
        )
    ]
    if there:
        ask = _("On the other phone you are: {roles}. Then this phone acts for that too; say yes only if it is yours.")
        lines.append(ask.format(roles=link_words.roles(there)))
    if here:
        ask = _("On this phone you are: {roles}. Then the other phone acts for that too; say yes only if it is yours.")
        lines.append(ask.format(roles=link_words.roles(here)))
    return "\n\n".join(lines)


ENTRY = Entry(
    "link_phone",
    link_phone,
    lambda: _("📱 My other phone"),
    link=PHONE,
    needs_welcome=False,
    priority=1,
    nudge_after=None,
)
