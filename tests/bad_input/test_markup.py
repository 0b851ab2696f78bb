"""Words that look like a format string, a formula, HTML or Typst stand everywhere as they were written."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select

from domain.people import Role
from publish.answers_xlsx import answers_xlsx
from scheduler import close_polls, promise_reminders, training_reminders
from storage.tables.places import villages
from storage.tables.polls import needs
from storage.tables.roles import groups
from tests.bad_input.test_lists import GOOD, asked_for_a_list
from tests.bad_input.unharmed import unplayed
from tests.stories.valley import ARAGULI, HILL, Valley
from tests.stories.workshop import Bench
from tests.town import TBILISI, Phone

ODD = '=1+1 {0} {kind} {title!r} {{x}} %s %(d)d <b>&amp;</b> #set $x$ \\n "q" %_'


async def told(phone: Phone, words: str) -> None:
    await phone.start("varaguli")
    await phone.tap("Roads")
    await phone.send(words)
    await phone.tap("Children")
    for label in ("mine is different", "Go on without", "that is all"):
        if any(label in shown for shown, _data in (await phone.last()).buttons):
            await phone.tap(label)


async def test_a_need_from_the_first_word_to_the_table(valley: Valley) -> None:
    poll = await valley.poll()
    nino = await valley.resident("nino")
    await told(nino, ODD)
    leader = await valley.member("lela", Role.LEADER)
    await leader.send("/menu")
    assert ODD in (await leader.tap("Read new needs")).text
    await leader.tap("In other words")
    await leader.send(ODD + "!")
    gia = await valley.resident("gia")
    await gia.start("varaguli")
    await gia.tap("Roads")
    await gia.send(ODD)
    shown = await gia.tap("Children")
    assert any("👍 =1+1 {0} {kind}" in label for label, _data in shown.buttons)
    await gia.tap("👍 =1+1")
    await gia.tap("that is all")
    for phone in (nino, gia):
        await phone.send("/menu")
        await phone.tap("My answer")
        await phone.send("/mydata")
    assert any(ODD in text for text in await nino.texts())
    async with valley.town.engine.connect() as db:
        content = await answers_xlsx(db, {"poll": poll})
    cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
    assert [cell.data_type for cell in cells if cell.value and "{kind}" in str(cell.value)]
    assert not [cell for cell in cells if cell.data_type == "f"], "no spreadsheet may reckon with somebody's words"
    assert await unplayed(valley.town) == []


async def test_a_promise_and_all_that_is_said_of_it(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    gio = await valley.official("gio", ODD, ODD)
    await leader.send("/menu")
    for label in ("Write down a promise", "Araguli", "Roads", "=1+1"):
        await leader.tap(label)
    await leader.send(ODD)
    for label in ("Today", "at a round table", "A day was named"):
        await leader.tap(label)
    await leader.send("20.03.2026")
    assert ODD in (await leader.last()).text
    await leader.tap("Yes, write it down")
    await valley.town.worker.drain()
    assert ODD in (await gio.last()).text
    await gio.tap("No, I meant it otherwise")
    await gio.send(ODD)
    await later(valley, datetime(2026, 3, 23, 8, 0, tzinfo=UTC))
    await gio.tap("It has to change")
    await gio.send(ODD)
    await gio.tap("The day stays")
    await gio.tap("Without one")
    await leader.tap("Work is going on")
    await leader.tap("No photo")
    await leader.send(ODD)
    await nino.send("/menu")
    await nino.tap("🤝 Promises")
    page = (await nino.tap("=1+1")).text
    assert page.count(ODD) >= 3
    assert await unplayed(valley.town) == []


async def test_a_training_with_odd_words_and_an_odd_place(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await cora.send("/menu")
    for label in ("Trainings and meetings", "Announce a new one", "Training", "In my own words"):
        await cora.tap(label)
    odd = ODD[:90]
    await cora.send(odd)
    for label in ("The whole municipality", "Residents", "Done (1)"):
        await cora.tap(label)
    for words in ("10.03.2026", "14:00", odd):
        await cora.send(words)
    preview = (await cora.tap("Once")).text
    assert preview.count(odd) == 2
    await cora.tap("Yes, send it")
    await valley.town.worker.drain()
    assert (await nino.last()).text.count(odd) == 2
    await later(valley, datetime(2026, 3, 9, 8, 0, tzinfo=UTC))
    await cora.send("/menu")
    await cora.tap("Trainings and meetings")
    await cora.tap("See what is announced")
    assert odd in (await cora.tap("=1+1")).text
    assert await unplayed(valley.town) == []


async def later(valley: Valley, moment: datetime) -> None:
    valley.town.clock.move_to(moment)
    async with valley.town.engine.begin() as db:
        for sweep in (promise_reminders.sweep, training_reminders.sweep, close_polls.sweep):
            await sweep(db, moment, TBILISI)
    await valley.town.worker.drain()


async def test_places_and_groups_with_odd_names(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path)
    cora = await asked_for_a_list(bench)
    odd = "{kind} {0} <b> %s %_"
    said = await bench.send_file(cora, GOOD.replace("Khevi", odd).replace("ხევი", odd).encode())
    assert "1 new village" in said.text
    async with valley.town.engine.begin() as db:
        await db.execute(insert(groups), [{"community_id": HILL, "name": odd, "created_at": valley.town.clock.now()}])
    for desk in ("Places", "Groups and invitations"):
        await cora.send("/menu")
        await cora.tap(desk)
        await cora.tap("See the")
    await cora.tap(odd) if odd in await cora.screen() else None
    [code] = [row[0] for row in await valley.rows(select(villages.c.code).where(villages.c.name_en == odd))]
    stranger = await valley.town.phone("stranger")
    await stranger.start(f"v{code}")
    assert f"group of {odd}" in (await stranger.tap("English")).text
    assert await unplayed(valley.town) == []


@pytest.mark.parametrize("wild", ["%", "_", "%%", "a%", "\\", "*", ".*", "["])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_wildcard_finds_nothing(valley: Valley, wild: str) -> None:
    async with valley.town.engine.begin() as db:
        rows = [{"community_id": 1, "code": f"x{n}", "name_ka": f"ს{n}", "name_en": f"Village {n}"} for n in range(30)]
        await db.execute(insert(villages), rows)
    stranger = await valley.town.phone("stranger")
    await stranger.send("hello")
    for label in ("English", "Yes, I agree", "Yes, I am", "Valley"):
        await stranger.tap(label)
    shown = await stranger.send(wild)
    assert "I did not find that" in shown.text
    assert await unplayed(valley.town) == []


async def test_what_nobody_released_is_not_found_by_its_words(valley: Valley) -> None:
    """Guessing another's words brings no need nearer: only released words are compared."""
    await valley.poll()
    await told(await valley.resident("nino"), "my neighbour Vano beats his dog")
    gia = await valley.resident("gia")
    await gia.start("varaguli")
    await gia.tap("Roads")
    await gia.send("my neighbour Vano beats his dog")
    await gia.tap("Children")
    assert not any("Vano" in label for label, _data in (await gia.last()).buttons)
    [need] = await valley.rows(select(needs).where(needs.c.village_id == ARAGULI))
    assert need.state == "told"
    valley.town.clock.forward(timedelta(days=1))
    assert "Vano" not in " ".join(text for text in (await gia.texts()))
