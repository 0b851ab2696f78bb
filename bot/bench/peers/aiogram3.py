"""aiogram with the same dialogue: a finite state machine in memory, nothing kept. Prints one line of JSON."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import aiogram
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.base import BaseSession
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Chat, Message, Update

from bot.bench.stopwatch import Stopwatch
from bot.bench.stream import STEPS, updates

Handler = Callable[[Message, FSMContext], Coroutine[Any, Any, None]]
Dialogue = type("Dialogue", (StatesGroup,), {f"step{step}": State() for step in range(1, STEPS + 1)})


class Answering(BaseSession):
    """Answers every request as Telegram would, without a network; the payload is not even serialised, in its favour."""

    replies = 0

    async def close(self) -> None:
        """Nothing to close."""

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109
        self.replies += 1
        chat = Chat(id=method.chat_id, type="private", first_name="u")
        return Message(
            message_id=self.replies, date=datetime.fromtimestamp(1700000000, UTC), chat=chat, text=method.text
        )


async def begin(message: Message, state: FSMContext) -> None:
    await state.set_state(Dialogue.step1)  # type: ignore[attr-defined]
    await state.set_data({"answers": []})
    await message.answer("Question 1?")


def answered(step: int) -> Handler:
    async def handle(message: Message, state: FSMContext) -> None:
        data = await state.get_data()
        await state.set_data({"answers": [*data["answers"], message.text]})
        await message.answer(f"Question {step + 1}?" if step < STEPS else "Thank you")
        if step < STEPS:
            await state.set_state(getattr(Dialogue, f"step{step + 1}"))
        else:
            await state.clear()

    return handle


def dispatcher() -> Dispatcher:
    router = Router()
    router.message.register(begin, CommandStart())
    for step in range(1, STEPS + 1):
        router.message.register(answered(step), getattr(Dialogue, f"step{step}"), F.text)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    return dispatcher


async def main(users: int) -> None:
    session = Answering()
    bot, feed = Bot("1:A", session=session), dispatcher()
    raws = list(updates(users))
    with Stopwatch() as watch:
        for raw in raws:
            await feed.feed_update(bot, Update.model_validate(json.loads(raw), context={"bot": bot}))
    if session.replies != len(raws):
        raise SystemExit(f"{session.replies} replies to {len(raws)} updates")
    print(json.dumps({"name": f"aiogram {aiogram.__version__}", "kept": "nothing", **watch.figures(len(raws))}))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
