"""The terminal and the tests: a channel whose messages are read straight from the outbox."""

from __future__ import annotations

from typing import Any

from bot.channels.port import Ack, Envelope, Outcome, Raw, Sent, Target
from conversations.message import Incoming, Media, Outgoing

FIELDS = ("text", "tap", "start", "language", "callback", "shared", "left", "odd", "values")


class Terminal:
    """Raw messages are {"id": …, "from": …} and the fields of Incoming."""

    def __init__(self, name: str = "terminal") -> None:
        self.name = name
        self.rate = 1000.0

    def envelope(self, raw: Raw) -> Envelope:
        try:
            return Envelope(str(raw["id"]), str(raw["from"]))
        except KeyError as missing:
            raise ValueError(f"a message needs {missing}") from None

    def parse(self, raw: Raw) -> Incoming:
        known: dict[str, Any] = {name: raw[name] for name in FIELDS if name in raw}
        if "media" in raw:
            known["media"] = Media(**raw["media"])
        if "location" in raw:
            known["location"] = tuple(raw["location"])
        return Incoming(**known)

    async def send(self, target: Target, message: Outgoing) -> Outcome:
        return Sent()

    async def acknowledge(self, ack: Ack) -> None:
        """A terminal has no spinner."""

    async def fetch(self, ref: str, limit: int) -> bytes:
        raise ValueError("a terminal holds no files")
