"""What is played: the rivals' dialogue, and the real way from a village's link through the needs poll."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bench.stream import STEPS, tapped, typed, updates
from bot.bench.village import settle
from bot.channels.telegram_request import Request
from conversations import tap
from conversations.catalogue import everything
from conversations.chat import Chat
from conversations.registry import Entry, Registry
from domain.links import VILLAGE
from domain.needs import Hurt, Kind

QUESTIONS = [(f"answer_{step}", f"Question {step}?") for step in range(1, STEPS + 1)]
RESIDENTS = 25  # who answer, in one village
KINDS, HURTS = tuple(Kind), tuple(Hurt)


class Talk(Protocol):
    """Everybody's side of one conversation."""

    registry: Registry

    async def seed(self, db: AsyncConnection, today: date) -> None:
        """What must be there before the first message."""

    def next(self, answers: Sequence[Request]) -> list[str]:
        """What people send when they have read these answers to what they sent before; nothing when all is said."""


async def eight_questions(chat: Chat) -> None:
    """The rivals' dialogue: eight questions and a thank you, every answer kept."""
    for key, words in QUESTIONS:
        await chat.text(key, words)
    chat.say("Thank you")


class Dialogue:
    """The same stream that the rivals are given: it does not wait for answers."""

    def __init__(self, users: int) -> None:
        self.registry = Registry()
        self.registry.add(Entry("welcome", eight_questions, lambda: "Dialogue"))
        self._raws = list(updates(users))

    async def seed(self, db: AsyncConnection, today: date) -> None:
        """It needs nothing."""

    def next(self, answers: Sequence[Request]) -> list[str]:
        raws, self._raws = self._raws, []
        return raws


class NeedsPoll:
    """From the link to the thanks, by pressing the buttons that were really sent."""

    def __init__(self, users: int) -> None:
        self.registry = everything()
        self._users, self._number = users, 0

    async def seed(self, db: AsyncConnection, today: date) -> None:
        await settle(db, count=self._users // RESIDENTS + 1, today=today)

    def next(self, answers: Sequence[Request]) -> list[str]:
        if self._number == 0:
            return [self._typed(user, f"/start {VILLAGE}{user // RESIDENTS}") for user in range(1, self._users + 1)]
        return [said for _method, params, _files in answers if (said := self._said(params)) is not None]

    def _said(self, params: dict[str, Any]) -> str | None:
        """What this person says to a message: None where it asks nothing."""
        user, markup = int(params["chat_id"]), json.loads(params.get("reply_markup", "{}"))
        if "keyboard" in markup:  # it asks for a place, and a key of that keyboard comes back as its words
            return self._typed(user, markup["keyboard"][1][0]["text"])
        pressed = _first_tap(markup)
        if pressed is None or pressed.run == tap.SYSTEM:
            return None
        question = pressed.key.rpartition(".")[2]
        if question == "words" and user % 2:
            return self._typed(user, f"The {KINDS[user % len(KINDS)]} of house {user} has been bad since spring")
        return self._tapped(user, tap.data(pressed.run, pressed.key, _choice(question, user)))

    def _typed(self, user: int, text: str) -> str:
        self._number += 1
        return typed(self._number, user, text)

    def _tapped(self, user: int, data: str) -> str:
        self._number += 1
        return tapped(self._number, user, data)


def _first_tap(markup: dict[str, Any]) -> tap.Tap | None:
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row if "callback_data" in button]
    return tap.read(buttons[0]["callback_data"]) if buttons else None


def _choice(question: str, user: int) -> str:
    """Most speak Georgian, every second one writes, every third has a second need."""
    answers = {
        "language": "ka" if user % 10 else "en",
        "sex": "woman" if user % 2 else "man",
        "age": "25-39",
        "kind": KINDS[user % len(KINDS)].value,
        "suffers": HURTS[user % len(HURTS)].value,
        "same": "mine",
        "words": tap.SKIP,
        "more": "no" if user % 3 else "yes",
    }
    return answers.get(question, "yes")
