"""The workspace: in by a link that opens once, sorting with forms alone, and with a mouse."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import insert, select, update

from domain.people import new_token
from storage import heads, passes
from storage.tables.people import people
from storage.tables.places import communities, municipalities, villages
from storage.tables.polls import answers, needs, poll_villages, polls, supports
from storage.tables.roles import roles
from storage.tables.sorting import sortings
from tests.bot.web.village import Village

SORT = "/workspace/1/1"
TOLD = ("The bridge is broken", "The bridge is broken again", "It is dark at night")


@pytest.fixture
async def told(served: Village) -> Village:
    """Three needs of one village, and a coordinator."""
    now = served.clock.now()
    today = now.date()
    async with served.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერი", name_en="Dzeveri"))
        await db.execute(insert(communities).values(municipality_id=1, name_ka="ხეობა", name_en="Valley"))
        await db.execute(insert(villages).values(community_id=1, code="araguli", name_ka="არაგული", name_en="Araguli"))
        await db.execute(insert(people).values(created_at=now, language="en"))
        await db.execute(insert(roles).values(person_id=1, role="coordinator", granted_at=now))
        await db.execute(insert(polls).values(opens=today, closes=today, opened_by=1, created_at=now))
        await db.execute(insert(poll_villages).values(poll_id=1, village_id=1))
        where = {"poll_id": 1, "village_id": 1}
        for words in TOLD:
            answer = {**where, "origin": "telegram", "state": "complete", "sex": "woman", "answered_at": now}
            need = {**where, "kind": "roads", "words": words, "state": "told", "photo_state": "told", "told_at": now}
            answer_id = (await db.execute(insert(answers).values(**answer).returning(answers.c.id))).scalar_one()
            need_id = (await db.execute(insert(needs).values(**need).returning(needs.c.id))).scalar_one()
            await db.execute(insert(supports).values(need_id=need_id, answer_id=answer_id))
    return served


async def link(village: Village) -> str:
    token = new_token()
    async with village.write.begin() as db:
        await passes.give(db, person_id=1, token=token, now=village.clock.now())
    return token


@pytest.fixture
async def desk(told: Village) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=told.base, timeout=30, follow_redirects=True) as http:
        await http.post("/workspace/in", data={"pass": await link(told)})
        yield http


async def standing(village: Village) -> dict[int, tuple[int, ...]]:
    async with village.site.read.connect() as db:
        return {head.id: head.needs for head in await heads.heads(db, poll_id=1, village_id=1)}


async def post(desk: httpx.AsyncClient, **form: object) -> httpx.Response:
    page = (await desk.get(SORT)).text
    hidden = dict(re.findall(r'name="(token|at)" value="([^"]*)"', page))
    return await desk.post(SORT, data={**hidden, **form})


async def test_a_link_opens_once_and_not_by_being_looked_at(told: Village) -> None:
    token = await link(told)
    async with httpx.AsyncClient(base_url=told.base, timeout=30, follow_redirects=True) as http:
        assert "Come in" in (await http.get(f"/workspace/in?pass={token}&lang=en")).text
        assert "The bridge is broken" not in (await http.get(SORT)).text
        assert "Araguli" in (await http.post("/workspace/in", data={"pass": token})).text
    async with httpx.AsyncClient(base_url=told.base, timeout=30, follow_redirects=True) as other:
        answer = await other.post("/workspace/in?lang=en", data={"pass": token})
        assert (answer.status_code, "used or is too old" in answer.text) == (403, True)
        assert (await other.get(SORT)).status_code == 401


async def test_twins_stand_beside_a_new_need_and_are_joined(told: Village, desk: httpx.AsyncClient) -> None:
    page = (await desk.get(SORT)).text
    assert page.index("The bridge is broken") < page.index("Is it the same as one of these?")
    answer = await post(desk, do="join", head=2, into=1, why="by the school")
    assert "They are one need now" in answer.text
    assert "Because: by the school" in answer.text
    assert await standing(told) == {1: (1, 2), 3: (3,)}
    undone = await post(desk, do="undo", act=1)
    assert "Everybody stands where they stood before" in undone.text
    assert await standing(told) == {1: (1,), 2: (2,), 3: (3,)}


async def test_every_change_of_a_need_is_a_form(told: Village, desk: httpx.AsyncClient) -> None:
    await post(desk, do="name", head=1, name="The bridge to the school", kind="safety", level="municipal")
    await post(desk, do="split", head=3, name="Light at the bus stop", kind="lighting")
    await post(desk, do="stand", head=2, standing="out", reason="done")
    page = (await desk.get(SORT)).text
    assert "🛟 Safety: The bridge to the school" in page
    assert "💡 Lighting: Light at the bus stop" in page
    assert "Not for the list: it has been done already" in page
    found = (await desk.get(SORT, params={"q": "SCHOOL"})).text
    assert ("Light at the bus stop</h3>" in found, "to the school</h3>" in found) == (False, True)


async def test_what_somebody_else_changed_meanwhile_is_not_undone(told: Village, desk: httpx.AsyncClient) -> None:
    page = (await desk.get(SORT)).text
    hidden = dict(re.findall(r'name="(token|at)" value="([^"]*)"', page))
    await post(desk, do="new", head=1)
    answer = await desk.post(SORT, data={**hidden, "do": "join", "head": "2", "into": "1"})
    assert (answer.status_code, "Somebody else has just changed" in answer.text) == (409, True)
    assert len(await standing(told)) == 3


@pytest.mark.parametrize("form", [{"token": "forged"}, {"do": "burn"}, {"head": "x"}, {"head": "99"}, {"into": "²"}])
async def test_a_forged_form_changes_nothing(told: Village, desk: httpx.AsyncClient, form: dict[str, str]) -> None:
    answer = await post(desk, **({"do": "join", "head": "2", "into": "1"} | form))
    assert answer.status_code in (400, 403)
    assert len(await standing(told)) == 3


async def test_another_site_cannot_post_with_the_cookie(told: Village, desk: httpx.AsyncClient) -> None:
    answer = await desk.post(SORT, data={"do": "new", "head": "1"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


async def test_a_role_that_ended_shuts_the_desk_at_once(told: Village, desk: httpx.AsyncClient) -> None:
    async with told.write.begin() as db:
        await db.execute(update(roles).values(ended_at=told.clock.now()))
    assert (await desk.get(SORT)).status_code == 404
    async with told.write.begin() as db:
        assert (await db.execute(select(sortings))).all() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_with_a_mouse_and_with_keys_on_two_widths(told: Village, browser: Browser) -> None:
    page = await (await browser.new_context(viewport={"width": 1280, "height": 900})).new_page()
    await page.goto(f"{told.base}/workspace/in?pass={await link(told)}&lang=en")
    await page.get_by_role("button", name="Come in").press("Enter")
    card = page.locator("[data-new='3']")
    await card.get_by_role("button", name="It is a new one").press("Enter")
    await expect(page.get_by_role("status")).to_have_text("It stands as a need of its own.")
    await page.locator("[data-new='1'] h3").drag_to(page.locator("[data-head='3']"))
    await expect(page.get_by_role("status")).to_contain_text("They are one need now")
    assert await standing(told) == {3: (1, 3), 2: (2,)}
    await page.set_viewport_size({"width": 360, "height": 740})
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
