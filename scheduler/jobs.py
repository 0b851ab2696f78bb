"""The table of sweeps: what the clock starts, and how often.

A sweep finds what is due in the domain's tables and puts rows into the inbox; it writes no words. Running one twice,
or late, or in two processes at once, changes nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

Sweep = Callable[[AsyncConnection, datetime, ZoneInfo], Awaitable[int]]
NextDue = Callable[[AsyncConnection, datetime, ZoneInfo], Awaitable[datetime | None]]


@dataclass(frozen=True, slots=True)
class Job:
    """`sweep` answers how many things it found due; `next_due` says when it will next find one after a moment."""

    name: str
    every: timedelta
    sweep: Sweep
    next_due: NextDue
