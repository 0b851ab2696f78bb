"""The budgeting table for somebody without a chat: read, fetched, and received with a name."""

from __future__ import annotations

import httpx
from sqlalchemy import insert, select

from domain.people import token_hash
from storage.tables.gender_budgets import budget_deliveries, budget_receivers, budget_sendings
from storage.tables.places import municipalities
from tests.bot.web.village import Village
from tests.town import MONDAY_NOON

TOKEN, MEDIA, NAME, PAPER = "t" * 32, "ab" * 16, "women-and-men-2026-draft-ka.pdf", b"%PDF-1.7 table"


async def sent(village: Village) -> None:
    village.site.media.mkdir(parents=True, exist_ok=True)
    (village.site.media / MEDIA).write_bytes(PAPER)
    async with village.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერი", name_en="Dzeveri"))
        who = {"municipality_id": 1, "body": "finance", "name": "გია", "office": "უფროსი", "added_at": MONDAY_NOON}
        await db.execute(insert(budget_receivers).values(**who, token_hash=token_hash(TOKEN)))
        for year, occasion, files in ((2025, "adopted", {}), (2026, "draft", {NAME: MEDIA})):
            made = {"municipality_id": 1, "year": year, "occasion": occasion, "files": files, "sent_at": MONDAY_NOON}
            await db.execute(insert(budget_sendings).values(**made))
        await db.execute(insert(budget_deliveries), [{"sending_id": each, "receiver_id": 1} for each in (1, 2)])


async def test_a_personal_link_shows_hands_out_and_receives(closed: Village) -> None:
    await sent(closed)
    async with closed.open(), httpx.AsyncClient(timeout=30, follow_redirects=True) as reader:
        address = f"{closed.base}/budget/{TOKEN}"
        page = await reader.get(address)
        file = await reader.get(f"{address}/{NAME}")
        nameless = await reader.post(address, data={"name": " "})
        foreign = await reader.post(address, data={"name": "x"}, headers={"sec-fetch-site": "cross-site"})
        received = await reader.post(address, data={"name": "გია <b>", "office": "უფროსი"})
        unknown = await reader.get(f"{closed.base}/budget/{'x' * 32}")
    assert "2026 წლის ბიუჯეტი ქალებისა და კაცებისთვის" in page.text
    assert "2025 წლის" in page.text
    assert file.content == PAPER
    assert (nameless.status_code, foreign.status_code, unknown.status_code) == (400, 403, 404)
    assert "ჩაწერილია, რომ მიიღეთ." in received.text
    async with closed.write.connect() as db:
        rows = (await db.execute(select(budget_deliveries.c.received_by, budget_deliveries.c.received_at))).all()
    assert rows == [("გია <b>", MONDAY_NOON)] * 2
