"""A way into the workspace on a computer: a link that opens once."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.registry import Entry
from domain.people import Action, new_token
from locales import _
from storage import passes


async def workspace_link(chat: Chat) -> None:
    await show_way(chat, chat.links.workspace)


async def show_way(chat: Chat, way: Callable[[str], str | None]) -> None:
    """`way` makes a link of a token: to the desk, or to one of its pages."""

    async def give(db: AsyncConnection) -> str:
        token = new_token()
        await passes.give(db, person_id=chat.person.id, token=token, now=chat.now())
        return token

    link = way(await chat.do("give", give))
    if link is None:
        return chat.say(_("The pages of this program have no address yet. Please ask who runs it."))
    chat.say(_("Open this on the computer, within 15 minutes. It works once, and only for you: do not pass it on."))
    chat.say(link)


ENTRY = Entry(
    "workspace_link", workspace_link, lambda: _("🖥️ Sort on a computer"), action=Action.SORT_NEEDS, nudge_after=None
)
