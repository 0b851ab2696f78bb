"""Somebody whom the secretary wrote down, and who has no chat, reads the draft and asks for a change by a link."""

from __future__ import annotations

from datetime import timedelta

import httpx

from conversations.catalogue import everything
from domain.meetings.entries import Verb
from domain.minutes import Seat
from storage import meetings, minutes, minutes_amending, minutes_links, minutes_opening
from tests.bot.web.village import Village
from tests.stories.round_table import RoundTable, held
from tests.stories.valley import Valley
from tests.town import TBILISI, Town

TOKEN, WORDS = "z" * 32, "ხიდი <b>აპრილიდან არის ჩატეხილი."


async def opened(village: Village) -> RoundTable:
    valley = Valley(Town(village.write, everything(), village.clock))
    await valley.settle()
    table = await held(valley)
    await table.note(Verb.ATTENDED, name="ზურა", side="community", sex="man")
    by, now = await valley.person("cora"), village.clock.now()
    async with village.write.begin() as db:
        await minutes_opening.open_(db, meeting_id=table.meeting, days=5, by=by, now=now, zone=TBILISI)
        record = await meetings.read(db, meeting_id=table.meeting, zone=TBILISI)
        [zura] = minutes_links.without_chat(record)
        about = {"meeting_id": table.meeting, "attendee": zura.id, "token": TOKEN, "by": by}
        assert await minutes_links.give(db, **about, now=now, zone=TBILISI) == "ზურა"  # type: ignore[arg-type]
    return table


async def refused(village: Village, table: RoundTable) -> None:
    by, now = await table.valley.person("gia"), village.clock.now()
    async with village.write.begin() as db:
        about = {"meeting_id": table.meeting, "amendment_id": 1, "seat": Seat.CHAIR, "accepted": False}
        when = {"by": by, "now": now, "zone": TBILISI}
        await minutes_amending.decide(db, **about, reason="მაისიდანაა.", **when)  # type: ignore[arg-type]


async def test_a_link_reads_the_draft_and_asks_for_a_change_until_the_day(closed: Village) -> None:
    table = await opened(closed)
    async with closed.open(), httpx.AsyncClient(timeout=30, follow_redirects=True) as zura:
        address = f"{closed.base}/amend/{TOKEN}"
        page = await zura.get(address)
        draft = await zura.get(f"{address}/draft.pdf")
        empty = await zura.post(address, data={"item": "1", "words": " "})
        strange = await zura.post(address, data={"item": "99", "words": WORDS})
        foreign = await zura.post(address, data={"words": WORDS}, headers={"sec-fetch-site": "cross-site"})
        asked = await zura.post(address, data={"item": "1", "words": WORDS})
        others = [
            (await zura.get(f"{closed.base}/{each}")).status_code for each in (f"invited/{TOKEN}", f"amend/{'x' * 32}")
        ]
        await refused(closed, table)
        closed.clock.forward(timedelta(days=6))
        late = await zura.post(address, data={"item": "1", "words": WORDS})
        over = await zura.get(address)
    assert "<form" in page.text
    assert draft.content[:5] == b"%PDF-"
    assert [each.status_code for each in (empty, strange, foreign, late)] == [409, 409, 403, 409]
    assert "ხიდი &lt;b&gt;აპრილიდან" in asked.text
    assert others == [404, 404]
    assert "<form" not in over.text
    assert "არ გაითვალისწინეს. ოქმს თქვენივე სიტყვებით დაერთვის. მიზეზი: მაისიდანაა." in over.text
    async with closed.write.connect() as db:
        kept = await minutes.amended(db, meeting_id=table.meeting)
    assert [(each.name, each.item, each.words) for each in kept] == [("ზურა", 1, WORDS)]
