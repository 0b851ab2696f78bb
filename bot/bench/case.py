"""One talk in a process of its own, so that its memory is its own: python -m bot.bench.case dialogue USERS."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from bot import memory
from bot.bench.rig import rig
from bot.bench.stopwatch import Stopwatch
from bot.bench.talks import Dialogue, NeedsPoll, Talk

TALKS: dict[str, Callable[[int], Talk]] = {"dialogue": Dialogue, "needs_poll": NeedsPoll}
WARM, ALONE = 20, 30  # users before anything is timed, and users who come when nobody else does


async def loaded(talk: Talk) -> dict[str, Any]:
    """All dialogues open at once, as fast as they go. What people do between two messages is not timed."""
    watch, said, built = Stopwatch(), 0, 0
    async with rig(talk) as ours:
        while raws := talk.next(ours.take()):
            with watch:
                await ours.play(raws)
            said, built = said + len(raws), built + len(ours.built)
        await ours.require_all_kept(said, built)
    return watch.figures(said)


async def unloaded(talk: Talk) -> dict[str, Any]:
    """One update at a time, each from raw JSON to its built reply."""
    took: list[float] = []
    async with rig(talk) as ours:
        while raws := talk.next(ours.take()):
            for raw in raws:
                begin = time.perf_counter()
                await ours.keep([raw])
                await ours.turn()
                took.append((time.perf_counter() - begin) * 1000)
    cuts = statistics.quantiles(took, n=100)
    return {"p50_ms": round(cuts[49], 2), "p99_ms": round(cuts[98], 2), "single_turns": len(took)}


async def measure(name: str, users: int) -> dict[str, Any]:
    await loaded(TALKS[name](WARM))
    memory.settle()  # as `mrgvali serve` does
    alone = await unloaded(TALKS[name](min(users, ALONE)))
    return {"name": f"mrgvali {name}", "kept": "everything", **await loaded(TALKS[name](users)), **alone}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1], int(sys.argv[2])))))
