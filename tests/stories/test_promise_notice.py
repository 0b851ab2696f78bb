"""An official hears two days before everybody reads that the day has passed."""

from __future__ import annotations

from datetime import datetime

from domain.people import Role
from scheduler.promise_notices import next_due, sweep
from tests.stories.test_promises import march, official, write_down
from tests.stories.valley import Valley
from tests.town import TBILISI

NOTICE = "So that it does not surprise you: from 21 March 2026 everybody reads"


async def at(valley: Valley, moment: datetime) -> None:
    valley.town.clock.move_to(moment)
    async with valley.town.engine.begin() as db:
        await sweep(db, moment, TBILISI)
    await valley.town.worker.drain()


async def test_two_days_before_with_the_way_to_answer(valley: Valley) -> None:
    leader, gio = await valley.member("lela", Role.LEADER), await official(valley)
    await write_down(leader)
    await gio.tap("Yes, that is right")
    await at(valley, march(18, 12))
    assert NOTICE not in "".join(await gio.texts())
    async with valley.town.engine.connect() as db:
        assert await next_due(db, march(18, 12), TBILISI) == march(19, 10)
    await at(valley, march(19, 9, 30))
    assert NOTICE not in "".join(await gio.texts())
    await at(valley, march(19, 10))
    await at(valley, march(19, 12))
    assert "".join(await gio.texts()).count(NOTICE) == 1
    await gio.tap("It has to change")
    await gio.send("The asphalt comes from Turkey")
    await gio.send("20.05.2026")
    await gio.document("decree", "decree.pdf")
    assert "to be changed (19 March 2026). 📎" in "".join(await gio.texts())


async def test_who_has_told_that_it_is_done_is_not_told(valley: Valley) -> None:
    leader, gio = await valley.member("lela", Role.LEADER), await official(valley)
    await write_down(leader)
    await gio.tap("Yes, that is right")
    await gio.send("/menu")
    for label in ("How my promises stand", "The road", "Done", "Nothing to add", "Without one"):
        await gio.tap(label)
    await at(valley, march(19, 10))
    assert NOTICE not in "".join(await gio.texts())


async def test_a_notice_that_comes_too_late_is_not_told(valley: Valley) -> None:
    leader, gio = await valley.member("lela", Role.LEADER), await official(valley)
    await write_down(leader)
    await gio.tap("Yes, that is right")
    await at(valley, march(22, 10))
    assert NOTICE not in "".join(await gio.texts())
