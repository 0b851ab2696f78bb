"""The preview of a village's link: for crawlers, which have no cookie and must leave no trace."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, insert, select

from bot.web.rates import Buckets
from bot.web.site import Limits
from storage.tables.people import addresses, people
from storage.tables.places import communities, municipalities, villages
from storage.tables.turns import inbox
from tests.bot.web.village import Village

CODE = "araguli"


@pytest.fixture
async def crawler(closed: Village) -> httpx.AsyncClient:
    async with closed.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერი", name_en="Dzeveri"))
        await db.execute(insert(communities).values(municipality_id=1, name_ka="ხეობა", name_en="Valley"))
        await db.execute(insert(villages).values(community_id=1, code=CODE, name_ka="არაგული", name_en="Araguli"))
    return httpx.AsyncClient(timeout=30, headers={"User-Agent": "facebookexternalhit/1.1"})


def og(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', page))


async def test_a_crawler_gets_the_villages_name_in_georgian_and_a_picture(
    closed: Village, crawler: httpx.AsyncClient
) -> None:
    async with closed.open(public_url="https://mrgvali.example.ge"), crawler:
        told = og((await crawler.get(f"{closed.base}/chat?start=v{CODE}")).text)
        assert told["title"] == "სოფელი არაგული"
        assert told["description"].startswith("რა სჭირდება თქვენს სოფელს ყველაზე მეტად?")
        assert told["url"] == f"https://mrgvali.example.ge/chat?start=v{CODE}"
        assert told["image"] == f"https://mrgvali.example.ge/chat/cards/v{CODE}.png?lang=ka"
        picture = await crawler.get(closed.base + told["image"].removeprefix("https://mrgvali.example.ge"))
    assert picture.headers["content-type"] == "image/png"
    with Image.open(BytesIO(picture.content)) as card:
        assert card.size == (1200, 630)


async def test_it_leaves_no_person_and_no_message(closed: Village, crawler: httpx.AsyncClient) -> None:
    async with closed.open(), crawler:
        await crawler.get(f"{closed.base}/chat?start=v{CODE}")
        await crawler.get(f"{closed.base}/chat/cards/v{CODE}.png")
    async with closed.site.read.connect() as db:
        for table in (people, addresses, inbox):
            assert (await db.execute(select(func.count()).select_from(table))).scalar_one() == 0


async def test_it_is_made_once_and_known_again(closed: Village, crawler: httpx.AsyncClient) -> None:
    async with closed.open(), crawler:
        first = await crawler.get(f"{closed.base}/chat/cards/v{CODE}.png")
        made = [*(closed.site.media / "cards").iterdir()]
        assert len(made) == 1
        again = {"If-None-Match": first.headers["etag"]}
        assert (await crawler.get(f"{closed.base}/chat/cards/v{CODE}.png", headers=again)).status_code == 304
        english = await crawler.get(f"{closed.base}/chat/cards/v{CODE}.png?lang=en")
        assert english.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("name", ["vnowhere", "mrgvali", "i123", "v" + "x" * 300, "v%00", "..%2f..%2fetc"])
async def test_an_unknown_code_shows_the_general_card(closed: Village, crawler: httpx.AsyncClient, name: str) -> None:
    async with closed.open(), crawler:
        general = await crawler.get(f"{closed.base}/chat/cards/mrgvali.png")
        other = await crawler.get(f"{closed.base}/chat/cards/{name}.png")
        page = await crawler.get(f"{closed.base}/chat", params={"start": name})
    assert other.status_code == 404 or other.content == general.content
    assert og(page.text)["title"] == "მრგვალი: სოფლის ხმა"
    assert "url" not in og(page.text)
    assert og(page.text)["image"] == "/chat/cards/mrgvali.png?lang=ka"


async def test_an_invitation_is_not_shown_to_a_crawler(closed: Village, crawler: httpx.AsyncClient) -> None:
    async with closed.open(public_url="https://mrgvali.example.ge"), crawler:
        page = (await crawler.get(f"{closed.base}/chat?start=isecret-token")).text
    assert "secret-token" not in str(og(page))


async def test_making_is_bounded_and_what_is_made_is_given(closed: Village, crawler: httpx.AsyncClient) -> None:
    limits = replace(Limits(), cards=Buckets(burst=1, rate=0.001))
    async with closed.open(limits=limits), crawler:
        first = await crawler.get(f"{closed.base}/chat/cards/v{CODE}.png")
        other = await crawler.get(f"{closed.base}/chat/cards/v{CODE}.png?lang=en")
        assert (other.status_code, "retry-after" in other.headers) == (429, True)
        assert (await crawler.get(f"{closed.base}/chat/cards/v{CODE}.png")).content == first.content
