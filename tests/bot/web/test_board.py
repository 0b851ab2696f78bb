"""The public board: from the municipality to one promise, in two languages, without a script and without a name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import insert

from domain.promises import REFUSED, Axis, Word
from storage import ledger
from storage.ledger import Witness
from storage.tables.people import people
from storage.tables.places import communities, municipalities, villages
from storage.tables.promises import promises
from tests.bot.web.village import Village
from tests.town import MONDAY_NOON

TODAY = MONDAY_NOON.date()
LIGHT = 60_000  # bytes, with the style
PAGES = ("/board", "/board/municipality/dz", "/board/village/araguli", "/board/promise/1")


@pytest.fixture
async def reader(closed: Village) -> httpx.AsyncClient:
    async with closed.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერი", name_en="Dzeveri"))
        await db.execute(insert(communities).values(municipality_id=1, name_ka="ხეობა", name_en="Valley"))
        two = [("araguli", "არაგული", "Araguli"), ("zemo", "ზემო", "Zemo")]
        rows = [{"community_id": 1, "code": code, "name_ka": ka, "name_en": en} for code, ka, en in two]
        await db.execute(insert(villages), rows)
        await db.execute(insert(people).values(created_at=MONDAY_NOON))
    return httpx.AsyncClient(timeout=30)


async def promise(village: Village, words: str, due: date, *seen: str, at: int | None = 1) -> int:
    """Made a year ago to Araguli, or with `at` empty to the whole community; `seen` by the group, yesterday."""
    row: dict[str, Any] = {
        "municipality_id": 1,
        "community_id": 1,
        "village_id": at,
        "kind": "roads",
        "recorded_at": MONDAY_NOON,
    }
    row |= {"speaker": "Giorgi Beridze", "office": "head of roads", "words": words, "due": due.isoformat()}
    row |= {"made_on": TODAY - timedelta(days=365)}
    async with village.write.begin() as db:
        made = int((await db.execute(insert(promises).values(**row).returning(promises.c.id))).scalar_one())
        who = Witness(1, note="Nino wrote this for the group")
        for value in seen:
            body = {"value": value, "on": (TODAY - timedelta(days=1)).isoformat(), "photo": True}
            await ledger.append(db, promise_id=made, kind=Axis.GROUP, body=body, witness=who, now=MONDAY_NOON)
    return made


async def three(village: Village) -> None:
    await promise(village, "The <road> will be repaired", TODAY - timedelta(days=30), "done")
    await promise(village, "Water for the school", TODAY - timedelta(days=30))
    await promise(village, "A bus to town", TODAY + timedelta(days=30), at=None)


async def test_a_municipality_in_one_sentence(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.open(public_url="https://mrgvali.example.ge"), reader:
        page = (await reader.get(f"{closed.base}/board/municipality/dz?lang=en")).text
        data = (await reader.get(f"{closed.base}/board/municipality/dz.json?lang=en")).json()
    assert "answered: 2. Kept: 1 (late: 1), in part: 0, not kept: 0, not checked: 1." in page
    assert "Their day is still ahead: 1." in page
    assert "The &lt;road&gt; will" in page
    assert [(one["name"], one["many"]) for one in data["places"]] == [("Araguli", 3), ("Zemo", 1)]
    assert sum(part["many"] for part in data["tally"]) == 3


async def test_a_promise_tells_its_story_and_nobody_of_the_group(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.write.begin() as db:
        body = {"value": Word.DONE.value, "on": TODAY.isoformat(), "why": "The bridge too", "new_due": None}
        await ledger.append(
            db, promise_id=1, kind=Axis.OFFICIAL, body=body, witness=Witness(1, "privately"), now=MONDAY_NOON
        )
    async with closed.open(), reader:
        page = (await reader.get(f"{closed.base}/board/promise/1?lang=en")).text
        silent = (await reader.get(f"{closed.base}/board/promise/2?lang=en")).text
        data = (await reader.get(f"{closed.base}/board/promise/1.json?lang=en")).text
    assert page.index("The group: done") < page.index("The official: done. “The bridge too”")
    assert "The group: has not checked yet." in silent
    assert "not kept" not in silent
    assert not any(private in page + data for private in ("Nino", "privately"))


async def test_what_the_group_refused_never_reads_as_agreed(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    wish = {"value": Word.CHANGED.value, "on": TODAY.isoformat(), "why": "The money is late", "new_due": None}
    no = {"value": REFUSED, "on": TODAY.isoformat(), "wish": 1, "why": None, "due": None}
    async with closed.write.begin() as db:
        for kind, body in ((Axis.OFFICIAL, wish), (Axis.SCHEDULE, no)):
            await ledger.append(db, promise_id=2, kind=kind, body=body, witness=Witness(1), now=MONDAY_NOON)
    async with closed.open(), reader:
        page = (await reader.get(f"{closed.base}/board/promise/2?lang=en")).text
    assert "The group did not agree to the change." in page
    assert "Both sides agreed" not in page


async def test_a_promise_in_parts_is_not_counted_beside_them(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.write.begin() as db:
        body = {"parts": [1, 3], "on": TODAY.isoformat()}
        await ledger.append(db, promise_id=2, kind="split", body=body, witness=Witness(1), now=MONDAY_NOON)
    async with closed.open(), reader:
        data = (await reader.get(f"{closed.base}/board/municipality/dz.json?lang=en")).json()
    assert sum(part["many"] for part in data["tally"]) == 2


async def test_every_page_in_both_languages_light_and_kept(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.open(), reader:
        style = len((await reader.get(f"{closed.base}/static/board.css")).content)
        for path in PAGES:
            for spoken in ("ka", "en"):
                page = await reader.get(f"{closed.base}{path}?lang={spoken}")
                again = await reader.get(
                    f"{closed.base}{path}?lang={spoken}", headers={"if-none-match": page.headers["etag"]}
                )
                print(f"{path} {spoken}: {len(page.content) + style} bytes")
                assert (page.status_code, again.status_code) == (200, 304)
                assert f'<html lang="{spoken}">' in page.text
                assert f'href="{path}?lang=ka"' in page.text
                assert "<script" not in page.text
                assert len(page.content) + style < LIGHT


async def test_the_list_goes_on_with_the_next_page(closed: Village, reader: httpx.AsyncClient) -> None:
    for number in range(21):
        await promise(closed, f"Promise number {number}.", TODAY)
    async with closed.open(), reader:
        first = (await reader.get(f"{closed.base}/board/village/araguli?lang=en")).text
        second = (await reader.get(f"{closed.base}/board/village/araguli?lang=en&page=2")).text
        beyond = (await reader.get(f"{closed.base}/board/village/araguli?lang=en&page=999")).text
    assert "Promise number 20." in first
    assert "Promise number 0." not in first
    assert "Promise number 0." in second
    assert "Promise number 0." in beyond


async def test_the_signed_head_can_be_fetched_and_kept(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.open(), reader:
        none = await reader.get(f"{closed.base}/board/municipality/dz/head.json")
        async with closed.write.begin() as db:
            await ledger.sign_head(db, municipality_id=1, day=TODAY, now=MONDAY_NOON, secret=b"secret")
        head = (await reader.get(f"{closed.base}/board/municipality/dz/head.json")).json()
        page = (await reader.get(f"{closed.base}/board/municipality/dz?lang=en")).text
    assert none.status_code == 404
    assert head["hash"] in page
    assert list(head["chains"]) == ["promise:1"]


@pytest.mark.parametrize(
    "path", ["municipality/x", "village/x", "promise/9", "promise/99999999999999999999", "promise/x"]
)
async def test_what_is_not_there(closed: Village, reader: httpx.AsyncClient, path: str) -> None:
    async with closed.open(), reader:
        assert (await reader.get(f"{closed.base}/board/{path}")).status_code == 404
        assert (await reader.get(f"{closed.base}/board/{path}.json")).status_code == 404
