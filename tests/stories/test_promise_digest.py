"""Once a month those who hold an office hear how the municipality's promises stand, by department."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from domain.elections import Weeks
from domain.people import Role
from scheduler.promise_digests import next_due, sweep
from storage import elections
from tests.stories.test_promises import SPEAKER, official, write_down
from tests.stories.valley import MUNICIPALITY, Valley
from tests.stories.workshop import Bench
from tests.town import TBILISI

HEAD = "at the beginning of the month"


def april(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 4, day, hour, tzinfo=TBILISI).astimezone(UTC)


async def at(valley: Valley, moment: datetime) -> None:
    valley.town.clock.move_to(moment)
    async with valley.town.engine.begin() as db:
        await sweep(db, moment, TBILISI)
    await valley.town.worker.drain()


async def test_by_department_once_a_month_and_nobody_is_named(valley: Valley, tmp_path: Path) -> None:
    leader = await valley.member("lela", Role.LEADER)
    await official(valley)
    other = await valley.official("temo", "Temo", "head of culture")
    await write_down(leader)
    await write_down(leader, due="20.04.2026", words="The bus will come")
    await at(valley, april(1, 9))
    assert HEAD not in "".join(await other.texts())
    await at(valley, april(1))
    await at(valley, april(2))
    texts = "".join(await other.texts())
    assert texts.count(HEAD) == 1
    assert "head of infrastructure: kept 0, day passed 1, due this month 1" in texts
    assert SPEAKER not in texts
    assert "head of infrastructure: kept" not in "".join(await leader.texts())
    bench = Bench(valley, tmp_path)
    await other.tap("As a picture, to show others")
    assert (await bench.work(other)).raw.get("photo")
    async with valley.town.engine.connect() as db:
        assert await next_due(db, april(2), TBILISI) == datetime(2026, 5, 1, 10, tzinfo=TBILISI)
        before_new_year = datetime(2026, 12, 20, tzinfo=TBILISI)  # the first, second and third are holidays
        assert (await next_due(db, before_new_year, TBILISI) or april(1)).date() > date(2027, 1, 3)


async def test_in_election_weeks_it_waits_until_they_are_over(valley: Valley) -> None:
    leader, cora = await valley.member("lela", Role.LEADER), await valley.coordinator()
    gio = await official(valley)
    await write_down(leader)
    by, weeks = await valley.person(cora.name), Weeks(date(2026, 3, 25), date(2026, 4, 12))
    async with valley.town.engine.begin() as db:
        await elections.set_weeks(db, by=by, municipality_id=MUNICIPALITY, weeks=weeks, now=valley.town.clock.now())
    await at(valley, april(2))
    assert HEAD not in "".join(await gio.texts())
    async with valley.town.engine.connect() as db:
        assert await next_due(db, april(2), TBILISI) == april(14), "the thirteenth is Easter Monday"
    await at(valley, april(14))
    assert "".join(await gio.texts()).count(HEAD) == 1
