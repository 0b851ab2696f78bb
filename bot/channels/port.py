"""What every channel offers the rest of the program; no vendor's word passes this file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol, runtime_checkable

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.message import Incoming, Outgoing

Raw = dict[str, Any]


class Envelope(NamedTuple):
    """What the inbox must know before it keeps a message: a repeat has the same `external_id`.

    `sender` is the channel's own id of the person; None for what no person sent (kept, never played).
    """

    external_id: str
    sender: str | None


@dataclass(frozen=True, slots=True)
class Sent:
    """Delivered; `ref` is the channel's own id of the message, None where it has none."""

    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Partly:
    """So many of its parts have arrived by now; the channel is asked again for the next one."""

    parts: int


@dataclass(frozen=True, slots=True)
class Again:
    """Not now. `seconds` is what the channel asked us to wait, None where it said nothing."""

    reason: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Never in this form; the next message may well pass."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The person has left: nothing more is written to this address until they return."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group chat has another id from now on; what was not sent is written there anew."""

    external: str
    reason: str


Outcome = Sent | Partly | Again | Refused | Gone | Moved


class Target(NamedTuple):
    """Where a message goes, and what is known of the earlier messages that it names.

    `edits` and `closes` are the channel's ids of those messages (None: never arrived), `closing` is what
    the closed question said, so that it can be shown again with its answer. `parts` of this message have arrived.
    `removes` are the channel's ids of messages to take away before.
    """

    external: str
    edits: str | None = None
    closes: str | None = None
    closing: Outgoing | None = None
    parts: int = 0
    removes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ack:
    """Answers a tap: best effort, worth nothing after ten seconds. `url` is opened on the phone of who pressed."""

    callback: str
    text: str | None = None
    url: str | None = None


class Channel(Protocol):
    """`name` is kind and bot, e.g. "telegram:123456"; `rate` is messages a second for the whole bot."""

    name: str
    rate: float

    def envelope(self, raw: Raw) -> Envelope:
        """Reads just enough to keep the message. Raises ValueError where even that fails."""

    def parse(self, raw: Raw) -> Incoming:
        """Never raises for an unknown kind of message: that is an `odd` one."""

    async def send(self, target: Target, message: Outgoing) -> Outcome:
        """Edits, or sends; of a message in several parts the next one, so that each is marked. Raises nothing."""

    async def acknowledge(self, ack: Ack) -> None:
        """Stops the button's spinner. Raises nothing."""

    async def fetch(self, ref: str, limit: int) -> bytes:
        """The bytes of a file that a person sent; ValueError when it is over `limit` bytes."""


@runtime_checkable
class Broadcasting(Protocol):
    """A channel that takes one message for many people in one request: `receivers` at most."""

    receivers: int

    async def broadcast(self, targets: Sequence[Target], message: Outgoing) -> list[Outcome] | None:
        """An outcome for each; None where this one must be sent to one after the other. Raises nothing."""


@runtime_checkable
class Deleting(Protocol):
    """A channel on which messages can be taken away again: ours, and what the person wrote."""

    def said(self, raw: Raw, since: datetime) -> str | None:
        """The channel's id of what this person wrote; None where it was no message, or is older than `since`."""


@runtime_checkable
class Grouping(Protocol):
    """A channel on which the bot can be in group chats; those are written to more slowly."""

    def in_group(self, external: str) -> bool:
        """Whether this address is that of a group chat."""


class Inbox(Protocol):
    """What a channel's receiver hands its raw messages to."""

    async def keep(self, channel: Channel, raws: list[Raw], cursor: int | None = None) -> None:
        """Commits all of them, and the cursor, before it returns. What the database raises passes."""

    def wake(self) -> None:
        """Something was put into it in another transaction, by now committed."""

    async def keep_and(
        self, channel: Channel, raws: list[Raw], also: Callable[[AsyncConnection], Awaitable[None]]
    ) -> None:
        """`also` is done in the same transaction."""


class Clock(Protocol):
    """The domain's clock; real time is read with time.monotonic or datetime.now(UTC) by the pacing code itself."""

    def now(self) -> datetime: ...
