"""Where a turn's processor time goes: python -m bot.bench.profile dialogue USERS.

A timer that counts processor time interrupts the run a few hundred times a second; each time, the innermost place on
the stack that the table below knows is noted. That slows the run a little; a tracing profiler would double it.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from types import FrameType
from typing import Any

import greenlet  # type: ignore[import-untyped]  # SQLAlchemy runs our calls in greenlets

from bot import memory
from bot.bench.case import TALKS, WARM, loaded
from bot.bench.turn import on_one_core

OFTEN = 0.001  # seconds of processor time; the kernel may make it four
PARTS = {
    "storage/inline.py": "SQLite: statements",
    "selectors.py": "SQLite: commits, in aiosqlite's thread",
    "site-packages/sqlalchemy": "SQLAlchemy and aiosqlite",
    "site-packages/aiosqlite": "SQLAlchemy and aiosqlite",
    "storage/compiled.py": "rows to tuples and back",
    "storage/tables": "rows to tuples and back",
    "bot/channels/telegram_parse.py": "reading Telegram's JSON",
    "bot/inbox.py": "keeping what came in",
    "storage/inbox.py": "keeping what came in",
    "conversations": "the conversation: replay, questions, words",
    "domain": "the conversation: replay, questions, words",
    "bot/sheet.py": "gathering the batch: people, runs, answers",
    "bot/turn.py": "gathering the batch: people, runs, answers",
    "bot/bench/talks.py": "the conversation: replay, questions, words",
    "bot/bench/rig.py": "reading answers back and building replies",
    "bot/channels/telegram_request.py": "reading answers back and building replies",
    "asyncio": "asyncio",
}


class Sampler:
    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def __enter__(self) -> Sampler:
        signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, OFTEN, OFTEN)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _sample(self, _signal: int, frame: FrameType | None) -> None:
        places = (_part(each.f_code.co_filename) for each in _stack(frame))
        self.seen[next((part for part in places if part), "everything else")] += 1


def _stack(frame: FrameType | None) -> Iterator[FrameType]:
    """From the innermost outwards, and on from each greenlet into the one that started it."""
    here: Any = greenlet.getcurrent()
    while here is not None:
        while frame is not None:
            yield frame
            frame = frame.f_back
        here = here.parent
        frame = here.gr_frame if here is not None else None


def _part(file: str) -> str | None:
    return next((part for place, part in PARTS.items() if f"/{place}" in file), None)


def run(name: str, users: int) -> dict[str, Any]:
    on_one_core()
    asyncio.run(loaded(TALKS[name](WARM)))
    memory.settle()
    talk = TALKS[name](users)
    with Sampler() as sampler:
        figures = asyncio.run(loaded(talk))
    each = 1e6 / figures["cpu_updates_per_s"]
    share = each / sampler.seen.total()
    parts = {part: round(count * share, 1) for part, count in sampler.seen.most_common()}
    return {"talk": name, "samples": sampler.seen.total(), "cpu_us_per_update": round(each, 1), "parts": parts}


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], int(sys.argv[2])), indent=2))
