"""The live desk once its minutes are locked: nothing is taken any more, and each entry is told why."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import func, insert, select

from domain.people import Role
from storage import meetings
from storage.tables.meetings import meeting_entries
from storage.tables.minutes import minutes_versions
from tests.bot.web.test_forms_page import visit
from tests.bot.web.village import Village
from tests.stories.valley import MUNICIPALITY, VALLEY, Valley
from tests.town import Town

HEARD = {"id": "entry-late-0001", "verb": "heard", "at": "2026-03-02T08:00:00+00:00"}


async def held(village: Village) -> tuple[int, int]:
    """The secretary, and the meeting whose record they keep."""
    valley = Valley(Town(village.write, village.worker.registry, village.clock))
    await valley.settle()
    await valley.resident("cora")
    await valley.grant("cora", Role.COORDINATOR, municipality_id=MUNICIPALITY)
    cora, now = await valley.person("cora"), village.clock.now()
    where: dict[str, Any] = {"municipality_id": MUNICIPALITY, "community_ids": [VALLEY], "place": "The hall"}
    async with village.write.begin() as db:
        return cora, await meetings.make(db, **where, starts_at=now, by=cora, secretary=cora, now=now)


async def locked(village: Village, meeting_id: int) -> None:
    version = {"meeting_id": meeting_id, "version": 1, "phase": "locked", "body": "{}", "hash": "0" * 64}
    async with village.write.begin() as db:
        await db.execute(insert(minutes_versions).values(**version, made_at=village.clock.now()))


async def test_a_locked_record_takes_nothing_through_the_web_desk(served: Village) -> None:
    cora, meeting_id = await held(served)
    await locked(served, meeting_id)
    count = select(func.count()).select_from(meeting_entries)
    async with served.write.connect() as db:
        before = (await db.execute(count)).scalar_one()
    address = f"/workspace/meeting/{meeting_id}"
    async with visit(served, cora, address) as (http, page):
        token = re.findall(r'token"?[=:]\s*"([0-9a-f]{64})"', page)[0]
        late = [
            HEARD | {"body": {"item": "item-0001", "words": "x"}},
            HEARD | {"id": "entry-late-0002", "verb": "opened", "body": {}},
        ]
        foreign = await http.post(f"{address}/entries", json=late)
        answer = await http.post(f"{address}/entries", json=late, headers={"X-Form-Token": token})
    assert foreign.status_code == 403
    assert answer.json()["kept"] == []
    said = answer.json()["refused"]
    assert set(said) == {"entry-late-0001", "entry-late-0002"}
    assert all("locked" in why for why in said.values())
    async with served.write.connect() as db:
        assert (await db.execute(count)).scalar_one() == before
