"""The sample municipality: the same story every time, and no phone without words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import App
from bot.demo.command import Stage
from bot.demo.data import rows
from bot.demo.seed import START, seed
from domain.gender_budget import First, Mark
from domain.people import Role
from storage import gender_budget, roles, stream
from storage.engine import write_engine
from storage.tables.all import metadata
from storage.tables.polls import answers, needs, published_counts
from storage.tables.turns import inbox
from tests.town import TBILISI

PHONES = ("resident", "leader", "official", "coordinator")
# Salts, tokens and random names of files are never the same; everything else is.
CHANCE = {"salt", "hash", "previous", "body", "token_hash", "external_id", "chains", "signature"}


async def texts(app: App, phone: str) -> list[dict[str, Any]]:
    async with app.read.connect() as db:
        reader = await stream.reader(db, channel="web:demo", external=phone)
        assert reader is not None
        return await stream.written(db, address_id=reader.address_id, after=0)


async def test_every_phone_asks_something(app: App) -> None:
    for phone in PHONES:
        last = (await texts(app, phone))[-1]
        assert last["text"]
        assert last["rows"], f"{phone} has no button to press"


async def test_the_resident_is_a_newcomer_and_the_others_hold_their_roles(app: App) -> None:
    wanted = {
        "resident": set(),
        "leader": {Role.LEADER},
        "official": {Role.OFFICIAL},
        "coordinator": {Role.COORDINATOR},
    }
    async with app.read.connect() as db:
        for phone, role in wanted.items():
            reader = await stream.reader(db, channel="web:demo", external=phone)
            assert reader is not None
            assert await roles.held(db, person_id=reader.person_id) == {Role.RESIDENT} | role


async def test_a_few_hundred_have_answered_and_some_words_wait_for_the_desk(app: App) -> None:
    async with app.read.connect() as db:
        told = Counter((await db.execute(select(answers.c.origin))).scalars())
        lives = set((await db.execute(select(needs.c.state))).scalars())
        shown = (await db.execute(select(func.min(published_counts.c.shown)))).scalar_one()
    assert 280 <= sum(told.values()) <= 320
    assert told["door_to_door"] > 10
    assert told["open_web"] > 5
    assert {"told", "released", "reworded", "hidden"} <= lives
    assert shown >= 5


async def test_the_budget_table_adds_up_to_what_the_groups_found(app: App) -> None:
    async with app.read.connect() as db:
        reader = await stream.reader(db, channel="web:demo", external="coordinator")
        assert reader is not None
        told: dict[str, Any] = {"municipality_id": 1, "year": START.year, "today": START.date(), "language": "ka"}
        table = await gender_budget.table(db, **told, person_id=reader.person_id)
    assert table.total.amount == sum(int(row["amount"] or 0) for row in rows("budget"))
    assert table.confirmed == 1
    assert table.by_mark[Mark.DIFFERENT].promises == 1
    assert table.by_first[First.WOMEN].amount == 96000  # the kindergarten
    assert table.by_first[First.MEN].promises == 1


async def test_nothing_is_parked(app: App) -> None:
    async with app.read.connect() as db:
        assert set((await db.execute(select(inbox.c.status).where(inbox.c.due_at.is_(None)))).scalars()) == {"done"}
        assert "parked" not in set((await db.execute(select(inbox.c.status))).scalars())


async def test_the_story_is_the_same_every_time(tmp_path: Path) -> None:
    one, other = [await story(tmp_path / name) for name in ("one.db", "other.db")]
    assert one.keys() == other.keys()
    for table in one:
        assert one[table] == other[table], table


async def story(file: Path) -> dict[str, list[Any]]:
    engine = write_engine(f"sqlite+aiosqlite:///{file}")
    async with engine.begin() as db:
        await db.run_sync(metadata.create_all)
    await seed(engine, start=START, zone=TBILISI, channel="web:demo")
    try:
        return await everything(engine)
    finally:
        await engine.dispose()


async def everything(engine: AsyncEngine) -> dict[str, list[Any]]:
    async with engine.connect() as db:
        return {
            name: [tuple(row) for row in await db.execute(select(*(c for c in table.c if c.name not in CHANCE)))]
            for name, table in metadata.tables.items()
        }


async def test_starting_over_puts_the_village_back(app: App) -> None:
    assert app.demo is not None
    before = await texts(app, "leader")
    await app.demo.advance("week")
    assert await texts(app, "leader") != before
    await app.demo.reset()
    assert await texts(app, "leader") == before
    await app.demo.advance("day")


async def test_a_kept_demo_goes_on_where_it_was_left(app: App, demo_stage: Stage) -> None:
    assert app.demo is not None
    await app.demo.advance("week")
    left, written = app.clock.now(), await texts(app, "leader")
    again = await demo_stage.build("127.0.0.1", 0, keep=True)
    assert abs((again.clock.now() - left).total_seconds()) < 60
    assert await texts(again, "leader") == written
    await again.close()
