"""People write at a steady rate to the whole program as it is served; how long until each callback is acknowledged.

python -m bot.bench.viber_calls PORT TOKEN RATE SECONDS. The callbacks come when they are due, whether or not those
before were answered: a slow answer cannot hide behind the next.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import statistics
import sys
import time
from hashlib import sha256
from typing import Any

from aiohttp import ClientSession

from bot.web.viber_hook import PATH, SIGNATURE

PEOPLE, WARM_SECONDS = 500, 2
ANSWERS = ("Hello", "/menu", "გზა დაზიანებულია", "mrgvali:0:speak:en")


async def main(port: int, token: str, rate: int, seconds: int) -> dict[str, Any]:
    took: list[float] = []
    calls = rate * (seconds + WARM_SECONDS)
    async with ClientSession() as session:

        async def call(number: int) -> None:
            body = _callback(number)
            headers = {SIGNATURE: hmac.new(token.encode(), body, sha256).hexdigest()}
            begin = time.perf_counter()
            async with session.post(f"http://127.0.0.1:{port}{PATH}", data=body, headers=headers) as response:
                await response.read()
            if response.status != 200:
                raise SystemExit(f"a callback was answered {response.status}")
            if number >= rate * WARM_SECONDS:
                took.append((time.perf_counter() - begin) * 1000)

        start, tasks = time.perf_counter(), []
        for number in range(calls):
            await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
            tasks.append(asyncio.create_task(call(number)))
        await asyncio.gather(*tasks)
    cuts = statistics.quantiles(took, n=100)
    return {
        "callbacks": len(took), "a_second": rate, "p50_ms": round(cuts[49], 2), "p95_ms": round(cuts[94], 2),
        "p99_ms": round(cuts[98], 2), "longest_ms": round(max(took), 2),
    }  # fmt: skip


def _callback(number: int) -> bytes:
    sender = {"id": f"{number % PEOPLE}==", "language": "en"}
    text = ANSWERS[number // PEOPLE % len(ANSWERS)]
    callback = {"event": "message", "timestamp": number, "message_token": 10**18 + number, "sender": sender}
    return json.dumps({**callback, "message": {"type": "text", "text": text}}).encode()


if __name__ == "__main__":
    port, token, rate, seconds = sys.argv[1:]
    print(json.dumps(asyncio.run(main(int(port), token, int(rate), int(seconds)))))
