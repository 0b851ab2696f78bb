"""python-telegram-bot with the same dialogue: a ConversationHandler in memory, nothing kept.

Timed: json.loads, Update.de_json, Application.process_update, and the reply that the handler builds and sends to a
request object which answers at once. Prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import telegram
from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes, ConversationHandler, MessageHandler, filters
from telegram.request import BaseRequest, RequestData

from bot.bench.stopwatch import Stopwatch
from bot.bench.stream import STEPS, updates

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, int]]
ME = {"id": 1, "is_bot": True, "first_name": "b", "username": "b_bot"}


class Answering(BaseRequest):
    """Answers every request as Telegram would, without a network."""

    def __init__(self) -> None:
        super().__init__()
        self.replies = 0

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> Any:
        if url.endswith("/getMe"):
            return 200, json.dumps({"ok": True, "result": ME}).encode()
        self.replies += 1
        sent = request_data.json_parameters if request_data else {}
        chat = {"id": int(sent.get("chat_id", 1)), "type": "private", "first_name": "u"}
        message = {"message_id": self.replies, "date": 1700000000, "chat": chat, "text": sent.get("text", "")}
        return 200, json.dumps({"ok": True, "result": message}).encode()


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    _answers(context).clear()
    await _reply(update, "Question 1?")
    return 1


def answered(step: int) -> Handler:
    async def handle(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        _answers(context).append(update.effective_message.text if update.effective_message else None)
        await _reply(update, f"Question {step + 1}?" if step < STEPS else "Thank you")
        return step + 1 if step < STEPS else ConversationHandler.END

    return handle


def _answers(context: ContextTypes.DEFAULT_TYPE) -> list[str | None]:
    return context.user_data.setdefault("answers", []) if context.user_data is not None else []


async def _reply(update: Update, words: str) -> None:
    if update.message is not None:
        await update.message.reply_text(words)


def application(request: Answering) -> Application[Any, Any, Any, Any, Any, Any]:
    app = (
        Application.builder()
        .token("1:A")
        .request(request)
        .get_updates_request(Answering())
        .job_queue(None)
        .updater(None)
        .build()
    )
    words = filters.TEXT & ~filters.COMMAND
    states: Any = {step: [MessageHandler(words, answered(step))] for step in range(1, STEPS + 1)}
    app.add_handler(ConversationHandler([CommandHandler("start", begin)], states, [CommandHandler("cancel", begin)]))
    return app


async def main(users: int) -> None:
    request = Answering()
    app = application(request)
    await app.initialize()
    raws = list(updates(users))
    with Stopwatch() as watch:
        for raw in raws:
            await app.process_update(Update.de_json(json.loads(raw), app.bot))
    if request.replies != len(raws):
        raise SystemExit(f"{request.replies} replies to {len(raws)} updates")
    print(
        json.dumps(
            {"name": f"python-telegram-bot {telegram.__version__}", "kept": "nothing", **watch.figures(len(raws))}
        )
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
