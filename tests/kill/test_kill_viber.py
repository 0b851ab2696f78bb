"""kill -9 while people talk on Telegram and on Viber, both by webhook."""

from __future__ import annotations

import random
from pathlib import Path

from tests.fakes.viber_server import viber_server
from tests.kill.program import SEVERAL
from tests.kill.trial import Plan, trial
from tests.kill.viber_crowd import BothCrowds
from tests.postgres import Server


async def broken(seed: int, folder: Path, url: str, **how: object) -> list[str]:
    async with viber_server() as viber:
        plan = Plan(seed, kills=3, updates=110, at_once=10, webhook=True, viber=viber.address, **how)  # type: ignore[arg-type]
        async with trial(plan, folder, url) as running:
            crowd = BothCrowds.beside(running.crowd, viber, random.Random(seed), people=10)
            running.crowd = crowd
            figures = await running.run()
            async with running.engine.connect() as db:
                wrong = [*figures.broken(), *viber.violations, *await crowd.wrong(db)]
            return [*wrong, running.program.log()] if wrong else []


async def test_killed_with_webhooks_of_both_channels(tmp_path: Path) -> None:
    assert await broken(5, tmp_path, f"sqlite+aiosqlite:///{tmp_path}/village.db") == []


async def test_killed_role_by_role(postgres: Server, tmp_path: Path) -> None:
    url = await postgres.fresh()
    assert await broken(6, tmp_path, url, roles=SEVERAL, impatient=True) == []
    await postgres.drop(url)
