"""The board's pages, as the web server makes them: routes, database, template, compression; without the network."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bell import LocalBell
from bot.bench.scale.size import NOW, Size
from bot.bench.scale.times import spread
from bot.channels.webchat import WebChat
from bot.clock import Clock
from bot.inbox import Inbox
from bot.web.app import build
from bot.web.site import Site

MOST_MS = 50
FAR = 7919  # a prime: the pages lie all over the country


class PageBroken(AssertionError):
    """A page that does not come measures nothing."""


async def pages(read: AsyncEngine, size: Size, times: int) -> dict[str, Any]:
    made = build(_site(read))
    async with AsyncClient(transport=ASGITransport(made), base_url="http://board") as client:
        found = {name: await _taken(client, paths) for name, paths in _paths(size, times).items()}
    worst = max(each["p95_ms"] for each in found.values())
    return found | {"p95_ms": worst, "at_most_ms": MOST_MS, "holds": worst <= MOST_MS}


def _paths(size: Size, times: int) -> Mapping[str, Sequence[str]]:
    places = [at * FAR for at in range(times)]
    return {
        "board": ["/board"] * times,
        "municipality": [f"/board/municipality/m{at % size.municipalities}" for at in places],
        "village": [f"/board/village/{at % size.villages}" for at in places],
        "promise": [f"/board/promise/{at % (size.villages * size.promises) + 1}" for at in places],
    }


async def _taken(client: AsyncClient, paths: Sequence[str]) -> dict[str, float]:
    """The first page of a kind is not counted: the template is read then."""
    took, heaviest = [], 0
    for path in (paths[0], *paths):
        begin = time.perf_counter()
        answer = await client.get(path, headers={"Accept-Language": "ka"})
        took.append((time.perf_counter() - begin) * 1000)
        if answer.status_code != 200:
            raise PageBroken(f"{path}: {answer.status_code}")
        heaviest = max(heaviest, int(answer.headers.get("content-length", len(answer.content))))
    return spread(took[1:]) | {"heaviest_kb": round(heaviest / 1000, 1)}


def _site(read: AsyncEngine) -> Site:
    clock, nowhere = Clock(NOW), Path("media")
    inbox = Inbox(read, clock, lambda: None)
    return Site(
        read=read, write=read, inbox=inbox, chat=WebChat("web", nowhere), bell=LocalBell(), clock=clock, media=nowhere
    )
