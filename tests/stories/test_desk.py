"""The desk: words are read before others see them; the coordinator opens, closes, counts, hands out, records."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import Life
from domain.polls import Origin
from domain.refusal import Refused
from storage import agreed
from storage import needs as storage_needs
from storage import polls as storage_polls
from storage.answers import Answer, save
from storage.tables.people import addresses
from storage.tables.places import municipalities
from storage.tables.polls import agreed_items, answers, needs, polls
from storage.tables.roles import roles
from tests.stories.valley import ARAGULI, ZEMO, Valley
from tests.stories.workshop import Bench
from tests.town import Phone

BRIDGE = "The bridge by Zurab's house is broken"


@pytest.fixture
def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path)


async def tell(valley: Valley, name: str, words: str, photo: bool = False) -> Phone:
    phone = await valley.resident(name)
    await phone.start("varaguli")
    await phone.tap("Roads")
    await phone.send(words)
    asked = await phone.tap("Everyone")
    if "neighbours" in asked.text:
        await phone.tap("No, mine is different")
    if photo:
        await phone.photo()
    else:
        await phone.tap("Go on without")
    await phone.tap("that is all")
    return phone


async def read(valley: Valley) -> Phone:
    manana = await valley.member("manana")
    await manana.send("/menu")
    await manana.tap("Read new needs")
    return manana


async def test_a_member_releases_rewords_and_hides(valley: Valley) -> None:
    await valley.poll()
    for name, words in (("a", "No light at night"), ("b", BRIDGE), ("c", "Zurab is a thief")):
        await tell(valley, name, words)
    manana = await read(valley)
    assert "No light at night" in (await manana.last()).text
    await manana.tap("Yes, as it is")
    assert BRIDGE in (await manana.last()).text
    await manana.tap("In other words")
    await manana.send("The bridge is broken")
    await manana.tap("No, hide it")
    assert "That was all" in (await manana.last()).text
    rows = await valley.rows(select(needs).order_by(needs.c.id))
    assert [row.state for row in rows] == ["released", "reworded", "hidden"]
    assert (rows[1].words, rows[1].public_words) == (BRIDGE, "The bridge is broken")
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await nino.tap("Roads")
    await nino.tap("without words")
    shown = [label for label, _data in (await nino.tap("Everyone")).buttons]
    assert shown[:3] == ["👍 No light at night", "👍 The bridge is broken", "No, mine is different"]


async def test_a_photo_is_released_apart_from_its_words(valley: Valley) -> None:
    await valley.poll()
    await tell(valley, "a", BRIDGE, photo=True)
    manana = await read(valley)
    asked = await manana.tap("Yes, as it is")
    assert asked.raw.get("photo") or any(each.raw.get("photo") for each in await manana.messages())
    await manana.tap("No, hide it")
    [row] = await valley.rows(select(needs))
    assert (row.state, row.photo_state) == ("released", "hidden")


async def test_nobody_reads_their_own_words_for_release(valley: Valley) -> None:
    await valley.poll()
    manana = await valley.member("manana")
    await manana.start("varaguli")
    for label in ("Roads",):
        await manana.tap(label)
    await manana.send(BRIDGE)
    for label in ("Everyone", "Go on without", "that is all"):
        await manana.tap(label)
    menu = await manana.send("/menu")
    assert "Read new needs" not in [label for label, _data in menu.buttons]


async def test_a_role_that_ended_meanwhile_decides_nothing(valley: Valley) -> None:
    await valley.poll()
    await tell(valley, "a", BRIDGE)
    manana = await read(valley)
    async with valley.town.engine.begin() as db:
        await db.execute(update(roles).values(ended_at=valley.town.clock.now()))
    assert "Only those who were asked" in (await manana.tap("Yes, as it is")).text
    assert [row.state for row in await valley.rows(select(needs.c.state))] == ["told"]


async def test_a_poll_is_opened_in_chat_after_a_preview(valley: Valley) -> None:
    nino = await valley.resident("nino")
    await valley.resident("gia", ZEMO)
    await valley.resident("gone")
    await valley.town.receive("gone", left=True)
    await valley.town.worker.drain()
    cora = await valley.coordinator()
    await cora.send("/menu")
    for label in ("Polls", "Open a new poll", "Some of them", "Araguli", "Done"):
        await cora.tap(label)
    await cora.send("2.3.2026")
    preview = await cora.send("16.3.2026")
    assert "In 1 village" in preview.text
    assert "1 resident will be written to" in preview.text
    assert "opened" in (await cora.tap("Yes, open it")).text
    assert "What does Araguli need most?" in (await nino.last()).text
    [poll] = await valley.rows(select(polls))
    assert (poll.opens.isoformat(), poll.closes.isoformat()) == ("2026-03-02", "2026-03-16")


async def test_what_writing_by_viber_may_cost_is_told_before(valley: Valley) -> None:
    await valley.resident("nino")
    for name in ("gia==", "eka=="):
        await valley.resident(name)
    async with valley.town.engine.begin() as db:
        await db.execute(update(addresses).where(addresses.c.external.contains("==")).values(channel="viber"))
    cora = await valley.coordinator()
    await cora.send("/menu")
    for label in ("Polls", "Open a new poll", "Some of them", "Araguli", "Done"):
        await cora.tap(label)
    await cora.send("2.3.2026")
    preview = await cora.send("16.3.2026")
    assert "3 residents will be written to.\n2 of them by Viber: that may cost up to about 0.03 €." in preview.text


async def test_two_polls_of_one_village_do_not_overlap(valley: Valley) -> None:
    await valley.poll(ARAGULI)
    cora = await valley.coordinator()
    await cora.send("/menu")
    for label in ("Polls", "Open a new poll", "All of them"):
        await cora.tap(label)
    await cora.send("3.3.2026")
    await cora.send("4.3.2026")
    assert "another poll on these days" in (await cora.tap("Yes, open it")).text
    assert len(await valley.rows(select(polls))) == 1


async def test_the_desk_sees_real_numbers_and_closes(valley: Valley) -> None:
    await valley.poll()
    await tell(valley, "a", BRIDGE)
    cora = await valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Polls")
    figures = await cora.tap("· open")
    assert "Araguli: 1 answer (1 with a code or an invitation on the web)\n" in figures.text
    assert "Roads 1" in figures.text
    await cora.tap("Close the poll now")
    assert "closed" in (await cora.tap("Yes, close it")).text
    [poll] = await valley.rows(select(polls))
    assert poll.closed_at is not None


async def test_a_coordinator_of_elsewhere_sees_no_poll_of_here(valley: Valley) -> None:
    await valley.poll()
    elsewhere = await valley.resident("zaza", None)
    zaza = await valley.person("zaza")
    async with valley.town.engine.begin() as db:
        other = {"code": "other", "name_ka": "სხვა", "name_en": "Other"}
        number = (await db.execute(insert(municipalities).values(**other).returning(municipalities.c.id))).scalar_one()
        held = {"role": "coordinator", "municipality_id": number, "granted_at": valley.town.clock.now()}
        await db.execute(insert(roles), [{"person_id": zaza, **held}])
    await elsewhere.send("/menu")
    shown = await elsewhere.tap("Polls")
    assert [label for label, _data in shown.buttons][:1] == ["➕ Open a new poll"]
    assert not any("Araguli" in label for label, _data in shown.buttons)


async def test_the_agreed_list_is_recorded_in_order_and_supporters_hear_of_it(valley: Valley) -> None:
    await valley.poll()
    first = await tell(valley, "a", "No light at night")
    await tell(valley, "b", BRIDGE)
    cora = await valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Polls")
    for label in ("· open", "Record the agreed list", "Araguli", "The bridge", "No light", "Done"):
        await cora.tap(label)
    assert "Roads – The bridge" in (await cora.last()).text
    await cora.tap("Yes, that is the list")
    places = await valley.rows(select(agreed_items.c.place, agreed_items.c.need_id).order_by(agreed_items.c.place))
    assert [row.place for row in places] == [1, 2]
    news = await first.last()
    assert "2. " in news.text
    assert "bridge" not in news.text


async def test_the_answers_are_handed_out_as_a_table_of_text(valley: Valley, bench: Bench) -> None:
    await valley.poll()
    await tell(valley, "a", '=HYPERLINK("http://evil","click")')
    await tell(valley, "b", BRIDGE)
    async with valley.town.engine.begin() as db:
        await db.execute(update(answers).values(sex="woman"))
    cora = await valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Polls")
    await cora.tap("· open")
    await cora.tap("Answers as a table")
    handed = await bench.work(cora)
    book = load_workbook(BytesIO((bench.folder / handed.raw["document"]).read_bytes()))
    voices = [list(row) for row in book["Answers"].iter_rows(min_row=2)]
    assert [row[3].value for row in voices] == ['=HYPERLINK("http://evil","click")', BRIDGE]
    assert {cell.data_type for row in voices for cell in row if isinstance(cell.value, str)} == {"s"}
    counted = [cell.value for row in book["Counts"].iter_rows(min_row=2, max_row=3) for cell in row]
    assert 2 not in counted
    assert 1 not in counted


async def release(db: AsyncConnection, by: int, now: datetime) -> None:
    await storage_needs.decide_words(db, need_id=1, life=Life.RELEASED, reworded=None, by=by, now=now)


async def show_photo(db: AsyncConnection, by: int, now: datetime) -> None:
    await storage_needs.decide_photo(db, need_id=1, life=Life.RELEASED, by=by)


async def close(db: AsyncConnection, by: int, now: datetime) -> None:
    await storage_polls.close(db, poll_id=1, closed_by=by, now=now)


async def agree(db: AsyncConnection, by: int, now: datetime) -> None:
    await agreed.record(db, poll_id=1, village_id=ARAGULI, need_ids=[1], by=by, now=now)


async def enter(db: AsyncConnection, by: int, now: datetime) -> None:
    answer = Answer(1, ARAGULI, Origin.DOOR_TO_DOOR, entered_by=by)
    await save(db, answer=answer, told=[{"kind": "water"}], today=now.date(), now=now)


@pytest.mark.parametrize("act", [release, show_photo, close, agree, enter])
async def test_a_resident_can_do_none_of_it_even_beside_the_menu(valley: Valley, act: Any) -> None:
    await valley.poll()
    await tell(valley, "a", BRIDGE)
    resident = await valley.person("a")
    async with valley.town.engine.begin() as db:
        with pytest.raises(Refused, match="not_allowed"):
            await act(db, resident, valley.town.clock.now())
