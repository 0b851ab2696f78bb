"""The page of minutes for somebody without a chat: read, fetched, and received with a name."""

from __future__ import annotations

import base64
import re
from typing import Any

import httpx
from sqlalchemy import insert, select

from domain.people import token_hash
from publish import qr
from storage import media, sealed_papers
from storage.sealed_papers import Sealed, digest
from storage.tables.addenda import addendum_receipts
from storage.tables.meetings import meetings
from storage.tables.minutes import minutes_addenda, minutes_receivers
from storage.tables.places import municipalities
from tests.bot.web.village import Village
from tests.town import MONDAY_NOON

TOKEN, NAME, PAPER = "t" * 32, "minutes-2026-3-ka.pdf", b"%PDF-1.7 paper"
FILES = {"minutes-2026-3-en.pdf": b"%PDF-1.7 english", "minutes-2026-3-ka.docx": b"PK", NAME: PAPER}
MEDIA = {name: f"{number}" * 32 for number, name in enumerate(FILES)}


async def delivered(village: Village) -> None:
    village.site.media.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (village.site.media / MEDIA[name]).write_bytes(content)
    async with village.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერი", name_en="Dzeveri"))
        made = {"municipality_id": 1, "year": 2026, "number": 3, "code": "1234567", "made_at": MONDAY_NOON}
        await db.execute(insert(meetings).values(**made))
        to = {"meeting_id": 1, "name": "", "office": "gender_council", "sent_at": MONDAY_NOON}
        await db.execute(insert(minutes_receivers).values(**to, token_hash=token_hash(TOKEN)))
        file: dict[str, Any] = {"person_id": None, "kind": "document", "mime": "application/pdf", "now": MONDAY_NOON}
        for name, media_id in MEDIA.items():
            await media.add(db, media_id=media_id, name=name, **file)
        title, files = {"ka": "ოქმი № 3", "en": "Minutes No. 3"}, {digest(FILES[each]): MEDIA[each] for each in FILES}
        paper = Sealed("123456789012", "minutes", "meeting:1", title, 2, "ab" * 32, files, MONDAY_NOON)
        await sealed_papers.seal(db, paper)
        row = {"meeting_id": 1, "number": 1, "words": "x", "name": "", "previous": "", "hash": "", "at": MONDAY_NOON}
        await db.execute(insert(minutes_addenda).values(**row))
        await db.execute(insert(addendum_receipts).values(addendum_id=1, receiver_id=1, sent_at=MONDAY_NOON))


async def test_a_personal_link_shows_hands_out_and_receives(closed: Village) -> None:
    await delivered(closed)
    async with closed.open(), httpx.AsyncClient(timeout=30, follow_redirects=True) as reader:
        address = f"{closed.base}/minutes/{TOKEN}"
        page = await reader.get(address)
        english = await reader.get(f"{address}?lang=en")
        file = await reader.get(f"{address}/{NAME}")
        nameless = await reader.post(address, data={"name": " "})
        foreign = await reader.post(address, data={"name": "x"}, headers={"sec-fetch-site": "cross-site"})
        received = await reader.post(address, data={"name": "ეკა <b>", "office": "წევრი"})
        await reader.post(address, data={"name": "somebody else"})
        unknown = await reader.get(f"{closed.base}/minutes/{'x' * 32}")
    assert "საკრებულოს გენდერული თანასწორობის საბჭო" in page.text
    assert base64.b64encode(qr.svg(f"{closed.base}/verify/123456789012")).decode() in page.text
    assert file.content == PAPER
    assert re.findall(r">(\w+, \w+)<", page.text) == ["ქართული, PDF", "ქართული, Word", "English, PDF"]
    assert re.findall(r">(\w+, \w+)<", english.text)[0] == "English, PDF", "the reader's own first"
    assert (nameless.status_code, foreign.status_code, unknown.status_code) == (400, 403, 404)
    assert "ჩაწერილია, რომ მიიღეთ." in received.text
    async with closed.write.connect() as db:
        row = (await db.execute(select(minutes_receivers))).one()
        added = (await db.execute(select(addendum_receipts))).one()
    assert (row.received_by, row.received_office, row.received_at) == ("ეკა <b>", "წევრი", MONDAY_NOON)
    assert (added.received_by, added.received_at) == ("ეკა <b>", MONDAY_NOON)
