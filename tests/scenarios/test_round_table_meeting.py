"""A round table as the secretary writes it down in the hall, on a small phone whose connection drops twice."""

from __future__ import annotations

import os
from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import Page, expect

from conversations.catalogue import everything
from domain.meetings.entries import Verb
from domain.meetings.record import ReadBack, Record, Side, State
from domain.people import Role, Sex, new_token
from storage import meetings, passes
from tests.phones.web import browser
from tests.scenarios.program import Program, program
from tests.stories.valley import ARAGULI, MUNICIPALITY, VALLEY, Valley
from tests.town import TBILISI, Town

WORDS = "ხიდს გაზაფხულამდე შევაკეთებთ"
ISSUE = {"village_id": ARAGULI, "community_id": VALLEY, "place": 1, "minutes": 20, "asked": "ხიდის შეკეთება"}
ITEMS = [
    {"id": "item-road-1", "need_id": 1, "kind": "roads", "words": "ხიდი ჩატეხილია", **ISSUE},
    {"id": "item-water", "need_id": 2, "kind": "water", "words": "სკოლაში წყალი არ არის", **ISSUE},
]


async def planned(valley: Valley, running: Program) -> int:
    """With its agenda and one invited official; the secretary is a member of the group."""
    await valley.resident("nana", language="ka")
    await valley.grant("nana", Role.LEADER, group_id=1)
    nana, now = await valley.person("nana"), running.clock.now()
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
        guest = {"guest": "guest-mayor", "name": "გია მაისურაძე", "office": "მერი", "branch": "executive"}
        for verb, body in ((Verb.AGENDA, {"items": ITEMS}), (Verb.INVITED, guest)):
            await meetings.note(db, meeting_id=meeting_id, verb=verb, body=body, by=nana, now=now)
    return meeting_id


async def desk(page: Page, valley: Valley, running: Program, meeting_id: int) -> None:
    token, nana = new_token(), await valley.person("nana")
    async with running.days.write.begin() as db:
        await passes.give(db, person_id=nana, token=token, now=running.clock.now())
    await page.goto(f"{running.address}/workspace/in?pass={token}&to=/workspace/meeting/{meeting_id}")
    await page.get_by_role("button").first.click()
    await expect(page.locator("#line")).to_be_visible()


async def read(running: Program, meeting_id: int) -> Record:
    async with running.engine.connect() as db:
        return await meetings.read(db, meeting_id=meeting_id, zone=TBILISI)


async def picture(page: Page, name: str) -> None:
    """Only where somebody wants to look: MRGVALI_PICTURES names the folder."""
    if folder := os.environ.get("MRGVALI_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


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
    await promised.locator("button").click()
    await expect(page.locator("#waiting .kept")).to_have_count(2)
    await page.context.set_offline(False)
    await expect(sent).to_be_visible()
    await expect(item.locator(".promise.vague")).to_contain_text(WORDS)
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
        meeting_id = await planned(valley, running)
        opened = await stack.enter_async_context(browser())
        page = await (await opened.new_context(viewport={"width": 360, "height": 740}, locale="ka-GE")).new_page()
        await desk(page, valley, running, meeting_id)
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
        assert (promise.words, promise.office, promise.read_back) == (WORDS, "მერი", ReadBack.CONFIRMED)
        answer = road.answer_of(Side.EXECUTIVE)
        assert answer is not None
        assert answer.year == 2027
        assert record.spoke() == {Sex.WOMAN: 1, Sex.MAN: 1}
