"""What a leader hears about the group's chat: is it the right one, are we still in it, what is to be passed on."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import group_words
from conversations.chat import Chat
from conversations.group_still import still
from conversations.person import Person
from conversations.registry import Entry
from domain.group_posts import ASKED
from locales import _, current
from storage import group_chats, group_posts
from storage.group_chats import GroupChat, Offer


async def group_chat_confirm(chat: Chat) -> None:
    """To who made the code, after it was typed in a chat."""
    code_id = chat.args["code"]
    offer = await chat.look("offer", partial(_offer, chat=chat, code_id=code_id))
    if offer is None:
        return
    ask = _("The code was typed in the chat “{title}”. Is this the chat of your group “{group}”?")
    if offer["instead"]:
        ask += "\n" + _("It then takes the place of the chat “{title}”.").format(title=offer["instead"])
    sure = await chat.confirm("sure", ask.format(**offer), yes=_("Yes, it is ours"), no=_("No, I do not know it"))
    decide = partial(group_chats.decide, code_id=code_id, by=chat.person.id, yes=sure, language=current())
    await chat.do("decide", lambda db: decide(db, now=chat.now()))
    chat.say(
        _("Good. I have greeted your group there. To ask them something: /menu, “Groups and invitations”.")
        if sure
        else _("All right, I write nothing there. If somebody else has your code, take a new one from the menu.")
    )


async def _offer(db: AsyncConnection, *, chat: Chat, code_id: int) -> dict[str, Any] | None:
    offer = await _mine(db, chat.person, code_id)
    if offer is None:
        return None
    now = await group_chats.of_group(db, group_id=offer.group_id)
    instead = now.title if now is not None and now.chat_id not in (None, offer.chat_id) else None
    return {"title": offer.title, "group": offer.group, "instead": instead}


async def _mine(db: AsyncConnection, person: Person, code_id: int) -> Offer | None:
    offer = await group_chats.offered(db, code_id=code_id)
    return offer if offer is not None and offer.made_by == person.id else None


async def _undecided(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _mine(db, person, args["code"]) is not None


async def group_chat_lost(chat: Chat) -> None:
    title = await chat.look("lost", partial(_lost, group_id=chat.args["group"]))
    if title is not None:
        words = _(
            "I was taken out of your group's chat “{title}”, so I cannot write there. Put me in again, and all goes on "
            "as before. Until then I give you the texts to pass on."
        )
        chat.say(words.format(title=title))


async def _lost(db: AsyncConnection, *, group_id: int) -> str | None:
    """None when we are back by now."""
    found: GroupChat | None = await group_chats.of_group(db, group_id=group_id)
    return found.title if found is not None and found.lost else None


async def group_forward(chat: Chat) -> None:
    """The message that is to be forwarded holds nothing else, so that it takes one gesture."""
    text = await chat.look("text", partial(_text, chat=chat, post_id=chat.args["post"]))
    if text is not None:
        chat.say(_("For your group: please forward the next message to your group's chat, as it is."))
        chat.send(text, alone=True)


async def _text(db: AsyncConnection, *, chat: Chat, post_id: int) -> str | None:
    post = await group_posts.find(db, post_id=post_id)
    if post is None or not await still(db, post=post, now=chat.now(), zone=chat.zone):
        return None
    return await group_words.forwardable(db, post=post, links=chat.links, zone=chat.zone)


async def group_result(chat: Chat) -> None:
    """To the leaders of a group whose chat no bot can enter."""
    text = await chat.look("result", partial(_result, post_id=chat.args["post"]))
    if text is not None:
        chat.send(text, alone=True)


async def _result(db: AsyncConnection, *, post_id: int) -> str | None:
    post = await group_posts.find(db, post_id=post_id)
    return await group_words.result(db, post=post) if post is not None and post.kind in ASKED else None


ENTRIES = (
    Entry(
        "group_chat_confirm",
        group_chat_confirm,
        lambda: _("Your group's chat"),
        nudge_after=None,
        expires_after=group_chats.CODE_LASTS,
        priority=1,
        still=_undecided,
    ),
    Entry("group_chat_lost", group_chat_lost, lambda: _("Your group's chat"), notice=True),
    Entry("group_forward", group_forward, lambda: _("A text for your group"), notice=True, reminder=True),
    Entry("group_result", group_result, lambda: _("What your group answered"), notice=True),
)
