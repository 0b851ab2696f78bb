"""Telegram as it looks from outside while the program dies and comes back: what arrived, and in which of its lives."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from aiohttp import web

from tests.fakes.telegram_chats import Params, Telegram
from tests.fakes.telegram_server import Server

SLOWEST = 0.06  # seconds until the program hears that its message arrived: killed meanwhile, it sends it again


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message as it came. The dialogue says nothing twice to one person, so the same again is a repeat."""

    chat: int
    text: str
    markup: str
    life: int

    @property
    def message(self) -> tuple[int, str, str]:
        return self.chat, self.text, self.markup


@dataclass
class Watched(Telegram):
    """`life`: how often the program was killed so far."""

    life: int = 0
    arrivals: list[Arrival] = field(default_factory=list)

    def _add(self, params: Params, kind: str, text: str, file_id: str | None = None) -> Params:
        result = super()._add(params, kind, text, file_id)
        markup = json.dumps(json.loads(params.get("reply_markup", "{}")), sort_keys=True)
        self.arrivals.append(Arrival(int(params["chat_id"]), text, markup, self.life))
        return result

    def repeats(self) -> Iterator[tuple[int, int]]:
        """(the life in which the copy before arrived, the chat)."""
        before: dict[tuple[int, str, str], int] = {}
        for arrival in self.arrivals:
            if arrival.message in before:
                yield before[arrival.message], arrival.chat
            before[arrival.message] = arrival.life


class WatchedServer(Server):
    """`pushed`: the numbers of all updates there were."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance
        self.telegram = self.watched = Watched(changed=self._changed)
        self.pushed: list[int] = []

    async def answer(self, request: web.Request) -> web.Response:
        try:
            response = await super().answer(request)
        except ConnectionResetError:  # killed while it was asking
            return web.Response(status=400)
        await asyncio.sleep(self._chance.uniform(0, SLOWEST))
        return response

    def push(self, kind: str, body: Params) -> int:
        self.pushed.append(super().push(kind, body))
        return self.pushed[-1]
