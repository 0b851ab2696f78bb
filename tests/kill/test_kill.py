"""kill -9 at random moments: nothing is lost, nothing counts twice, hardly anything is said again.

`python -m tests.kill` does it fifty times and prints the figures: docs/reliability.md.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.kill.program import SEVERAL
from tests.kill.trial import Plan, trial
from tests.postgres import Server


async def broken(plan: Plan, folder: Path, url: str) -> list[str]:
    async with trial(plan, folder, url) as running:
        figures = await running.run()
        return [*figures.broken(), running.program.log()] if figures.broken() else []


async def test_killed_five_times(tmp_path_factory: pytest.TempPathFactory) -> None:
    """By polling and by webhook at the same time: programs that start and people who read take theirs."""
    plans = (
        Plan(1, kills=3, updates=220, at_once=20),
        Plan(2, kills=2, updates=220, at_once=20, webhook=True),
    )
    folders = [tmp_path_factory.mktemp("village") for _plan in plans]
    trials = [
        broken(plan, folder, f"sqlite+aiosqlite:///{folder}/village.db")
        for plan, folder in zip(plans, folders, strict=True)
    ]
    assert await asyncio.gather(*trials) == [[], []]


async def test_killed_role_by_role_on_postgresql(postgres: Server, tmp_path: Path) -> None:
    url = await postgres.fresh()
    plan = Plan(3, kills=3, updates=165, at_once=15, roles=SEVERAL, impatient=True)
    assert await broken(plan, tmp_path, url) == []
    await postgres.drop(url)
