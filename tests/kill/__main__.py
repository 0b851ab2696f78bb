"""python -m tests.kill [--kills 50] [--updates 5000] [--webhook] [--postgres] [--roles] [--seed N]"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests import postgres
from tests.kill.program import ONE, SEVERAL
from tests.kill.trial import Plan, trial


def main() -> None:
    asked = _asked()
    roles = SEVERAL if asked.roles else ONE
    plan = Plan(asked.seed, asked.kills, asked.updates, asked.at_once, roles, asked.webhook)
    with tempfile.TemporaryDirectory(prefix="mrgvali-kill-") as folder:
        if asked.postgres or asked.roles:
            with postgres.server() as server:
                held = asyncio.run(_on_postgres(plan, Path(folder), server))
        else:
            held = asyncio.run(_tried(plan, Path(folder), f"sqlite+aiosqlite:///{folder}/village.db"))
    sys.exit(0 if held else 1)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.kill", description="Kills the program while a village talks."
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--updates", type=int, default=5000)
    parser.add_argument("--at-once", type=int, default=60, help="people who talk at a time")
    parser.add_argument("--webhook", action="store_true", help="Telegram calls us; else we ask")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL; else on SQLite")
    parser.add_argument("--roles", action="store_true", help="web, worker and sender in a process each, on PostgreSQL")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="to have the same kills again")
    return parser.parse_args()


async def _on_postgres(plan: Plan, folder: Path, server: postgres.Server) -> bool:
    url = await server.fresh()
    try:
        return await _tried(plan, folder, url)
    finally:
        await server.drop(url)


async def _tried(plan: Plan, folder: Path, url: str) -> bool:
    how = "webhook" if plan.webhook else "polling"
    print(f"{url.partition('+')[0]}, {how}, roles {' '.join(plan.roles)}, seed {plan.seed}", flush=True)
    async with trial(plan, folder, url) as running:
        figures = await running.run()
        print(figures.table())
        broken = figures.broken()
        print("\n".join(broken) or "Everything held.")
        if broken:
            print(running.program.log())
    return not broken


if __name__ == "__main__":
    main()
