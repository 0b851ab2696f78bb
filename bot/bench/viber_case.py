"""One sender in a process of its own: python -m bot.bench.viber_case ours|viberbot|viberbot_threads PORT MESSAGES."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from viberbot import Api as Vendor
from viberbot import BotConfiguration
from viberbot.api.messages import TextMessage

from bot.bench.stopwatch import Stopwatch
from bot.channels.port import Sent, Target
from bot.channels.viber import NAME, File, Viber
from bot.channels.viber_api import Api
from bot.outbox import AT_ONCE
from conversations.message import Outgoing

TOKEN = "bench"  # noqa: S105 of nobody
WORDS = "გმადლობთ. თქვენი ჯგუფი წაიკითხავს, და გაიგებთ, რა გამოვა აქედან."
WARM, THREADS = 50, 8


class NoFiles:
    async def of(self, media_id: str, *, picture: bool) -> File | None:
        return None


async def ours(port: int, messages: int) -> dict[str, Any]:
    viber = Viber(TOKEN, NoFiles(), api=Api(TOKEN, f"http://127.0.0.1:{port}"))
    some_at_once = asyncio.Semaphore(AT_ONCE)  # as the sender does it

    async def send(number: int) -> None:
        async with some_at_once:
            if not isinstance(await viber.send(Target(f"{number}=="), Outgoing(WORDS)), Sent):
                raise SystemExit("a message was not taken")

    await asyncio.gather(*map(send, range(WARM)))
    with Stopwatch() as watch:
        await asyncio.gather(*map(send, range(messages)))
    await viber.close()
    return watch.figures(messages)


def vendors(port: int, messages: int, threads: int) -> dict[str, Any]:
    api = Vendor(BotConfiguration(auth_token=TOKEN, name=NAME, avatar=None))
    # It has no setting for the address.
    api._request_sender._viber_bot_api_url = f"http://127.0.0.1:{port}/pa"  # noqa: SLF001

    def send(number: int) -> None:
        api.send_messages(f"{number}==", [TextMessage(text=WORDS)])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(send, range(WARM)))
        with Stopwatch() as watch:
            list(pool.map(send, range(messages)))
    return watch.figures(messages)


CASES: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "ours": lambda port, messages: asyncio.run(ours(port, messages)),
    "viberbot": lambda port, messages: vendors(port, messages, 1),
    "viberbot_threads": lambda port, messages: vendors(port, messages, THREADS),
}


if __name__ == "__main__":
    print(json.dumps(CASES[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3]))))
