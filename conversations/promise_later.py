"""Somebody who is asked about a promise would rather be asked later."""

from __future__ import annotations

from functools import partial

from conversations.chat import Chat
from conversations.questions.option import Option
from domain.reminders import snoozed
from locales import _
from storage import promise_wishes

PUT_OFF = {"tomorrow": 1, "in_a_week": 7}  # days


def later(chat: Chat) -> list[Option]:
    """Only for who is asked: who began by themselves has nothing to put off."""
    if "promise" not in chat.args:
        return []
    return [Option("tomorrow", _("Remind me tomorrow")), Option("in_a_week", _("Remind me in a week"))]


async def put_off(chat: Chat, promise_id: int, days: int, conversation: str) -> None:
    until = snoozed(chat.now(), days, chat.zone)
    snooze = partial(promise_wishes.snooze, promise_id=promise_id, person_id=chat.person.id, until=until)
    await chat.do("snooze", partial(snooze, conversation=conversation, now=chat.now()))
    chat.say(_("All right, I will come back to it."))
