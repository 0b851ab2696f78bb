"""One person, several phones: shows a code for the other one, takes the other one's, or parts them again."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import link_words
from conversations.chat import Chat
from conversations.link_phone import here_already, type_code
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from domain import codes
from domain.links import PHONE
from locales import _
from storage import links


async def other_phone(chat: Chat) -> None:
    linked = await chat.look("linked", partial(_linked, chat=chat))
    wish = await chat.pick("wish", _intro(linked, chat), _wishes(linked))
    if wish == "show":
        await _show(chat)
    elif wish == "type":
        await type_code(chat.part("phone"))
    elif linked:
        await _part(chat, linked)


async def _linked(db: AsyncConnection, *, chat: Chat) -> dict[str, Any] | None:
    linked = await links.undoable(db, person_id=chat.person.id, now=chat.now())
    if linked is None:
        return None
    return {"link": linked.link_id, "since": linked.joined_at.isoformat(), "channels": linked.channels}


def _intro(linked: dict[str, Any] | None, chat: Chat) -> str:
    words = _(
        "Do you write to me from another phone or app too? Let us put them together: what you begin on one goes on "
        "on the other, and your answer counts once."
    )
    if linked is None:
        return words
    since = in_words(datetime.fromisoformat(linked["since"]).astimezone(chat.zone).date())
    channel = link_words.channels(linked["channels"])
    return words + "\n\n" + _("Put together on {day}: your {channel}.").format(day=since, channel=channel)


def _wishes(linked: dict[str, Any] | None) -> list[Option]:
    wishes = [Option("show", _("Show me a code")), Option("type", _("I have a code"))]
    return [Option("part", _("That is not me: part them")), *wishes] if linked else wishes


async def _show(chat: Chat) -> None:
    async def make(db: AsyncConnection) -> dict[str, Any]:
        code = await links.make_code(db, person_id=chat.person.id, now=chat.now())
        return {"code": code, "roles": await links.held(db, person_id=chat.person.id)}

    made = await chat.do("made", make)
    chat.say("\n\n".join(_code(chat, made)))


def _code(chat: Chat, made: dict[str, Any]) -> list[str]:
    said = [_("Your code: {code}").format(code=codes.shown(made["code"]))]
    ways = "\n".join(chat.links.all(PHONE + made["code"]))
    if ways:
        said.append(_("On the other phone, open one of these:") + "\n" + ways)
        said.append(_("Or write to me there and choose “{choice}”.").format(choice=here_already()))
    else:
        said.append(_("On the other phone, write to me and choose “{choice}”.").format(choice=here_already()))
    said.append(_("It works once, for ten minutes. Show it to nobody: whoever uses it is you here."))
    if made["roles"]:
        roles = link_words.roles(made["roles"])
        said.append(_("Here you are: {roles}. I ask there whether it shall act for that too.").format(roles=roles))
    return said


async def _part(chat: Chat, linked: dict[str, Any]) -> None:
    ask = _(
        "Shall I part this from your {channel} again? Each gets back what it had: answers, conversations, roles. What "
        "was said since then stays where it is."
    ).format(channel=link_words.channels(linked["channels"]))
    if not await chat.confirm("sure", ask, yes=_("Yes, part them"), no=_("No, leave it so")):
        chat.say(_("It stays as it is."))
        return
    part = partial(links.ask_to_part, link_id=linked["link"], person_id=chat.person.id)
    await chat.do("part", lambda db: part(db, now=chat.now()))
    chat.say(_("One moment, I am parting them."))


ENTRY = Entry("other_phone", other_phone, lambda: _("📱 My other phone"), in_menu=True, browsing=True, nudge_after=None)
