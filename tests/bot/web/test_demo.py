"""The demo's clock takes the three steps it knows, one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.bot.web.village import Village
from tests.bot.web.visitor import Visitor

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_the_clock_tells_the_day_and_what_happened(nino: Visitor) -> None:
    told = (await nino.http.post("/demo/clock", json={"by": "next"})).json()
    assert (told["date"], told["said"]) == ("Wednesday, 4 March 2026", "1 message went out.")
    told = (await nino.http.post("/demo/clock", json={"by": "day"})).json()
    assert (told["weekday"], told["said"]) == ("Thursday", "A quiet time: nothing was sent.")
    assert (await nino.http.get("/demo/clock")).json()["day"] == "5"


async def test_the_ring_moves_with_the_clock(nino: Visitor) -> None:
    shown = (await nino.http.get("/demo/clock")).json()
    assert shown["ring"].count("<g ") == 8
    assert [step["is"] for step in shown["steps"][:2]] == ["next", "ahead"]
    for _week in range(5):
        moved = (await nino.http.post("/demo/clock", json={"by": "week"})).json()
    assert moved["steps"][0] == {"name": "Learn", "is": "late", "state": "not begun, its day was 31 March"}
    assert moved["ring"] != shown["ring"]
    page = (await nino.http.get("/demo")).text
    assert "not begun, its day was 31 March" in page


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"[]", {}, 400),
        (b'{"by": "year"}', {}, 400),
        (b'{"by": "day"}', {"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
async def test_other_steps_are_refused(nino: Visitor, content: bytes, headers: dict[str, str], status: int) -> None:
    assert (await nino.http.post("/demo/clock", content=content, headers=headers)).status_code == status


async def test_two_hands_do_not_move_the_clock_at_once(closed: Village) -> None:
    inside, leave = asyncio.Event(), asyncio.Event()

    async def advance(by: str) -> Mapping[str, int]:
        inside.set()
        await leave.wait()
        return {"messages": 0}

    assert closed.site.demo is not None
    async with closed.open(demo=replace(closed.site.demo, advance=advance)), Visitor(closed.base) as nino:
        first = asyncio.create_task(nino.http.post("/demo/clock", json={"by": "day"}))
        await inside.wait()
        second = await nino.http.post("/demo/clock", json={"by": "day"})
        assert (second.status_code, second.json()["error"]) == (409, "busy")
        leave.set()
        assert (await first).status_code == 200
