"""A village's own page: what it chose, in two languages, light enough for a slow line, and for crawlers."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import httpx
import pytest
from PIL import Image
from sqlalchemy import insert, update

from domain import chosen
from domain.chosen import Ballot
from storage.tables.assemblies import assemblies, assembly_outcomes
from storage.tables.choosings import choosing_needs, choosings
from storage.tables.people import people
from storage.tables.places import communities, municipalities, villages
from storage.tables.polls import answers, needs, polls, supports
from tests.bot.web.village import Village
from tests.town import MONDAY_NOON

CODE = "araguli"
LIGHT = 60_000  # bytes, with the style


@pytest.fixture
async def reader(closed: Village) -> httpx.AsyncClient:
    async with closed.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერი", name_en="Dzeveri"))
        await db.execute(insert(communities).values(municipality_id=1, name_ka="ხეობა", name_en="Valley"))
        await db.execute(insert(villages).values(community_id=1, code=CODE, name_ka="არაგული", name_en="Araguli"))
    return httpx.AsyncClient(timeout=30)


async def chose(village: Village) -> None:
    """Women want the water, men the road too."""
    day = MONDAY_NOON.date()
    where = {"poll_id": 1, "village_id": 1}
    told = {**where, "state": "released", "photo_state": "told", "told_at": MONDAY_NOON, "author_id": None}
    cast = [Ballot(frozenset({1, 2}), "man")] * 11 + [Ballot(frozenset({1}), "woman")] * 23
    async with village.write.begin() as db:
        await db.execute(insert(people).values(created_at=MONDAY_NOON))
        row = {"opens": day, "closes": day, "opened_by": 1, "created_at": MONDAY_NOON}
        await db.execute(insert(polls).values(**row))
        both = [("water", "The <water> stops"), ("roads", "The road")]
        await db.execute(insert(needs), [{**told, "kind": kind, "words": words} for kind, words in both])
        given = {**where, "origin": "telegram", "state": "complete", "answered_at": MONDAY_NOON}
        await db.execute(insert(answers).values(**given))
        await db.execute(insert(supports), [{"need_id": need, "answer_id": 1} for need in (1, 2)])
        result = chosen.count(cast, [1, 2]).kept()
        row = {**where, "opens": day, "closes": day, "opened_at": MONDAY_NOON, "settled_at": MONDAY_NOON}
        await db.execute(insert(choosings).values(**row, result=result))
        await db.execute(insert(choosing_needs), [{"choosing_id": 1, "need_id": n, "place": n} for n in (1, 2)])


async def test_everybody_reads_the_list_in_their_language(closed: Village, reader: httpx.AsyncClient) -> None:
    await chose(closed)
    async with closed.open(public_url="https://mrgvali.example.ge"), reader:
        page = await reader.get(f"{closed.base}/village/{CODE}?lang=en")
        style = await reader.get(f"{closed.base}/static/village.css")
        georgian = await reader.get(f"{closed.base}/village/{CODE}", headers={"accept-language": "ka"})
    assert page.text.index("The &lt;water&gt; stops") < page.text.index("The road")
    assert "20 of 20" in page.text
    assert "10 of 10" in page.text
    assert "few" in page.text
    assert "<script" not in page.text
    assert len(page.content) + len(style.content) < LIGHT
    assert "<h1>არაგული</h1>" in georgian.text
    assert "და" in georgian.text
    assert re.search(r'og:image" content="https://mrgvali.example.ge/village/araguli/list.png\?lang=ka"', georgian.text)


async def test_who_has_it_already_is_not_sent_it_again(closed: Village, reader: httpx.AsyncClient) -> None:
    await chose(closed)
    async with closed.open(), reader:
        first = await reader.get(f"{closed.base}/village/{CODE}?lang=en")
        same = {"if-none-match": first.headers["etag"]}
        again = await reader.get(f"{closed.base}/village/{CODE}?lang=en", headers=same)
        other = await reader.get(f"{closed.base}/village/{CODE}?lang=ka", headers=same)
    assert (again.status_code, other.status_code) == (304, 200)


async def test_the_picture_is_as_wide_as_a_phone_shows(closed: Village, reader: httpx.AsyncClient) -> None:
    await chose(closed)
    async with closed.open(), reader:
        answer = await reader.get(f"{closed.base}/village/{CODE}/list.png?lang=ka")
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.width == 720
    assert answer.headers["content-type"] == "image/png"


async def test_what_became_private_is_not_on_it(closed: Village, reader: httpx.AsyncClient) -> None:
    await chose(closed)
    async with closed.write.begin() as db:
        await db.execute(update(needs).where(needs.c.id == 1).values(state="hidden"))
    async with closed.open(), reader:
        page = await reader.get(f"{closed.base}/village/{CODE}?lang=en")
    assert "stops" not in page.text
    assert "Water" in page.text


async def test_a_village_that_has_not_chosen_and_one_that_is_none(closed: Village, reader: httpx.AsyncClient) -> None:
    async with closed.open(), reader:
        page = await reader.get(f"{closed.base}/village/{CODE}?lang=en")
        picture = await reader.get(f"{closed.base}/village/{CODE}/list.png")
        none = await reader.get(f"{closed.base}/village/nowhere")
        endless = await reader.get(f"{closed.base}/village/{'x' * 500}")
    assert "This village has not chosen yet." in page.text
    assert (picture.status_code, none.status_code, endless.status_code) == (404, 404, 404)


async def test_the_assembly_stands_above_the_list_and_a_new_word_makes_a_new_page(
    closed: Village, reader: httpx.AsyncClient
) -> None:
    async with closed.write.begin() as db:
        held = {"village_id": 1, "year": 2026, "starts_at": MONDAY_NOON - timedelta(days=9), "place": "the <school>"}
        await db.execute(insert(assemblies).values(**held))
    async with closed.open(), reader:
        address = f"{closed.base}/village/{CODE}?lang=en"
        before = await reader.get(address)
        async with closed.write.begin() as db:
            told = {"assembly_id": 1, "women": 31, "men": 2, "words": "A bus stop", "told_at": MONDAY_NOON}
            await db.execute(insert(assembly_outcomes).values(**told))
        after = await reader.get(address, headers={"if-none-match": before.headers["etag"]})
    assert "the &lt;school&gt;" in before.text
    assert "What came of it is not told yet." in before.text
    assert after.status_code == 200
    for words in ("31 women, men: fewer than five", "A bus stop", "It did not stand on the village"):
        assert words in after.text
