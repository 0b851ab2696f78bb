"""The committee's page by HTTP: needs without money, a preference, a decision; and nothing else of the program."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from bot.bell import LocalBell
from bot.channels.webchat import WebChat
from bot.web.app import build
from bot.web.site import Site
from storage import grant_links, grants
from storage.grants import New
from storage.tables.polls import needs
from tests.stories.test_desk import BRIDGE
from tests.stories.test_grants import TOKEN, applied
from tests.stories.valley import HILL, Valley

HERE = f"/committee/{TOKEN}"


@asynccontextmanager
async def browser(valley: Valley, media: Path) -> AsyncIterator[httpx.AsyncClient]:
    town = valley.town
    chat = WebChat("web", media)
    site = Site(town.engine, town.engine, town.inbox, chat, LocalBell(), town.clock, media)
    transport = httpx.ASGITransport(app=build(site))
    async with httpx.AsyncClient(transport=transport, base_url="http://mrgvali.test", follow_redirects=True) as found:
        yield found


@pytest.fixture
async def irma(valley: Valley, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    await applied(valley)
    async with browser(valley, tmp_path / "media") as found:
        yield found


async def elsewhere(valley: Valley) -> None:
    """A call for the hill alone, and somebody who decides of it."""
    now, by, today = valley.town.clock.now(), await valley.person("cora"), valley.today()
    new = New("Fund", "Hills", 5, "None", today, [HILL])
    async with valley.town.engine.begin() as db:
        call_id = await grants.open_(db, new=new, by=by, now=now, today=today)
        await grant_links.invite(db, call_id=call_id, name="Zaza", token="h" * 32, by=by, now=now)


def form(**other: str) -> dict[str, str]:
    said = {"application": "1", "decision": "granted", "amount": "9 000", "day": "2026-03-02", "reason": "For all <b>"}
    return {**said, **other}


async def test_a_preference_and_a_decision_are_written_down_and_the_village_hears(
    valley: Valley, irma: httpx.AsyncClient
) -> None:
    nino = await valley.resident("nino")
    page = await irma.get(HERE, params={"lang": "en"})
    assert "This page is for you alone: Irma K.</p>" in page.text
    assert "place 1 on the village&#39;s agreed list" in page.text
    assert "By your rule: no points more" in page.text, "without sealed evidence"
    assert "The bridge by Zurab&#39;s house is broken" in page.text
    ruled = await irma.post(f"{HERE}/rule?lang=en", data={"points": "15"})
    assert "gets 15 points more, of a hundred" in ruled.text
    wrong = await irma.post(f"{HERE}/decision?lang=en", data=form(amount="60000"))
    assert wrong.status_code == 409
    assert "at most 50000 lari" in wrong.text
    assert 'value="60000"' in wrong.text, "what was typed stays"
    done = await irma.post(f"{HERE}/decision?lang=en", data=form())
    assert "granted, 9\u00a0000 lari (the committee). For all &lt;b&gt;" in done.text
    assert BRIDGE not in done.text.split("Surveyed needs that have no money yet")[1]
    late = await irma.post(f"{HERE}/rule?lang=en", data={"points": "5"})
    assert "The rule stands" in late.text
    await valley.town.worker.drain()
    assert "Fund gives 9\u00a0000 lari" in "\n".join(await nino.texts())


async def test_what_is_not_the_committees_is_not_shown_and_bad_input_gets_a_sentence(
    valley: Valley, irma: httpx.AsyncClient
) -> None:
    async with valley.town.engine.begin() as db:
        await db.execute(update(needs).values(state="told"))
    page = await irma.get(HERE, params={"lang": "en", "page": "9" * 5000})
    assert "Zurab" not in page.text, "words that nobody released"
    assert (await irma.get(f"/committee/{'x' * 32}")).status_code == 404
    await elsewhere(valley)
    hill = await irma.get(f"/committee/{'h' * 32}?lang=en")
    assert "Mta" not in hill.text
    assert "Araguli" not in hill.text, "needs of another call's communities"
    assert "Valley group" not in hill.text
    foreign = await irma.post(f"{HERE}/decision", data=form(), headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    for other in (
        {"application": "7"},
        {"decision": "done"},
        {"decision": ""},
        {"day": "x"},
        {"day": "2027-01-01"},
        {"amount": ""},
        {"reason": "a" * 501},
    ):
        assert (await irma.post(f"{HERE}/decision?lang=en", data=form(**other))).status_code == 409, other
    for points in ("31", "", "-1", "x"):
        assert (await irma.post(f"{HERE}/rule?lang=en", data={"points": points})).status_code == 409
    async with valley.town.engine.connect() as db:
        assert (await grants.call(db, call_id=1)).points == 10
    assert (await irma.get(f"{HERE}/annex/123456789012/evidence.pdf")).status_code == 404
    valley.town.clock.forward(timedelta(days=120))
    assert (await irma.get(HERE)).status_code == 404


async def test_the_board_shows_for_which_needs_money_was_given(valley: Valley, irma: httpx.AsyncClient) -> None:
    before = await irma.get("/board/village/araguli?lang=en")
    await irma.post(f"{HERE}/decision?lang=en", data=form())
    for place in ("village/araguli", "municipality/dzeveri"):
        page = await irma.get(f"/board/{place}?lang=en")
        assert "Grants by need" in page.text
        assert "The bridge by Zurab&#39;s house is broken" in page.text
        assert "Fund, 9\u00a0000 lari, 2 March 2026 – granted" in page.text
    data = (await irma.get("/board/village/araguli.json?lang=en")).json()
    assert [(one["amount"], one["stage"]) for one in data["grants"]] == [(9_000, "granted")]
    async with valley.town.engine.begin() as db:
        await db.execute(update(needs).values(state="told"))
    unreleased = await irma.get("/board/village/araguli?lang=en")
    assert "Fund" in unreleased.text
    assert "Zurab" not in unreleased.text
    assert "Grants by need" not in before.text
