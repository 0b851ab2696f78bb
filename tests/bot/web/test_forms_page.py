"""What came of a form, on a page: for the desk with its files, for a group its own, for nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook
from playwright.async_api import Browser
from sqlalchemy import insert, update

from bot.form_jobs import drafted
from domain.forms.calls import Mode
from domain.forms.form import Form, compile_form
from domain.forms.session import Session
from domain.people import new_token
from storage import fills, form_calls, forms, passes
from storage.jsontext import dumps
from storage.tables.forms import form_calls as calls
from storage.tables.people import people
from storage.tables.places import communities, municipalities, villages
from storage.tables.roles import groups, roles
from tests.bot.web.village import Village
from tests.stories.forms import md

CORA, MANANA, NINO = 1, 2, 3
SURVEY = md(
    "select_one yn | water | Is there water in summer?",
    "select_multiple kinds | trees | Which trees grow here?",
    "integer | age | How old is the oldest tree?",
    "date | since | Since when do you live here?",
    "text | wish | What would you plant?",
    choices=("yn | yes | Yes, enough", "yn | no | Not enough", "kinds | fig | Fig & co", "kinds | plum | Plum"),
)
PROFILE = md(
    "begin group | people | People",
    "integer | homes | How many homes?",
    "text | elder | Who is the elder?",
    "end group | |",
    "begin group | water | Water",
    "text | spring | Where is the spring?",
    "end group | |",
)
SECRET = "A walnut for Zurab"


@pytest.fixture
async def settled(served: Village) -> Village:
    now = served.clock.now()
    async with served.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერი", name_en="Dzeveri"))
        await db.execute(insert(communities).values(municipality_id=1, name_ka="ხეობა", name_en="Valley"))
        await db.execute(insert(villages).values(community_id=1, code="araguli", name_ka="არაგული", name_en="Araguli"))
        await db.execute(insert(groups).values(community_id=1, name="Valley group", created_at=now))
        await db.execute(insert(people), [{"created_at": now, "language": "en"}] * 3)
        cora = {"person_id": CORA, "role": "coordinator", "municipality_id": 1, "granted_at": now}
        await db.execute(insert(roles).values(**cora))
        await db.execute(insert(roles).values(person_id=MANANA, role="member", group_id=1, granted_at=now))
    return served


async def put(village: Village, content: bytes, mode: Mode) -> tuple[int, int, Form]:
    """The call, the version, and the form."""
    draft, _minutes = drafted(content, "test.md", {}, ())
    now = village.clock.now()
    async with village.write.begin() as db:
        version_id, _known = await forms.keep(db, draft=draft, by=None, now=now)
        form_id = await forms.publish(db, version_id=version_id, by=None, now=now)
        group_id = None if mode is Mode.PERSON else 1
        where = {"community_id": 1, "group_id": group_id}
        call_id = await form_calls.open_(db, form_id=form_id, mode=mode, by=None, now=now, **where)
    return call_id, version_id, compile_form(draft.xform)


async def fill(
    village: Village,
    put_: tuple[int, int, Form],
    mode: Mode,
    given: dict[str, str],
    *,
    sex: str = "",
    done: bool = True,
) -> None:
    call_id, version_id, form = put_
    session, now = Session(form), village.clock.now()
    refs = {question.name: question.path for question in form.questions}
    for name, value in given.items():
        session.answer(refs[name], value)
    kept = dumps({"a": session.answers(), "seen": [refs[name] for name in given]})
    async with village.write.begin() as db:
        fill_id = await fills.begin(db, version_id=version_id, mode=mode, now=now, call_id=call_id)
        await fills.save(db, fill_id=fill_id, answers=kept, percent=50, now=now)
        if done:
            await fills.finish(db, fill_id=fill_id, sex=sex or None, now=now)


@pytest.fixture
async def survey(settled: Village) -> Village:
    """Twenty-five residents have answered call 1, and one has begun."""
    form = await put(settled, SURVEY, Mode.PERSON)
    for at in range(25):
        water, trees = "yes" if at < 12 else "no", "fig plum" if at < 6 else "fig"
        told = {"water": water, "trees": trees, "age": str(at), "since": f"20{at // 10}0-01-01", "wish": SECRET}
        await fill(settled, form, Mode.PERSON, told, sex="woman" if at % 2 else "man")
    await fill(settled, form, Mode.PERSON, {"water": "yes"}, done=False)
    return settled


@asynccontextmanager
async def visit(
    village: Village, person_id: int, to: str = "/workspace/forms/1"
) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """Through the door; the page that it leads to."""
    token = new_token()
    async with village.write.begin() as db:
        await passes.give(db, person_id=person_id, token=token, now=village.clock.now())
    async with httpx.AsyncClient(base_url=village.base, timeout=30, follow_redirects=True) as http:
        door = await http.get("/workspace/in", params={"pass": token, "to": to, "lang": "en"})
        assert f'value="{to}"' in door.text
        page = await http.post("/workspace/in", data={"pass": token, "to": to})
        yield http, page.text


async def close(village: Village) -> None:
    async with village.write.begin() as db:
        await db.execute(update(calls).values(closed_at=village.clock.now()))


async def test_an_open_form_is_shown_in_steps_and_without_words(survey: Village) -> None:
    async with visit(survey, CORA) as (_http, page):
        assert "25+ answers" in page
        assert "1 is unfinished and not counted." in page
        assert "<span>Yes, enough</span> <b>10+</b>" in page
        assert "<i class=" not in page, "women and men only once it is closed"
        assert "Fig &amp; co" in page
        assert "<dt>told in their own words</dt><dd>25+</dd>" in page
        assert "<dt>most answered</dt><dd>4 to 20</dd>" in page
        assert SECRET not in page


async def test_a_closed_form_is_shown_by_women_and_men(survey: Village) -> None:
    await close(survey)
    async with visit(survey, CORA) as (_http, page):
        assert "<span>Yes, enough</span> <b>12</b>" in page
        assert '<i class="woman"></i>women 6 <i class="man"></i>men 6' in page
        assert "<span>January 2010</span> <b>10</b>" in page, "months, where they are few"


async def test_the_desk_takes_its_files_from_the_page(survey: Village) -> None:
    async with visit(survey, CORA) as (http, page):
        for what, kind in (("labels", "spreadsheet"), ("names", "spreadsheet"), ("csv", "text/csv"), ("xml", "zip")):
            assert f'href="/workspace/forms/1/{what}"' in page
            file = await http.get(f"/workspace/forms/1/{what}")
            assert kind in file.headers["content-type"]
            assert "attachment" in file.headers["content-disposition"]
            if what == "labels":
                assert load_workbook(BytesIO(file.content))["_summary"]["B2"].value == 1
        assert (await http.get("/workspace/forms/1/profile")).status_code == 404
        assert (await http.get("/workspace/forms")).text.count("25 finished. 1 is unfinished") == 1


async def test_a_residents_form_is_the_desks_alone(survey: Village) -> None:
    for person_id in (MANANA, NINO):
        async with visit(survey, person_id) as (http, page):
            assert "Is there water" not in page
            for path in ("/workspace/forms/1", "/workspace/forms/1/csv", "/workspace/forms/99"):
                assert (await http.get(path)).status_code == 404
            assert (
                "test"
                not in (await http.get("/workspace/forms?lang=en")).text.partition("<body")[2].partition("<footer")[0]
            )
    async with httpx.AsyncClient(base_url=survey.base) as stranger:
        assert (await stranger.get("/workspace/forms/1")).status_code == 401
        assert (await stranger.get("/workspace/forms/1/csv")).status_code == 401


async def test_a_group_sees_its_own_form_and_takes_no_tables(settled: Village) -> None:
    form = await put(settled, PROFILE, Mode.GROUP)
    await fill(settled, form, Mode.GROUP, {"homes": "60"}, done=False)
    async with visit(settled, MANANA) as (http, page):
        assert "Valley group · the group is still at it" in page
        assert "○ 1. People · 50 %" in page
        assert "○ 2. Water · not taken yet" in page
        assert ">60<" not in page
        async with settled.write.begin() as db:
            [fill_id] = await fills.open_of(db, call_id=1)
            await fills.finish(db, fill_id=fill_id, sex=None, now=settled.clock.now())
        finished = (await http.get("/workspace/forms/1")).text
        assert "<dt>How many homes?</dt><dd>60</dd>" in finished
        assert "/workspace/forms/1/" not in finished
        for what in ("labels", "csv", "xml", "profile"):
            assert (await http.get(f"/workspace/forms/1/{what}")).status_code == 404
        async with settled.write.begin() as db:
            await db.execute(update(roles).values(ended_at=settled.clock.now()))
        assert (await http.get("/workspace/forms/1")).status_code == 404, "a role that ended shuts it at once"


async def test_the_groups_profile_is_a_paper_for_the_desk(settled: Village) -> None:
    form = await put(settled, PROFILE, Mode.GROUP)
    await fill(settled, form, Mode.GROUP, {"homes": "60", "elder": SECRET})
    async with visit(settled, CORA) as (http, page):
        assert SECRET not in page
        assert "<dt>Who is the elder?</dt><dd>told in words</dd>" in page
        assert (await http.get("/workspace/forms/1/profile")).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "to", ["//evil.example", "/workspace/forms/../out", "/workspace/forms/1?x", "https://evil.example"]
)
async def test_the_door_leads_nowhere_else(settled: Village, to: str) -> None:
    async with httpx.AsyncClient(base_url=settled.base, timeout=30) as http:
        assert to not in (await http.get("/workspace/in", params={"pass": "x" * 40, "to": to})).text
        token = new_token()
        async with settled.write.begin() as db:
            await passes.give(db, person_id=CORA, token=token, now=settled.clock.now())
        assert (await http.post("/workspace/in", data={"pass": token, "to": to})).headers["location"] == "/workspace"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_fits_a_small_phone_without_script(survey: Village, browser: Browser, tmp_path: Path) -> None:
    await close(survey)
    token = new_token()
    async with survey.write.begin() as db:
        await passes.give(db, person_id=CORA, token=token, now=survey.clock.now())
    context = await browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{survey.base}/workspace/in?pass={token}&to=/workspace/forms/1&lang=ka")
    await page.locator("button.main").click()
    await page.wait_for_url("**/forms/1")
    await page.goto(f"{survey.base}/workspace/forms/1?lang=ka")
    box = await page.locator("html").bounding_box()
    widest = [await each.bounding_box() for each in await page.locator(".card").all()]
    assert box is not None
    assert all(each is not None and each["x"] + each["width"] <= 360 for each in widest)
