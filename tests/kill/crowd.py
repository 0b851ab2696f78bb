"""People who go from the village's link to the thanks of the needs poll, each as fast as the answers come."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.telegram_chats import Message
from tests.fakes.telegram_server import User
from tests.kill.witness import WatchedServer

LINKS = ("varaguli", "vzemo")
WANTED = {"language": "en", "consent": "yes", "adult": "yes", "more": "no"}
MEANS = {"yes": True, "no": False}
DOOR = "0:"  # below the thanks: what else one might do
WITHOUT, WITHOUT_KEY = "Go on without", "poll.need.1.shown"
THANKS = "Your answer is in"
UPDATES_EACH = 11  # at least: whose words are like a neighbour's is asked once more


@dataclass
class Resident:
    """`answered`: what this person answered to each question, as it must stand in the trail."""

    user: User
    chance: random.Random
    answered: dict[str, str | bool | None] = field(default_factory=dict)
    thanked: bool = False
    _seen: int = 0

    @property
    def words(self) -> str:
        """Nobody else writes this."""
        return f"The bridge {self.user.chat.id} is broken"

    def look(self) -> bool:
        """Answers whatever is new on the phone; says whether anything was."""
        messages = self.user.chat.messages
        before, self._seen = self._seen, len(messages)
        for message in messages[before : self._seen]:
            if not message.mine:
                self._read(message)
        return before < self._seen

    def _read(self, message: Message) -> None:
        self.thanked |= THANKS in message.text
        if "keyboard" in message.markup:
            self._answer(WITHOUT_KEY, None, lambda: self.user.send(WITHOUT))
        if not message.buttons or message.buttons[0]["callback_data"].startswith(DOOR):
            return
        choices = {button["callback_data"].rpartition(":")[2]: button["callback_data"] for button in message.buttons}
        key = message.buttons[0]["callback_data"].split(":")[1]
        if key.endswith(".words"):
            return self._answer(key, self.words, lambda: self.user.send(self.words))
        value = self._choice(key, [value for value in choices if not value.startswith("!")])
        self._answer(key, MEANS.get(value, value), lambda: self.user.press(message, choices[value]))

    def _choice(self, key: str, values: list[str]) -> str:
        return WANTED.get(key.rpartition(".")[2]) or self.chance.choice(values)

    def _answer(self, key: str, value: str | bool | None, act: Callable[[], int]) -> None:
        """Who sees a question again that they answered does nothing."""
        if key not in self.answered:
            self.answered[key] = value
            act()


@dataclass
class Crowd:
    """`at_once` of them talk at a time; the next one begins when one has been thanked."""

    server: WatchedServer
    residents: list[Resident]
    at_once: int

    @classmethod
    def of(cls, server: WatchedServer, chance: random.Random, *, updates: int, at_once: int) -> Crowd:
        chats = range(7000, 7000 + -(-updates // UPDATES_EACH))
        return cls(server, [Resident(server.user(chat), random.Random(chance.random())) for chat in chats], at_once)

    async def talk(self, patience: float) -> bool:
        """Until everybody was thanked; False when nobody heard anything for so many seconds."""
        waiting, talking = list(reversed(self.residents)), list[Resident]()
        heard = time.monotonic()
        while waiting or talking:
            while waiting and len(talking) < self.at_once:
                talking.append(waiting.pop())
                talking[-1].user.start(talking[-1].chance.choice(LINKS))
            if any([resident.look() for resident in talking]):  # noqa: C419 everybody looks
                heard = time.monotonic()
            elif time.monotonic() - heard > patience:
                return False
            talking = [resident for resident in talking if not resident.thanked]
            await self.server.change(0.05)
        return True
