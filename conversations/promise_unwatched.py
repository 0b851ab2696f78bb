"""A coordinator hears that nobody in the group looks after a promise any more."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.registry import Entry
from locales import _
from storage import promise_people, promises


async def promise_unwatched(chat: Chat) -> None:
    promise_id = chat.args["promise"]
    if await chat.look("watched", partial(_watched, promise_id)):
        return
    chat.say(_("Everybody in the group said that looking after this promise is not their task:"))
    chat.say(await chat.look("page", partial(promise_page.text, promise_id=promise_id, today=chat.today())))
    chat.say(_("You could talk with the leader, or invite somebody new into the group: they are asked from then on."))


async def _watched(promise_id: int, db: AsyncConnection) -> bool:
    community_id = (await promises.dossier(db, promise_id=promise_id)).new.community_id
    return bool(await promise_people.watchers(db, promise_id=promise_id, community_id=community_id))


ENTRY = Entry("promise_unwatched", promise_unwatched, lambda: _("A promise without a watcher"), notice=True)
