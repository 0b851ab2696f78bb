"""Grants: a call opens, a group applies with a surveyed need, the committee decides, and the village hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from domain.grants import Party, Stage, Step, Terms
from domain.people import Role, new_token
from domain.refusal import Refused
from scheduler import grant_reminders
from storage import grant_applications, grant_links, grant_needs, grants
from storage.grant_links import Link
from storage.grants import New
from storage.tables.grants import grant_calls, grant_events, grant_tellers
from storage.tables.polls import needs
from tests.stories.test_brief import agreed_list
from tests.stories.test_desk import BRIDGE
from tests.stories.valley import ARAGULI, HILL, VALLEY, ZEMO, Valley
from tests.town import TBILISI, Phone

TOKEN = "t" * 32


async def opened(valley: Valley, **other: Any) -> int:
    """By a coordinator, for the valley and needs of every kind."""
    await valley.coordinator()
    said: dict[str, Any] = {"funder": "Fund", "name": "Villages", "amount": 50_000, "criteria": "Who suffers most"}
    said |= {"deadline": valley.today() + timedelta(days=30), "communities": [VALLEY], "points": 10, **other}
    now, by = valley.town.clock.now(), await valley.person("cora")
    async with valley.town.engine.begin() as db:
        call_id = await grants.open_(db, new=New(**said), by=by, now=now, today=valley.today())
        await grant_links.invite(db, call_id=call_id, name="Irma K.", token=TOKEN, by=by, now=now)
    await valley.town.worker.drain()
    return call_id


async def link(valley: Valley, token: str = TOKEN) -> Link | None:
    async with valley.town.engine.connect() as db:
        return await grant_links.opened(db, token=token, now=valley.town.clock.now())


async def planned(valley: Valley) -> Phone:
    """The bridge stands on the agreed list, and the group has said that it will apply with it."""
    await agreed_list(valley)
    lela = await valley.member("lela", Role.LEADER)
    await opened(valley)
    await lela.send("/menu")
    await lela.tap("Grants for our needs")
    await lela.tap("Fund: Villages")
    for label in (BRIDGE[:20], "Done", "Yes"):
        await lela.tap(label)
    return lela


async def applied(valley: Valley) -> Phone:
    """And has sent it in."""
    lela = await planned(valley)
    for label in ("We have sent it in", "Today", "Without a document", "Yes"):
        await lela.tap(label)
    return lela


async def decide(valley: Valley, stage: Stage, amount: int | None = None, reason: str = "") -> None:
    here = await link(valley)
    assert here is not None
    step = Step(stage, Party.COMMITTEE, valley.today(), amount, reason)
    who: dict[str, Any] = {"link": here, "now": valley.town.clock.now(), "today": valley.today()}
    async with valley.town.engine.begin() as db:
        await grant_applications.decide(db, application_id=1, step=step, **who)
    await valley.town.worker.drain()


async def test_a_coordinator_opens_a_call_in_chat_and_lets_the_committee_in(valley: Valley) -> None:
    cora, lela = await valley.coordinator(), await valley.member("lela", Role.LEADER)
    await cora.send("/menu")
    await cora.tap("More")
    await cora.tap("Grant calls")
    await cora.tap("A new call")
    for words in ("Fund", "Villages", "50000", "Who suffers most"):
        await cora.send(words)
    await cora.send((valley.today() + timedelta(days=30)).strftime("%d.%m.%Y"))
    for label in ("For some", "Valley", "Done", "For some kinds", "Roads", "Done", "10", "Yes, open it"):
        await cora.tap(label)
    assert "gets 10 points more, of a hundred" in (await cora.last()).text
    heard = "\n".join(await lela.texts())
    assert "Money in the whole call: 50\u00a0000 lari" in heard
    await cora.tap("A link for somebody")
    await cora.send("Irma K.")
    [address] = [words for words in await cora.texts() if "/committee/" in words]
    token = address.rsplit("/", 1)[-1]
    assert await link(valley, token) is not None
    assert "● Irma K. – until" in (await cora.last()).text
    await cora.tap("Take a link back")
    await cora.tap("Irma K.")
    assert await link(valley, token) is None


async def test_from_the_application_to_what_was_done_and_the_village_hears_each_once(valley: Valley) -> None:
    nino = await valley.resident("nino")
    lela = await applied(valley)
    assert "sent in" in (await lela.last()).text
    await decide(valley, Stage.LATER)
    await decide(valley, Stage.GRANTED, 9_000, "A bridge is for everybody")
    with pytest.raises(Refused, match="already_decided"):
        await decide(valley, Stage.GRANTED, 9_000, "A bridge is for everybody")
    heard = [words for words in await nino.texts() if "Fund" in words]
    assert len(heard) == 2
    assert "Fund gives 9\u00a0000 lari for what your village needs. “Valley group” had applied for" in heard[1]
    assert "A bridge is for everybody" in heard[1]
    assert BRIDGE in heard[1]
    await lela.send("/menu")
    await lela.tap("Grants for our needs")
    await lela.tap("granted")
    await lela.tap("The money has come")
    await lela.tap("Today")
    await lela.send("9 000")
    await lela.tap("Without a document")
    await lela.tap("Yes")
    for label in ("It is done", "Today"):
        await lela.tap(label)
    await lela.document("ref-1", "receipt.pdf", size=10)
    await lela.tap("Yes")
    await lela.tap("Our documents")
    [paper] = [each for each in await lela.messages() if each.raw.get("document")]
    assert paper.text == "2 March 2026: done"
    assert "It is done, with the grant of Fund" in "\n".join(await nino.texts())
    await nino.send("/menu")
    await nino.tap("Grants by need")
    shown = next(words for words in await nino.texts() if "Grants for what people here need" in words)
    assert BRIDGE in shown
    assert "Fund, 9\u00a0000 lari, 2 March 2026 – done" in shown


async def surveyed(valley: Valley, terms: Terms | None = None) -> list[tuple[int | None, str | None]]:
    every = terms or Terms(1, valley.today())
    async with valley.town.engine.connect() as db:
        found = await grant_needs.open_needs(db, villages=[ARAGULI, ZEMO], terms=every, today=valley.today())
    return [(each.place, each.words) for each in found]


async def test_a_committee_sees_needs_of_its_kinds_without_money_and_words_only_once_released(valley: Valley) -> None:
    await applied(valley)
    assert await surveyed(valley) == [(1, BRIDGE)]
    assert await surveyed(valley, Terms(1, valley.today(), frozenset({"water"}))) == []
    async with valley.town.engine.begin() as db:
        await db.execute(update(needs).values(state="told"))
    assert await surveyed(valley) == [(1, None)]
    await decide(valley, Stage.GRANTED, 9_000)
    assert await surveyed(valley) == []


async def test_what_one_may_not_do(valley: Valley) -> None:
    await applied(valley)
    nino, by = await valley.resident("nino"), await valley.person("nino")
    cora, lela = await valley.person("cora"), await valley.person("lela")
    now, today = valley.town.clock.now(), valley.today()
    new = New("Fund", "Other", 5, "None", today, [HILL])
    async with valley.town.engine.begin() as db:
        call = await grants.call(db, call_id=1)
        with pytest.raises(Refused, match="not_allowed"):
            await grants.open_(db, new=new, by=by, now=now, today=today)
        with pytest.raises(Refused, match="not_allowed"):
            await grant_applications.choices(db, call=call, group_id=1, by=by, today=today)
        other = await grants.open_(db, new=new, by=cora, now=now, today=today)
        token = new_token()
        await grant_links.invite(db, call_id=other, name="Zaza", token=token, by=cora, now=now)
        hill = await grant_links.opened(db, token=token, now=now)
        assert hill is not None
        step = Step(Stage.REFUSED, Party.COMMITTEE, today)
        with pytest.raises(Refused, match="gone"):  # of another call
            await grant_applications.decide(db, application_id=1, step=step, link=hill, now=now, today=today)
        elsewhere = await grants.call(db, call_id=other)
        with pytest.raises(Refused, match="grant_elsewhere"):
            await grant_applications.choices(db, call=elsewhere, group_id=1, by=lela, today=today)
    await nino.send("/menu")
    assert not any("Grants" in label for label, _data in (await nino.last()).buttons)
    valley.town.clock.forward(timedelta(days=120))
    assert await link(valley) is None, "it expires"


async def test_what_was_told_stays_and_who_told_it_is_forgotten(valley: Valley) -> None:
    lela = await applied(valley)
    for statement in (delete(grant_events), update(grant_events).values(amount=1)):
        with pytest.raises(DBAPIError, match="only grows"):
            async with valley.town.engine.begin() as db:
                await db.execute(statement)
    await lela.send("/mydata")
    assert "2 things about grants" in "\n".join(await lela.texts())
    await lela.send("/forget")
    await lela.tap("Yes")
    cora = await valley.town.phone("cora")
    await cora.send("/forget")
    await cora.tap("Yes")
    assert await valley.rows(select(grant_tellers)) == []
    assert (await valley.rows(select(grant_calls.c.opened_by)))[0].opened_by is None
    assert len(await valley.rows(select(grant_events))) == 2


async def test_what_is_planned_and_not_sent_is_spoken_of_a_week_and_a_day_before(valley: Valley) -> None:
    lela = await planned(valley)
    town, told = valley.town, []
    for _day in range(32):
        town.clock.forward(timedelta(days=1))
        for _twice in range(2):
            async with town.engine.begin() as db:
                await grant_reminders.sweep(db, town.clock.now(), TBILISI)
        await town.worker.drain()
        heard = [words for words in await lela.texts() if "planned an application and not sent it" in words]
        told.append(len(heard))
    assert [at for at, many in enumerate(told, 1) if many > ([0, *told][at - 1])] == [23, 29]
    assert told[-1] == 2
