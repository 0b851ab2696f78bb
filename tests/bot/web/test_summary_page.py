"""What came of a round table, for everybody: two languages, no script, light, and nothing before the lock."""

from __future__ import annotations

from io import BytesIO

import httpx
from PIL import Image
from sqlalchemy import insert, update

from domain.ledger import canonical
from domain.minutes import fingerprint
from storage.tables.meetings import meeting_communities, meetings
from storage.tables.minutes import minutes_promises, minutes_versions
from storage.tables.people import people
from storage.tables.places import communities, municipalities, villages
from storage.tables.polls import answers, needs, polls, supports
from storage.tables.promises import promises
from tests.bot.web.village import Village
from tests.publish import minutes
from tests.town import MONDAY_NOON

LIGHT = 60_000  # bytes, with the style


async def held(village: Village, phase: str) -> None:
    """One issue whose words are released, and its first promise is in the ledger."""
    body, day = minutes.body(items=[minutes.item(1)]), MONDAY_NOON.date()
    where = {"poll_id": 1, "village_id": 1}
    told = {**where, "state": "released", "photo_state": "told", "told_at": MONDAY_NOON, "kind": "water"}
    async with village.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერი", name_en="Dzeveri"))
        await db.execute(insert(communities).values(municipality_id=1, name_ka="ხეობა", name_en="Valley"))
        await db.execute(insert(villages).values(community_id=1, code="araguli", name_ka="არაგული", name_en="Araguli"))
        await db.execute(insert(people).values(created_at=MONDAY_NOON))
        await db.execute(insert(polls).values(opens=day, closes=day, opened_by=1, created_at=MONDAY_NOON))
        await db.execute(insert(needs).values(**told, words="The <pipe> leaks"))
        given = {**where, "origin": "telegram", "state": "complete", "answered_at": MONDAY_NOON}
        await db.execute(insert(answers).values(**given))
        await db.execute(insert(supports).values(need_id=1, answer_id=1))
        made = {"municipality_id": 1, "year": 2026, "number": 3, "code": "1234567", "made_at": MONDAY_NOON}
        await db.execute(insert(meetings).values(**made))
        await db.execute(insert(meeting_communities).values(meeting_id=1, community_id=1, place=0))
        row = {"municipality_id": 1, "community_id": 1, "village_id": 1, "kind": "water", "recorded_at": MONDAY_NOON}
        row |= {"speaker": "გიორგი", "office": "მერი", "words": "We will", "due": day.isoformat(), "made_on": day}
        await db.execute(insert(promises).values(**row))
        entry = body["items"][0]["promises"][0]["entry"]
        await db.execute(insert(minutes_promises).values(meeting_id=1, entry=entry, promise_id=1))
        version = {"meeting_id": 1, "version": 1, "phase": phase, "made_at": MONDAY_NOON}
        kept = {"body": canonical(body).decode(), "hash": fingerprint(body)}
        await db.execute(insert(minutes_versions).values(**version, **kept))


async def test_everybody_reads_what_was_answered_and_finds_it_from_village_and_promise(closed: Village) -> None:
    await held(closed, "locked")
    async with closed.open(public_url="https://mrgvali.example.ge"), httpx.AsyncClient(timeout=30) as reader:
        page = await reader.get(f"{closed.base}/meeting/1?lang=en")
        again = await reader.get(f"{closed.base}/meeting/1?lang=en", headers={"if-none-match": page.headers["etag"]})
        style = await reader.get(f"{closed.base}/static/summary.css")
        georgian = (await reader.get(f"{closed.base}/meeting/1?lang=ka")).text
        picture = (await reader.get(f"{closed.base}/meeting/1/summary.png?lang=ka")).content
        promise = (await reader.get(f"{closed.base}/board/promise/1?lang=en")).text
        village = (await reader.get(f"{closed.base}/village/araguli?lang=en")).text
        async with closed.write.begin() as db:
            await db.execute(update(needs).values(state="hidden"))
        hidden = (await reader.get(f"{closed.base}/meeting/1?lang=en")).text
    assert "The &lt;pipe&gt; leaks" in page.text
    assert '<strong class="partly">Partly.</strong>' in page.text
    assert 'href="/board/promise/1?lang=en"' in page.text
    assert "ნანა" not in georgian
    assert "<script" not in page.text
    assert len(page.content) + len(style.content) < LIGHT
    assert again.status_code == 304
    with Image.open(BytesIO(picture)) as shown:
        assert shown.width == 720
    for other in (promise, village):
        assert 'href="/meeting/1?lang=en"' in other
    assert "pipe" not in hidden


async def test_before_the_lock_nobody_reads_anything(closed: Village) -> None:
    await held(closed, "open")
    async with closed.open(), httpx.AsyncClient(timeout=30) as reader:
        for address in ("/meeting/1", "/meeting/1/summary.png", "/meeting/2", f"/meeting/{2**70}"):
            assert (await reader.get(f"{closed.base}{address}")).status_code == 404
        assert "/meeting/1" not in (await reader.get(f"{closed.base}/village/araguli")).text
