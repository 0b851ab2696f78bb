"""A letter of the outbox in the sender's hands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.port import Ack, Outcome, Target
from conversations.message import Outgoing
from storage.outbox import Letter


@dataclass(frozen=True, slots=True)
class Replaced:
    """A newer edit of the same message waits behind this one; `ref` is that message."""

    ref: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that is ours for a while: either to be sent to `target`, or `known` not to be worth it."""

    letter: Letter
    message: Outgoing | Ack | None = None
    target: Target | None = None
    known: Outcome | Replaced | None = None
