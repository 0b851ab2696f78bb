"""On the days of the budget the group looks for the money of its promises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.people import Role
from scheduler.budget_looks import next_due, sweep
from storage.ledger_check import verify
from storage.tables.promises import promise_events, promise_witnesses
from tests.stories.test_promises import official, read, write_down
from tests.stories.valley import Valley
from tests.town import TBILISI, Phone

DRAFT = "The mayor has brought the draft budget of 2027"


@pytest.fixture
def registry() -> Registry:
    return everything()


def moment(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=TBILISI).astimezone(UTC)


async def at(valley: Valley, when: datetime) -> None:
    valley.town.clock.move_to(when)
    async with valley.town.engine.begin() as db:
        await sweep(db, when, TBILISI)
    await valley.town.worker.drain()


async def heard(phone: Phone, what: str) -> int:
    return sum(what in message.text for message in await phone.messages())


async def found(phone: Phone, amount: str = "45000") -> None:
    await phone.tap("The road")
    await phone.tap("On the municipality's site")
    await phone.tap("I found it")
    await phone.send("03 02 01")
    await phone.send(amount)
    await phone.tap("No photo")


async def test_what_was_found_stands_with_the_promise_and_the_other_is_not_asked_again(valley: Valley) -> None:
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari")
    nino = await valley.resident("nino")
    await official(valley)
    await write_down(leader, due="20.06.2027")
    await at(valley, moment(11, 15))
    assert await heard(member, DRAFT) == await heard(leader, DRAFT) == 1
    await found(member)
    assert "45\u00a0000 lari, programme code 03 02 01" in (await member.last()).text
    await member.tap("Yes, write it down")
    page = await read(nino)
    assert "found in the draft budget of 2027, 45\u00a0000 lari" in page
    assert "the municipality's site, 15 November 2026" in page
    await at(valley, moment(11, 15, 12))
    await at(valley, moment(11, 20))
    assert await heard(member, DRAFT) == 1
    async with valley.town.engine.connect() as db:
        assert await verify(db) is None


async def test_not_found_is_an_answer_with_its_page(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await official(valley)
    await write_down(leader, due="20.06.2027")
    await at(valley, moment(11, 25))
    await leader.tap("The road")
    await leader.tap("On paper")
    await leader.tap("I did not find it")
    await leader.photo()
    await leader.tap("Yes, write it down")
    assert "the group did not find it in the draft budget of 2027" in await read(nino)
    event = next(row for row in await valley.rows(select(promise_events)) if row.kind == "money")
    witness = next(row for row in await valley.rows(select(promise_witnesses)) if row.event_id == event.id)
    assert witness.media_id
    assert witness.media_id not in event.body


async def test_each_look_asks_anew_and_the_last_is_at_the_adopted_budget(valley: Valley) -> None:
    leader = await valley.member("lela", Role.LEADER)
    await official(valley)
    await write_down(leader, due="20.06.2027")
    await at(valley, moment(11, 15))
    await found(leader)
    await leader.tap("Yes, write it down")
    await at(valley, moment(12, 30))
    assert "The budget of 2027 is adopted about these days" in (await leader.last()).text


async def test_nobody_is_asked_before_ten_nor_without_a_promise(valley: Valley) -> None:
    leader = await valley.member("lela", Role.LEADER)
    await at(valley, moment(11, 15))
    assert await heard(leader, DRAFT) == 0
    await official(valley)
    await write_down(leader, due="20.06.2027")
    await at(valley, moment(11, 16, 8))
    assert await heard(leader, DRAFT) == 0


async def test_the_coordinator_tells_of_a_contract_from_the_menu(valley: Valley) -> None:
    cora, leader = await valley.coordinator(), await valley.member("lela", Role.LEADER)
    await official(valley)
    await write_down(leader, due="20.06.2027")
    await cora.send("/menu")
    await cora.tap("More")
    await cora.tap("The money of a promise")
    for label in ("The road", "In a contract", "2026", "I asked the finance", "I found it", "I do not know"):
        await cora.tap(label)
    await cora.send("forty thousand")
    assert "found in a contract of 2026, 40\u00a0000 lari" in (await cora.tap("No photo")).text
    await cora.tap("Yes, write it down")
    assert "found in a contract of 2026, 40\u00a0000 lari" in await read(leader)


async def test_a_resident_has_no_such_button(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await official(valley)
    await write_down(leader, due="20.06.2027")
    await nino.send("/menu")
    assert not any("money of a promise" in text for text, _data in (await nino.last()).buttons)


async def test_the_clock_wakes_on_the_next_day_of_the_budget(valley: Valley) -> None:
    async with valley.town.engine.connect() as db:
        assert await next_due(db, moment(11, 16), TBILISI) == moment(11, 25)
