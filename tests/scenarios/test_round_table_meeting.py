"""A round table: written down in the hall on a small phone whose connection drops twice, then its minutes arrive."""

from __future__ import annotations

import os
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect
from sqlalchemy import select

from conversations.catalogue import everything
from domain.meetings.entries import Verb
from domain.meetings.record import ReadBack, Record, Side, State
from domain.people import Role, Sex, new_token
from storage import meetings, minutes, minutes_delivery, passes
from storage.tables.promises import promises
from storage.tables.roles import roles
from tests.fakes.telegram_server import telegram_server
from tests.fakes.viber_files import viber_files
from tests.fakes.viber_server import viber_server
from tests.phones.web import browser
from tests.scenarios import minutes as papers
from tests.scenarios.handsets import on_telegram, on_viber
from tests.scenarios.letters import Letters
from tests.scenarios.program import Program, program
from tests.stories.valley import ARAGULI, MUNICIPALITY, VALLEY, Valley
from tests.town import TBILISI, Town

WORDS = "ხიდს გაზაფხულამდე შევაკეთებთ"
ISSUE = {"village_id": ARAGULI, "community_id": VALLEY, "place": 1, "minutes": 20, "asked": "ხიდის შეკეთება"}
ITEMS = [
    {"id": "item-road-1", "need_id": 1, "kind": "roads", "words": "ხიდი ჩატეხილია", **ISSUE},
    {"id": "item-water", "need_id": 2, "kind": "water", "words": "სკოლაში წყალი არ არის", **ISSUE},
]


async def planned(running: Program, nana: int, mayor: int | None = None) -> int:
    """With its agenda and one invited official; the secretary is a member of the group."""
    now = running.clock.now()
    async with running.days.write.begin() as db:
        meeting_id = await meetings.make(
            db,
            municipality_id=MUNICIPALITY,
            community_ids=[VALLEY],
            place="ძევერის მერია, დიდი დარბაზი",
            starts_at=now,
            by=nana,
            secretary=nana,
            now=now,
        )
        guest: dict[str, Any] = {"guest": "guest-mayor", "name": papers.MAYOR, "office": "მერი", "branch": "executive"}
        if mayor is not None:
            guest["role_id"] = mayor
        for verb, body in ((Verb.AGENDA, {"items": ITEMS}), (Verb.INVITED, guest)):
            await meetings.note(db, meeting_id=meeting_id, verb=verb, body=body, by=nana, now=now)
    return meeting_id


async def gathered(stack: AsyncExitStack, database_url: str, media: Path) -> papers.Hall:
    """The secretary and a member of the group on Telegram, the mayor on Viber."""
    telegram = await stack.enter_async_context(telegram_server())
    viber = await stack.enter_async_context(viber_server())
    files = await stack.enter_async_context(viber_files())
    apis = {"telegram_api": telegram.address, "viber_api": viber.address}
    running = await stack.enter_async_context(program(database_url, media, **apis, public=True))
    await viber.hooked()
    await Valley(Town(running.days.write, everything(), running.clock)).settle()
    letters = Letters(running.engine)
    one, two, three = (
        on_telegram(telegram, running, 7001, "ka"),
        on_viber(viber, files, running, 1, "ka"),
        on_telegram(telegram, running, 7002, "ka"),
    )
    nana, by = await papers.known(running, "nana", one, letters, papers.leader())
    gia, chair = await papers.known(running, "gia", two, letters, papers.mayor(running))
    manana, guest = await papers.known(running, "manana", three, letters, papers.member())
    async with running.engine.connect() as db:
        role = (await db.execute(select(roles.c.id).where(roles.c.person_id == chair))).scalar_one()
    hall = papers.Hall(running, await planned(running, by, role), nana, gia, manana, by)
    await hall.note(Verb.CHAIRED, by, chair=papers.MAYOR, secretary="ნანა")
    here = {"name": papers.MEMBER, "side": "community", "sex": "woman", "by_code": True}
    await hall.note(Verb.ATTENDED, guest, **here)
    return hall


async def desk(page: Page, running: Program, meeting_id: int, nana: int) -> None:
    token = new_token()
    async with running.days.write.begin() as db:
        await passes.give(db, person_id=nana, token=token, now=running.clock.now())
    await page.goto(f"{running.address}/workspace/in?pass={token}&to=/workspace/meeting/{meeting_id}")
    await page.get_by_role("button").first.click()
    await expect(page.locator("body[data-ready] #line")).to_be_visible()


async def read(running: Program, meeting_id: int) -> Record:
    async with running.engine.connect() as db:
        return await meetings.read(db, meeting_id=meeting_id, zone=TBILISI)


async def picture(page: Page, name: str) -> None:
    """Only where somebody wants to look: MRGVALI_PICTURES names the folder."""
    if folder := os.environ.get("MRGVALI_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def spoken(form: Locator) -> None:
    """Beside the words, while nothing can be sent."""
    await form.locator(".record").click()
    await expect(form.locator(".record[aria-pressed=true]")).to_be_visible()
    await form.locator(".record").click()
    await expect(form.locator(".recorded")).to_be_visible()


async def in_the_room(page: Page) -> None:
    """What is entered, while the connection drops in the middle and once more at the end."""
    sent = page.locator("#line:not(.waiting)")
    await page.locator("[data-verb=opened]").click()
    await page.locator("li.invited button").nth(1).click()
    await expect(page.locator("li.invited")).to_have_count(0)
    item = page.locator("[data-item=item-road-1]")
    await item.locator("> summary").click()
    await page.context.set_offline(True)
    for do in await item.locator(".do > summary").all():
        await do.click()
    presented = item.locator("form[data-verb=presented]")
    await presented.locator("[name=name]").fill("ნინო")
    await presented.locator("[name=sex]").select_option("woman")
    await presented.locator("button").click()
    promised = item.locator("form[data-verb=promised]")
    await promised.locator("[name=name]").fill("გია მაისურაძე")
    await promised.locator("[name=words]").fill(WORDS)
    await promised.locator("[name=due]").select_option("soon")
    await spoken(promised)
    await promised.locator("button.main").click()
    await expect(page.locator("#waiting .kept")).to_have_count(2)
    await page.context.set_offline(False)
    await expect(sent).to_be_visible()
    await expect(item.locator(".promise.vague")).to_contain_text(WORDS)
    await expect(item.locator(".promise audio")).to_have_count(1)
    answered = item.locator("form[data-verb=answered]")
    await page.context.set_offline(True)
    await answered.locator("[name=answer]").select_option("partly")
    await answered.locator("[name=counted]").select_option("budget")
    await answered.locator("[name=year]").fill("2027")
    await answered.locator("button").click()
    await item.locator(".promise .tap button.main").click()
    await picture(page, "meeting-offline")
    await page.context.set_offline(False)
    await expect(sent).to_be_visible()


async def test_what_the_hall_said_is_kept_though_the_connection_drops_twice(database_url: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(program(database_url, tmp_path, public=True))
        valley = Valley(Town(running.days.write, everything(), running.clock))
        await valley.settle()
        await valley.resident("nana", language="ka")
        await valley.grant("nana", Role.LEADER, group_id=1)
        nana = await valley.person("nana")
        meeting_id = await planned(running, nana)
        opened = await stack.enter_async_context(browser())
        page = await (await opened.new_context(viewport={"width": 360, "height": 740}, locale="ka-GE")).new_page()
        await desk(page, running, meeting_id, nana)
        await in_the_room(page)
        await picture(page, "meeting-after")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360

        record = await read(running, meeting_id)
        assert record.state is State.OPEN
        assert [each.name for each in record.attendees] == ["გია მაისურაძე"]
        road = record.items[0]
        assert road.presented_by is not None
        assert road.presented_by.sex is Sex.WOMAN
        [promise] = road.promises
        assert (tmp_path / promise.voice).stat().st_size > 0
        assert (promise.words, promise.office, promise.read_back) == (WORDS, "მერი", ReadBack.CONFIRMED)
        answer = road.answer_of(Side.EXECUTIVE)
        assert answer is not None
        assert answer.year == 2027
        assert record.spoke() == {Sex.WOMAN: 1, Sex.MAN: 1}


async def closed(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    await page.locator("#close").click()
    await expect(page.locator("#close")).to_be_disabled()
    await expect(page.locator("#line:not(.waiting)")).to_be_visible()


async def test_minutes_are_amended_locked_and_received_on_two_channels(database_url: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        hall = await gathered(stack, database_url, tmp_path)
        opened = await stack.enter_async_context(browser())
        page = await (await opened.new_context(viewport={"width": 360, "height": 740}, locale="ka-GE")).new_page()
        await desk(page, hall.program, hall.meeting, hall.secretary)
        await in_the_room(page)
        await closed(page)
        assert (await read(hall.program, hall.meeting)).state is State.CLOSED
        await papers.opened(hall)
        await papers.one_is_taken_in(hall)
        await papers.one_is_refused(hall)
        await papers.locked(hall)
        await papers.received(hall)

        async with hall.program.engine.connect() as db:
            version = await minutes.newest(db, meeting_id=hall.meeting)
            kept = list(await db.execute(select(promises.c.words, promises.c.speaker, promises.c.office)))
            sheet = await minutes_delivery.sheet(db, meeting_id=hall.meeting, by=hall.secretary)
        assert version is not None
        fates = [(each["words"], each["accepted"], each["reason"]) for each in version.body["amendments"]]
        assert fates == [(papers.APRIL, True, ""), (papers.WEEK, False, papers.OTHERWISE)]
        assert [tuple(each) for each in kept] == [(WORDS, papers.MAYOR, "მერი")]
        there = {each.received_by for each in sheet if each.received_at is not None}
        assert papers.MAYOR in there
        assert len(there) == 2
