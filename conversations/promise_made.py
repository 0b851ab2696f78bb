"""People hear that something was promised for a need behind which they stand."""

from __future__ import annotations

from functools import partial

from conversations import promise_page
from conversations.chat import Chat
from conversations.registry import Entry
from locales import _


async def promise_made(chat: Chat) -> None:
    head = _("Good news: something was promised for a need that you spoke up for.")
    end = _("Your group will look whether it is kept. You can see how it stands any time: /menu, “Promises”.")
    page = partial(promise_page.said, promise_id=chat.args["promise"], today=chat.today())
    chat.say(head)
    chat.say(await chat.look("page", page))
    chat.say(end)


ENTRY = Entry("promise_made", promise_made, lambda: _("A promise on your need"), notice=True)
