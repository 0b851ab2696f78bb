"""The leader says where the group talks with each other: a Telegram chat, or one in which no bot can be."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice
from conversations.chat import Chat
from conversations.questions.option import Option
from domain import codes
from domain.links import GROUP
from domain.people import Action
from locales import _
from storage import group_chats


async def group_chat(chat: Chat) -> None:
    group_id = await place_choice.group(chat, Action.SPEAK_TO_GROUP)
    if group_id is None:
        return
    now = await chat.look("chat", partial(_where, group_id=group_id))
    options = [
        Option("telegram", _("In a Telegram group")),
        Option("elsewhere", _("On Viber, Facebook or elsewhere")),
        *([Option("nowhere", _("Ask nothing there any more"))] if now else []),
    ]
    match await chat.pick("where", _status(now), options):
        case "telegram":
            await _telegram(chat, group_id)
        case "elsewhere":
            await chat.do(
                "pass_on", lambda db: group_chats.pass_on(db, by=chat.person.id, group_id=group_id, now=chat.now())
            )
            chat.say(
                _(
                    "All right. No bot can be in those chats. So I send you each question as a text with a link; you "
                    "forward it to your group, and whoever presses the link answers me. You see who has answered in "
                    "the same place in the menu."
                )
            )
        case _nowhere:
            await chat.do("let_go", partial(group_chats.let_go, by=chat.person.id, group_id=group_id))
            chat.say(_("All right, I write nothing there any more. You can also take me out of the chat."))


async def _where(db: AsyncConnection, *, group_id: int) -> dict[str, Any] | None:
    chat = await group_chats.of_group(db, group_id=group_id)
    return None if chat is None else {"telegram": chat.chat_id is not None, "title": chat.title, "lost": chat.lost}


def _status(now: dict[str, Any] | None) -> str:
    ask = _("Where does your group talk with each other?")
    if now is None:
        return ask
    if not now["telegram"]:
        return _("Now you pass my texts on to your group.") + "\n\n" + ask
    words = (
        _("Your group's chat is “{title}”, but I was taken out of it. Put me in again, and all goes on.")
        if now["lost"]
        else _("Your group's chat is “{title}”.")
    )
    return words.format(title=now["title"]) + "\n\n" + ask


async def _telegram(chat: Chat, group_id: int) -> None:
    name = chat.links.telegram_username
    if name is None:
        chat.say(_("There is no bot on Telegram yet. Please tell your coordinator."))
        return
    make = partial(group_chats.make_code, by=chat.person.id, group_id=group_id)
    code = await chat.do("code", lambda db: make(db, now=chat.now()))
    chat.say(
        _(
            "Press this link, choose your group's chat, and I am added to it:\n{link}\n\n"
            "Am I in the chat already? Then write there: {command}\n\n"
            "The code {code} holds for a day and works once. Then I ask you here whether it was the right chat."
        ).format(
            link=chat.links.telegram_group(f"{GROUP}{code}"), command=f"/group@{name} {code}", code=codes.shown(code)
        )
    )
