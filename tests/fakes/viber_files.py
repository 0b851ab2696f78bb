"""Where Viber keeps the pictures and files that people send: under an address that anybody may read for an hour."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import web


class Files:
    def __init__(self) -> None:
        self.address = ""
        self._kept: dict[str, bytes] = {}
        self._numbers = count(1)

    def keep(self, name: str, content: bytes) -> str:
        path = f"/{next(self._numbers)}/{name}"
        self._kept[path] = content
        return self.address + path

    def forget(self) -> None:
        """An hour has passed."""
        self._kept.clear()

    async def answer(self, request: web.Request) -> web.Response:
        content = self._kept.get(request.path)
        return web.Response(status=404) if content is None else web.Response(body=content)


@asynccontextmanager
async def viber_files() -> AsyncIterator[Files]:
    files = Files()
    app = web.Application()
    app.router.add_get("/{path:.*}", files.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    files.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield files
    finally:
        await runner.cleanup()
