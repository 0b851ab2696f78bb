"""One conversation of one person, from its first message to its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from conversations.replay import Trail

State = Literal["front", "waiting", "done", "cancelled", "expired"]


@dataclass(slots=True)
class Run:
    """`shown` is the seq of the message whose buttons belong to the pending question."""

    number: int
    conversation: str
    args: dict[str, Any]
    state: State
    started_at: datetime
    touched_at: datetime
    priority: int = 0
    trail: Trail = field(default_factory=list)
    draft: Any = None
    pending: str | None = None
    shown: int | None = None
    warned_at: datetime | None = None
    new: bool = False

    @property
    def active(self) -> bool:
        return self.state in ("front", "waiting")
