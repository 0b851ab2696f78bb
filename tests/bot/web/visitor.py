"""The chat's own protocol, as its page speaks it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx


class Visitor:
    """Has a cookie; `phone` speaks for a person of the demo instead."""

    def __init__(self, base: str, phone: str | None = None) -> None:
        self.http = httpx.AsyncClient(
            base_url=base, timeout=30, params={"lang": "en", **({"phone": phone} if phone else {})}
        )

    async def __aenter__(self) -> Visitor:
        (await self.http.get("/chat")).raise_for_status()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.http.aclose()

    async def say(self, *, id: str | None = None, **said: Any) -> httpx.Response:  # noqa: A002
        return await self.http.post("/chat/messages", json={"id": id or str(uuid4()), **said})

    async def history(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = (await self.http.get("/chat/history")).json()["messages"]
        return messages

    async def events(self, after: int = 0, *, last_id: str | None = None) -> AsyncIterator[dict[str, Any]]:
        """Every event: {"id", "event", "data"}; heartbeats as {"comment"}."""
        headers = {"Last-Event-ID": last_id} if last_id else {}
        async with self.http.stream("GET", "/chat/events", params={"after": after}, headers=headers) as answer:
            answer.raise_for_status()
            event: dict[str, Any] = {}
            async for line in answer.aiter_lines():
                if line:
                    name, _colon, value = line.partition(":")
                    event[name or "comment"] = value.strip()
                elif event.keys() & {"data", "comment"}:
                    yield event | ({"data": json.loads(event["data"])} if "data" in event else {})
                    event = {}
                else:
                    event = {}

    async def next(self, after: int = 0) -> dict[str, Any]:
        """The first message after this one."""
        async for event in self.events(after):
            if "data" in event and "event" not in event:
                data: dict[str, Any] = event["data"]
                return data
        raise AssertionError("the stream ended")
