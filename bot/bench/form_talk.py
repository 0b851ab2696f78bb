"""Everybody's side of a questionnaire: from the first question to the last, by pressing the buttons that were sent."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bench.forms_case import answer, table
from bot.bench.stream import tapped, typed
from bot.channels.telegram_request import Request
from bot.form_jobs import drafted
from conversations import tap
from conversations.chat import Chat
from conversations.registry import Entry, Registry
from domain.forms.calls import Mode
from storage import fills, forms

ASKED = re.compile(r"Question (\d+)")


class FormTalk:
    """`people` answer a form of `questions` at the same time."""

    def __init__(self, people: int, questions: int) -> None:
        self.registry = Registry()
        self.registry.add(Entry("welcome", self._conversation, lambda: "Form"))
        self._people, self._questions, self._number, self._version = people, questions, 0, 0
        self._marked: dict[int, int] = {}

    async def _conversation(self, chat: Chat) -> None:
        who: dict[str, Any] = {"version_id": self._version, "mode": Mode.PERSON, "person_id": chat.person.id}
        fill_id = await chat.do("fill", partial(fills.begin, **who, now=chat.now()))
        await chat.form("f", fill_id, reviews=False)
        chat.say("Thank you")

    async def seed(self, db: AsyncConnection, today: date) -> None:
        draft, _minutes = drafted(table(self._questions).encode(), "bench.md", {}, ())
        self._version, _known = await forms.keep(db, draft=draft, by=None, now=datetime.now(UTC))

    def next(self, answers: Sequence[Request]) -> list[str]:
        if self._number == 0:
            return [self._typed(user, "/start") for user in range(1, self._people + 1)]
        return [said for _method, params, _files in answers if (said := self._said(params)) is not None]

    def _said(self, params: dict[str, Any]) -> str | None:
        """What this person says to a message: None where it asks nothing."""
        asked = ASKED.search(str(params["text"]))
        if asked is None:
            return None
        user, value = int(params["chat_id"]), answer(int(asked[1]))
        buttons = _buttons(params)
        if any(each.value == tap.DONE for each in buttons):
            value = self._next_mark(user, value.split())
        pressed = next((each for each in buttons if tap.means(each.value, value)), None)
        if pressed is None:
            return self._typed(user, value)
        return self._tapped(user, tap.data(pressed.run, pressed.key, pressed.value))

    def _next_mark(self, user: int, values: list[str]) -> str:
        """Several are pressed one after the other, then that it is done."""
        marked = self._marked.pop(user, 0)
        if marked == len(values):
            return tap.DONE
        self._marked[user] = marked + 1
        return values[marked]

    def _typed(self, user: int, text: str) -> str:
        self._number += 1
        return typed(self._number, user, text)

    def _tapped(self, user: int, data: str) -> str:
        self._number += 1
        return tapped(self._number, user, data)


def _buttons(params: dict[str, Any]) -> list[tap.Tap]:
    rows = json.loads(params.get("reply_markup", "{}")).get("inline_keyboard", [])
    read = [tap.read(button["callback_data"]) for row in rows for button in row if "callback_data" in button]
    return [each for each in read if each is not None]
