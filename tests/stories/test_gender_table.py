"""The gender-responsive budgeting table: what was promised, marked and found stands in it, and its sums are those."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.chosen import Line, Result, Shown
from domain.gender_budget import First
from domain.people import Role
from domain.refusal import Refused
from storage import gender_budget
from storage.tables.choosings import choosings
from tests.stories.test_budget_look import at, found, moment
from tests.stories.test_marker import focal_point, open_, propose
from tests.stories.test_promises import SPEAKER, official, released_need, write_down
from tests.stories.valley import ARAGULI, MUNICIPALITY, Valley
from tests.stories.workshop import Bench
from tests.town import Phone


@pytest.fixture
def registry() -> Registry:
    return everything()


@pytest.fixture
def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path / "media")


async def year_of_two(bench: Bench) -> tuple[Phone, Phone]:
    """One promise that is marked, confirmed and found in the draft; another of which nothing is known."""
    valley = bench.valley
    leader, eka = await valley.member("lela", Role.LEADER), await focal_point(valley)
    await official(valley)
    await write_down(leader, due="20.06.2027")
    await write_down(leader, due="20.06.2027", words="=1+1 lamps")
    await at(valley, moment(11, 15))
    await found(leader)
    await leader.tap("Yes, write it down")
    await propose(leader)
    await eka.tap("Yes, I confirm it")
    return leader, eka


async def take(bench: Bench, phone: Phone, form: str) -> bytes:
    await open_(phone, "The budget for women and men")
    await phone.tap("Dzeveri")
    await phone.tap("2027")
    await phone.tap(form)
    shown = await bench.work(phone)
    assert "The budget of 2027 for women and men" in shown.text
    newest = max(bench.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    return newest.read_bytes()


async def test_the_workbook_has_each_promise_as_text_and_the_sums(bench: Bench) -> None:
    leader, eka = await year_of_two(bench)
    book = load_workbook(BytesIO(await take(bench, leader, "A table for Excel")))
    rows: list[Any] = [list(row) for row in book["Sums"].iter_rows(values_only=True)]
    assert ["1 – brings equality too", 1, 1, 45000] in [row[:4] for row in rows]
    assert ["All promises", 2, 1, 45000] in [row[:4] for row in rows]
    assert any("do not follow the gender tagging of the Ministry of Finance" in str(row[0]) for row in rows)
    listed = {row[1].value: row for row in book["Promises"].iter_rows()}
    assert listed["=1+1 lamps"][1].data_type == "s"
    road = next(row for words, row in listed.items() if str(words).startswith("The road"))
    assert [cell.value for cell in road][9:] == ["03 02 01", "in the draft budget of 2027", 45000]
    assert road[9].data_type == "s"
    assert (await take(bench, eka, "A paper to print")).startswith(b"%PDF")


async def test_the_picture_comes_as_a_picture(bench: Bench) -> None:
    _leader, eka = await year_of_two(bench)
    assert (await take(bench, eka, "A picture")).startswith(b"\x89PNG")


async def test_a_year_of_which_nothing_is_known_says_so(bench: Bench) -> None:
    leader = await bench.valley.member("lela", Role.LEADER)
    await official(bench.valley)
    await write_down(leader, due="20.06.2027")
    await open_(leader, "The budget for women and men")
    await leader.tap("Dzeveri")
    await leader.tap(str(bench.valley.today().year - 1))
    await leader.tap("A picture")
    assert "nothing is promised, and nobody has looked" in (await bench.work(leader)).text


async def test_a_resident_gets_no_table(valley: Valley) -> None:
    await valley.resident("nino")
    told: dict[str, Any] = {"municipality_id": MUNICIPALITY, "year": 2027, "today": valley.today(), "language": "en"}
    person_id = await valley.person("nino")
    async with valley.town.engine.connect() as db:
        with pytest.raises(Refused):
            await gender_budget.table(db, **told, person_id=person_id)


async def test_whose_first_need_it_meets_is_read_from_the_chosen_lists(valley: Valley) -> None:
    leader = await valley.member("lela", Role.LEADER)
    await official(valley)
    poll = await valley.poll()
    for name, words in (("nino", "No light in the lane"), ("vano", "The bridge is gone")):
        await valley.resident(name)
        await released_need(valley, poll, name, words)
    await leader.send("/menu")
    for label in ("Write down a promise", "Araguli", "No light in the lane", SPEAKER):
        await leader.tap(label)
    await leader.send("There will be lamps by summer")
    for label in ("Today", "at a round table", "coming months", "Yes, write it down"):
        await leader.tap(label)
    light, bridge = 1, 2
    told: dict[str, Any] = {"municipality_id": MUNICIPALITY, "language": "en", "today": valley.today()}
    told |= {"year": valley.today().year, "person_id": await valley.person("lela")}
    assert await whose(valley, told) is First.UNKNOWN
    lines = (Line(light, Shown(people=10)), Line(bridge, Shown(people=5)))
    await chose(valley, poll, Result(lines))  # with the lists hidden
    assert await whose(valley, told) is First.UNKNOWN
    await chose(valley, poll, Result(lines, women=(light, bridge), men=(bridge,)))
    assert await whose(valley, told) is First.WOMEN


async def whose(valley: Valley, told: dict[str, Any]) -> First:
    async with valley.town.engine.connect() as db:
        [line] = (await gender_budget.table(db, **told)).lines
    return line.first


async def chose(valley: Valley, poll: int, result: Result) -> None:
    now, day = valley.town.clock.now(), valley.today()
    row = {"poll_id": poll, "village_id": ARAGULI, "opens": day, "closes": day, "opened_at": now}
    async with valley.town.engine.begin() as db:
        await db.execute(insert(choosings).values(**row, settled_at=now, result=result.kept()))
