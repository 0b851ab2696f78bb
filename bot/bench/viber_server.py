"""Stands in for Viber in a process of its own: takes every message and says so. Prints its port."""

from __future__ import annotations

import asyncio
from itertools import count

from aiohttp import web


async def main() -> None:
    tokens = count(1)

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"status": 0, "status_message": "ok", "message_token": next(tokens), "uri": "bench"})

    app = web.Application()
    app.router.add_post("/pa/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
