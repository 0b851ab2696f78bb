"""A group says whom a promise helps, and the municipality's focal point answers; both stay."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.markers import Level
from domain.people import Action, Role
from domain.refusal import Refused
from storage import promise_markers
from storage.ledger_check import verify
from storage.tables.promises import promise_events
from tests.stories.test_promises import official, read, write_down
from tests.stories.valley import MUNICIPALITY, Valley
from tests.town import Phone


@pytest.fixture
def registry() -> Registry:
    return everything()


async def focal_point(valley: Valley) -> Phone:
    phone = await valley.resident("eka", None)
    confirmed: dict[str, Any] = {"confirmed_at": valley.town.clock.now(), "municipality_id": MUNICIPALITY}
    await valley.grant("eka", Role.FOCAL_POINT, name="Eka", office="gender focal point of Dzeveri", **confirmed)
    return phone


async def open_(phone: Phone, what: str) -> None:
    await phone.send("/menu")
    if not any(what in text for text, _data in (await phone.last()).buttons):
        await phone.tap("More")
    await phone.tap(what)


async def propose(phone: Phone, level: str = "1 – ") -> None:
    await open_(phone, "Whom a promise helps")
    await phone.tap("The road")
    await phone.send("Women who walk to the clinic")
    await phone.tap("Nobody that we know of")
    await phone.tap(level)
    await phone.send("It is mostly they who walk")
    if not level.startswith("0"):
        await phone.send("Women who reach the clinic in half an hour")
        await phone.send("12 of 60")
    await phone.tap("Yes, propose it")


async def test_the_focal_point_confirms_and_everybody_reads_both(valley: Valley) -> None:
    leader, eka = await valley.member("lela", Role.LEADER), await focal_point(valley)
    nino = await valley.resident("nino")
    await official(valley)
    await write_down(leader)
    await propose(leader)
    assert "The municipality has not answered to this yet." in await read(nino)
    assert "Women who walk to the clinic" in (await eka.last()).text
    await eka.tap("Yes, I confirm it")
    page = await read(nino)
    assert "as the group sees it: 1 – brings equality too. It is mostly they who walk" in page
    assert "Today: 12 of 60" in page
    assert "confirms it (gender focal point of Dzeveri)" in page
    async with valley.town.engine.connect() as db:
        assert await verify(db) is None


async def test_who_sees_it_otherwise_says_why_and_the_groups_words_stay(valley: Valley) -> None:
    leader, eka = await valley.member("lela", Role.LEADER), await focal_point(valley)
    await official(valley)
    await write_down(leader)
    await propose(leader)
    await eka.tap("No, I see it otherwise")
    assert not any("1 – " in text for text, _data in (await eka.last()).buttons)
    await eka.tap("0 – ")
    await eka.send("The road serves all alike")
    page = await read(leader)
    assert "as the group sees it: 1 – " in page
    assert "says otherwise (gender focal point of Dzeveri): 0 – not about equality. The road serves all alike" in page


async def test_a_later_proposal_waits_again_and_an_answer_to_the_first_is_refused(valley: Valley) -> None:
    leader, eka = await valley.member("lela", Role.LEADER), await focal_point(valley)
    await official(valley)
    await write_down(leader)
    await propose(leader)
    await propose(leader, "0 – ")
    assert "changed its proposal" in (await eka.tap("Yes, I confirm it")).text
    assert "has not answered to this yet" in await read(leader)
    assert len(await valley.rows(select(promise_events).where(promise_events.c.kind == "marker"))) == 2


async def test_neither_a_resident_nor_an_official_of_another_office_answers(valley: Valley) -> None:
    leader = await valley.member("lela", Role.LEADER)
    await official(valley)
    await write_down(leader)
    await propose(leader)
    day, now = valley.today(), valley.town.clock.now()
    for name in ("gio", "lela"):
        told: dict[str, Any] = {"promise_id": 1, "person_id": await valley.person(name), "number": 2}
        async with valley.town.engine.connect() as db:
            with pytest.raises(Refused) as refused:
                await promise_markers.answer(db, **told, said=(Level.NOT, None), on=day, now=now)
        assert refused.value.facts == {"action": Action.ANSWER_MARKER}
