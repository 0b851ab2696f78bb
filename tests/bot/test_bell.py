"""Who listens is woken; who came late or lost the line looks by itself."""

from __future__ import annotations

import asyncio

import asyncpg  # type: ignore[import-untyped]

from bot.bell import Ear, LocalBell, PostgresBell
from tests.postgres import Server

FOR_EVER = 60


async def test_a_ring_wakes_those_who_listen_for_the_name() -> None:
    bell = LocalBell()
    with bell.listen("address:1") as nino, bell.listen("address:2") as gia:
        bell.ring("address:1")
        await nino.wait(FOR_EVER)
        other = asyncio.create_task(gia.wait(FOR_EVER))
        await asyncio.sleep(0)
        assert not other.done()
        bell.ring()
        await other


async def test_a_ring_before_the_wait_is_not_lost() -> None:
    bell = LocalBell()
    with bell.listen("address:1") as ear:
        bell.ring("address:1")
        await ear.wait(FOR_EVER)


async def test_one_ear_may_listen_for_several_names() -> None:
    bell = LocalBell()
    with bell.listen("visitor:x") as ear, bell.listen("address:1", ear):
        bell.ring("address:1")
        await ear.wait(FOR_EVER)
        bell.ring("visitor:x")
        await ear.wait(FOR_EVER)


async def test_closing_wakes_everybody() -> None:
    bell = LocalBell()
    with bell.listen("address:1") as ear:
        bell.close()
        await ear.wait(FOR_EVER)
        assert bell.closed


async def test_without_a_ring_the_wait_ends_by_itself() -> None:
    with LocalBell().listen("address:1") as ear:
        await ear.wait(0.01)


async def test_it_rings_in_other_processes_and_comes_back_after_a_broken_line(postgres: Server) -> None:
    url = await postgres.fresh()
    dsn = url.replace("postgresql+asyncpg://", "postgresql://")
    async with PostgresBell(dsn) as here, PostgresBell(dsn) as there:
        with there.listen("address:1") as ear:
            await heard(ear)  # the line is up
            here.ring("address:1")
            await heard(ear)
            await break_lines(dsn)
            await heard(ear)  # back again, and whatever was missed is looked for
            here.ring()
            await heard(ear)
    await postgres.drop(url)


async def heard(ear: Ear) -> None:
    async with asyncio.timeout(FOR_EVER):
        await ear.wait(FOR_EVER)


async def break_lines(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    await connection.close()
