"""A turn on a long form beside one on a short form: from raw JSON to a committed answer and the next question built.

Each answer alone, on SQLite with synchronous=FULL; the forms take turns, so that a noisy minute hits both.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import Any

from bot.bench.form_talk import FormTalk
from bot.bench.rig import rig

SHORT, TURNS = 8, 150  # questions of the form that is the measure; turns of each form in a round, about


def run(questions: int, *, repeat: int) -> dict[str, Any]:
    took: dict[int, list[float]] = {SHORT: [], questions: []}
    for size in took:
        asyncio.run(_turns(size, 1))  # the form is compiled, and the statements are
    for size in [*took] * repeat:
        took[size] += asyncio.run(_turns(size, max(1, TURNS // size)))
    figures = {f"questions_{size}": _figures(times) for size, times in took.items()}
    long, short = (statistics.mean(took[size]) for size in (questions, SHORT))
    return figures | {"long_is_times_short": round(long / short, 2)}


async def _turns(questions: int, people: int) -> list[float]:
    """Milliseconds of each."""
    took: list[float] = []
    talk = FormTalk(people, questions)
    async with rig(talk) as ours:
        waiting = talk.next(())
        while waiting:
            began = time.perf_counter()
            await ours.keep(waiting[:1])
            await ours.turn()
            took.append((time.perf_counter() - began) * 1000)
            waiting = waiting[1:] + talk.next(ours.take())
    return took


def _figures(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=20)
    return {
        "turns": len(times),
        "mean_ms": round(statistics.mean(times), 2),
        "p50_ms": round(cuts[9], 2),
        "p95_ms": round(cuts[18], 2),
    }
