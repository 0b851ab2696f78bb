"""The table for women and men goes to those who decide: two by chat, one by a personal page, until they say so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.budget_sending import Occasion
from domain.people import Action
from domain.refusal import Refused
from scheduler import budget_sendings as sweep
from storage import budget_receivers, budget_sendings
from storage.tables.gender_budgets import budget_deliveries
from tests.stories.test_budget_look import at, moment
from tests.stories.test_gender_table import year_of_two
from tests.stories.test_marker import open_
from tests.stories.valley import MUNICIPALITY, Valley
from tests.stories.workshop import Bench
from tests.town import TBILISI, Phone


@pytest.fixture
def registry() -> Registry:
    return everything()


@pytest.fixture
def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path / "media")


async def swept(valley: Valley) -> None:
    async with valley.town.engine.begin() as db:
        await sweep.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def name(cora: Phone, body: str, *who: str) -> str:
    await cora.tap("Name somebody")
    await cora.tap(body)
    await cora.tap(who[0])
    for words in who[1:]:
        await cora.send(words)
    return "\n".join(shown.text for shown in await cora.messages())


async def test_the_table_goes_out_before_the_remarks_and_each_says_that_they_have_it(bench: Bench) -> None:
    valley = bench.valley
    _leader, eka = await year_of_two(bench)
    cora = await valley.coordinator()
    await at(valley, moment(11, 18))
    await swept(valley)
    assert "until 25 November" in (await cora.last()).text
    await cora.tap("Send it")
    assert "It has not been sent yet." in (await cora.last()).text
    await name(cora, "Gender equality council", "Eka")
    said = await name(cora, "Finance department", "Somebody without", "Gia M.", "head of finances")
    token = said.partition("https://mrgvali.example.ge/budget/")[2].split()[0]
    await cora.tap("Send the table")
    assert "Promises: 2. With a marker: 1." in (await cora.tap("2027")).text
    await cora.tap("Yes, send it")
    assert "received by 0 of 2" in (await bench.work(cora)).text
    assert "Please press once you have it" in (await eka.last()).text

    valley.town.clock.forward(timedelta(days=1))
    await swept(valley)
    await swept(valley)  # one a day
    reminders = [each for each in await eka.messages() if "Please press once you have it" in each.text]
    assert len(reminders) == 2
    assert "for which office" in (await eka.tap("I have it")).text
    valley.town.clock.forward(timedelta(days=1))
    await swept(valley)
    assert "for which office" in (await eka.last()).text

    async with valley.town.engine.begin() as db:
        found = await budget_sendings.by_link(db, token=token)
        assert found is not None
        who, sent = found
        assert (who.name, sorted(sent[0].sending.files)) == (
            "Gia M.",
            [f"women-and-men-2027-draft-{each}" for each in ("en.pdf", "en.xlsx", "ka.pdf", "ka.xlsx")],
        )
        await budget_sendings.receive(db, ids=[sent[0].id], name="Gia M.", office="", now=valley.town.clock.now())
    await open_(cora, "Send the budget")
    page = (await cora.last()).text
    assert "received by 2 of 2" in page
    assert "✓ Gender equality council: Eka, gender focal point of Dzeveri, 19 November 2026" in page
    assert "✓ Finance department: Gia M., 20 November 2026" in page
    await swept(valley)
    assert "until 25 November" not in (await cora.last()).text  # it was sent: nobody is asked to


async def test_only_the_desk_names_and_sends_and_to_nobody_it_does_not_go(valley: Valley) -> None:
    await valley.coordinator()
    await valley.resident("nino")
    now, cora, nino = valley.town.clock.now(), await valley.person("cora"), await valley.person("nino")
    async with valley.town.engine.connect() as db:
        with pytest.raises(Refused) as refused:
            await budget_receivers.require(db, municipality_id=MUNICIPALITY, by=nino)
        assert refused.value.facts == {"action": Action.SEND_BUDGET}
        told: dict[str, Any] = {"municipality_id": MUNICIPALITY, "year": 2027, "files": {}, "by": cora, "now": now}
        with pytest.raises(Refused, match="nobody_named"):
            await budget_sendings.send(db, occasion=Occasion.DRAFT, **told)
    assert await valley.rows(select(budget_deliveries)) == []
