"""SIGTERM while a village talks: what is under way ends, the rest is picked up at the next start."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.kill.trial import Plan, Trial, trial


async def test_asked_to_end_it_ends_in_order(tmp_path_factory: pytest.TempPathFactory) -> None:
    """By polling and by webhook, both at the same time."""
    plans = [Plan(4, kills=0, updates=165, at_once=15, webhook=webhook) for webhook in (False, True)]
    await asyncio.gather(*(stopped(plan, tmp_path_factory.mktemp("village")) for plan in plans))


async def stopped(plan: Plan, folder: Path) -> None:
    async with trial(plan, folder, f"sqlite+aiosqlite:///{folder}/village.db") as running:
        stopping = asyncio.create_task(stop_and_start(running))
        figures = await running.run()
        assert await stopping == {"all": 0}
        assert figures.broken() == []
        assert figures.repeats.total() == 0


async def stop_and_start(running: Trial) -> dict[str, int]:
    """In the middle of it, with messages on their way in and out."""
    while len(running.server.pushed) < running.plan.updates / 3:  # noqa: ASYNC110 the fake has one event for everything
        await asyncio.sleep(0.01)
    codes = await running.program.stop()
    running.server.watched.life += 1
    await running.program.start_all()
    return codes
