"""The live desk once its minutes are locked: nothing is taken any more, and each entry is told why."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import func, insert, select

from domain.ledger import canonical
from domain.minutes import fingerprint
from domain.people import Role
from storage import media, meetings
from storage.tables.meetings import meeting_entries
from storage.tables.minutes import minutes_versions
from tests.bot.web.test_forms_page import visit
from tests.bot.web.village import Village
from tests.publish import minutes
from tests.stories.valley import MUNICIPALITY, VALLEY, Valley
from tests.town import Town

PAPER = "ab" * 16
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


async def test_a_resident_reads_the_summary_and_nothing_else(served: Village) -> None:
    """Neither the desk, nor its screen, nor the papers by their number or somebody's link."""
    _cora, meeting_id = await held(served)
    body = minutes.body(meeting_id=meeting_id)
    valley = Valley(Town(served.write, served.worker.registry, served.clock))
    await valley.resident("nino", channel=served.site.chat.name)
    served.site.media.mkdir(parents=True, exist_ok=True)
    (served.site.media / PAPER).write_bytes(b"%PDF")
    async with served.write.begin() as db:
        kept = {"body": canonical(body).decode(), "hash": fingerprint(body), "made_at": served.clock.now()}
        version = {"meeting_id": meeting_id, "version": 1, "phase": "locked"}
        await db.execute(insert(minutes_versions).values(**version, **kept))
        about: dict[str, Any] = {"kind": "document", "mime": "application/pdf", "now": served.clock.now()}
        await media.add(db, media_id=PAPER, person_id=None, name="minutes.pdf", **about)
    address = f"/workspace/meeting/{meeting_id}"
    async with visit(served, await valley.person("nino"), address) as (http, page):
        assert body["secretary"] not in page
        assert body["items"][0]["heard"] not in page
        for path in (address, f"{address}/screen", f"/minutes/{'x' * 32}", f"/invited/{'x' * 32}"):
            refused = await http.get(path)
            assert refused.status_code in (403, 404), path
            assert body["secretary"] not in refused.text
        assert (await http.get("/chat")).status_code == 200
        assert (await http.get(f"/media/{PAPER}")).status_code == 404
        written = await http.post(f"{address}/entries", json=[HEARD | {"body": {"item": "item-1", "words": "x"}}])
        assert written.status_code == 403
        public = await http.get(f"/meeting/{meeting_id}?lang=ka")
    assert minutes.SENTENCE in public.text
    assert body["secretary"] not in public.text
