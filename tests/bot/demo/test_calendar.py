"""The demo's calendar: what comes due arrives, by day, and one reminder a day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.app import App
from domain.reminders import quiet
from storage.tables.people import addresses
from storage.tables.turns import outbox, runs

PHONES = ("resident", "leader", "official", "coordinator")
REMINDERS = {"promise_check", "promise_report", "training_reminder"}


async def advance(app: App, by: str) -> int:
    assert app.demo is not None
    return int((await app.demo.advance(by))["messages"])


async def written(app: App, phone: str) -> list[datetime]:
    async with app.read.connect() as db:
        query = select(outbox.c.created_at).join(addresses, addresses.c.id == outbox.c.address_id)
        rows = await db.execute(query.where(addresses.c.external == phone).order_by(outbox.c.seq))
        return list(rows.scalars())


async def reminded(app: App) -> Counter[tuple[int, object]]:
    """How many reminders began for each person on each day."""
    async with app.read.connect() as db:
        rows = await db.execute(select(runs.c.person_id, runs.c.started_at).where(runs.c.conversation.in_(REMINDERS)))
        return Counter((person, at.astimezone(app.settings.zone).date()) for person, at in rows)


async def test_in_two_weeks_reminders_reach_the_phones_by_day(app: App) -> None:
    start, before = app.clock.now(), {name: len(await written(app, name)) for name in ("leader", "official")}
    assert await advance(app, "week") > 0
    assert await advance(app, "week") > 0
    assert abs(app.clock.now() - start - timedelta(days=14)) < timedelta(minutes=1)
    for name, count in before.items():
        new = (await written(app, name))[count:]
        assert new, name
        assert not [at for at in new if quiet(at, app.settings.zone)]


async def test_nobody_is_reminded_twice_on_one_day(app: App) -> None:
    for _week in range(3):
        await advance(app, "week")
    assert max((await reminded(app)).values()) == 1


async def test_to_the_next_event_stops_where_a_phone_says_something(app: App) -> None:
    for _event in range(3):
        before, said = app.clock.now(), [len(await written(app, name)) for name in PHONES]
        assert await advance(app, "next") > 0
        assert before < app.clock.now() < before + timedelta(days=7)
        assert [len(await written(app, name)) for name in PHONES] != said


async def test_a_day_without_events_is_a_day(app: App) -> None:
    before = app.clock.now()
    await advance(app, "day")
    assert abs(app.clock.now() - before - timedelta(days=1)) < timedelta(minutes=1)
