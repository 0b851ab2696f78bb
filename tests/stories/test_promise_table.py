"""A department takes its promises as a table, fills it in, and sends it back: what is right counts once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from domain.people import Role
from domain.promise_table import code
from storage.tables.promises import promise_events
from tests.stories.test_promises import SPEAKER, read, write_down
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import TELEGRAM, WEB, Phone

WORD, NOTE, DAY, CODE = 6, 7, 8, 9  # columns
MANY = tuple(f"The road {name}" for name in ("to school", "to the river", "of the mill", "up the hill", "home"))


@pytest.fixture(params=[TELEGRAM, WEB])
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path / "media")


async def promised(bench: Bench, channel: str = TELEGRAM) -> tuple[Phone, Phone]:
    """The leader, and the official who has promised many things and said yes to each."""
    valley = bench.valley
    leader = await valley.member("lela", Role.LEADER)
    gio = await valley.resident("gio", None, channel)
    confirmed: dict[str, Any] = {"confirmed_at": valley.town.clock.now(), "municipality_id": 1}
    await valley.grant("gio", Role.OFFICIAL, name=SPEAKER, office="head of infrastructure", **confirmed)
    for words in MANY:
        await write_down(leader, words=words)
    for _each in MANY:
        await gio.send("/menu")
        await gio.tap("Go on: 🏛")
        await gio.tap("Yes, that is right")
    return leader, gio


async def inbox(phone: Phone) -> None:
    await phone.send("/menu")
    await phone.tap("How my promises stand")


async def taken(bench: Bench, gio: Phone) -> Any:
    await inbox(gio)
    await gio.tap("All of them as a table")
    shown = await bench.work(gio)
    assert "by village, kind and day" in shown.text
    newest = max(bench.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    return load_workbook(BytesIO(newest.read_bytes()))


async def brought(bench: Bench, gio: Phone, book: Any) -> str:
    """Everything that is said when the file has been read."""
    file = BytesIO()
    book.save(file)
    return await brought_raw(bench, gio, file.getvalue())


async def brought_raw(bench: Bench, gio: Phone, content: bytes) -> str:
    await inbox(gio)
    await gio.tap("I have filled in the table")
    before = len(await gio.texts())
    await bench.send_file(gio, content)
    await bench.work(gio)
    return "\n".join((await gio.texts())[before:])


async def events(bench: Bench) -> int:
    return len(await bench.valley.rows(select(promise_events.c.id).where(promise_events.c.kind == "official")))


async def test_a_table_goes_out_and_what_is_filled_in_counts_after_a_look(bench: Bench, channel: str) -> None:
    _leader, gio = await promised(bench, channel)
    book = await taken(bench, gio)
    sheet = book.worksheets[0]
    assert sheet.max_row == 1 + len(MANY)
    assert sheet.column_dimensions["I"].hidden
    assert sheet.data_validations.dataValidation[0].formula1.startswith('"not begun yet,')
    rows = {sheet.cell(row, 3).value: row for row in range(2, sheet.max_row + 1)}
    sheet.cell(rows["The road to school"], WORD).value = "Under way"
    sheet.cell(rows["The road home"], WORD).value = "cannot be done"
    sheet.cell(rows["The road home"], NOTE).value = "It is private ground"
    said = await brought(bench, gio, book)
    assert "“The road to school”: nothing told yet → under way" in said
    assert "nothing told yet → cannot be done “It is private ground”" in said
    assert "These 2 rows are changed" in said
    assert await events(bench) == 0
    assert "2 promises are told anew" in (await gio.tap("Yes, all of it")).text
    assert await events(bench) == 2
    again = await brought(bench, gio, book)
    assert again.count("told already, it counts once") == 2
    assert await events(bench) == 2


async def test_some_rows_are_left_out(bench: Bench) -> None:
    _leader, gio = await promised(bench)
    book = await taken(bench, gio)
    for row in (2, 3, 4):
        book.worksheets[0].cell(row, WORD).value = "done"
    await brought(bench, gio, book)
    await gio.tap("Leave some out")
    await gio.tap("Row 3.")
    assert "2 promises are told anew" in (await gio.tap("Done (1)")).text
    assert await events(bench) == 2


async def test_a_row_that_was_told_of_meanwhile_is_named_and_the_others_count(bench: Bench) -> None:
    _leader, gio = await promised(bench)
    book = await taken(bench, gio)
    await inbox(gio)
    await gio.tap("The road to school")
    await gio.tap("Under way")
    await gio.tap("Nothing to add")
    await gio.tap("Without one")
    sheet = book.worksheets[0]
    for row in range(2, 7):
        sheet.cell(row, WORD).value = "done"
    said = await brought(bench, gio, book)
    assert "something new was told since the table was made" in said
    assert "These 4 rows are changed" in said


async def test_it_is_looked_at_again_when_it_is_saved(bench: Bench) -> None:
    leader, gio = await promised(bench)
    book = await taken(bench, gio)
    for row in range(2, 7):
        book.worksheets[0].cell(row, WORD).value = "done"
    await brought(bench, gio, book)
    await leader.send("/menu")
    for label in ("I looked at a promise", "The road to school", "Work is going on", "No photo", "Skip"):
        await leader.tap(label)
    await gio.tap("Yes, all of it")
    assert "“The road to school”: something new was told" in "\n".join(await gio.texts())
    assert "4 promises are told anew" in (await gio.last()).text
    assert await events(bench) == 4


async def test_each_row_that_cannot_be_read_is_named_with_its_mend(bench: Bench) -> None:
    leader, gio = await promised(bench)
    book = await taken(bench, gio)
    sheet = book.worksheets[0]
    sheet.cell(2, WORD).value = "nearly"
    sheet.cell(3, WORD).value = '=IF(1,"done","")'
    sheet.cell(4, NOTE).value = "a note alone"
    sheet.cell(5, WORD).value = "to be changed"
    sheet.cell(6, WORD).value, sheet.cell(6, CODE).value = "done", "P5-0-0000"
    sheet.cell(7, WORD).value, sheet.cell(7, CODE).value = "done", code(4_000, 0)
    sheet.cell(8, WORD).value, sheet.cell(8, NOTE).value = "to be changed", "rain"
    sheet.cell(8, DAY).value, sheet.cell(8, CODE).value = "31.02.2027", code(1, 0)
    said = await brought(bench, gio, book)
    assert "Row 2: “nearly” is not in the list" in said
    assert "Row 3: a formula stands there (=IF(1" in said
    assert "Row 4: there is a note or a day, but not how it stands" in said
    assert "Row 5: “to be changed” needs a few words why" in said
    assert "Row 6: its hidden code has changed (P5-0-0000)" in said
    assert "Row 7: this promise is not one of your office" in said
    assert "Row 8: “31.02.2027” is not a day" in said
    assert await events(bench) == 0
    assert "has not answered yet" in await read(leader)


async def test_a_new_day_is_a_wish(bench: Bench) -> None:
    _leader, gio = await promised(bench)
    book = await taken(bench, gio)
    sheet = book.worksheets[0]
    sheet.cell(2, WORD).value, sheet.cell(2, NOTE).value = "to be changed", "No asphalt before May"
    sheet.cell(2, DAY).value = "20.05.2026"
    assert "The day asked for: 20 May 2026" in await brought(bench, gio, book)
    await gio.tap("Yes, all of it")
    assert await events(bench) == 1


async def test_another_officials_table_says_nothing_of_whose_it_is(bench: Bench) -> None:
    _leader, gio = await promised(bench)
    book = await taken(bench, gio)
    other = await bench.valley.official("temo", "Temo", "head of culture")
    for number in range(5):
        leader = await bench.valley.member(f"l{number}", Role.LEADER)
        await leader.send("/menu")
        for label in ("Write down a promise", "Araguli", "Roads", "Temo"):
            await leader.tap(label)
        await leader.send(f"A stage {number}")
        for label in ("Today", "at a round table", "this year's budget", "Yes, write it down"):
            await leader.tap(label)
    for _each in range(5):
        await other.send("/menu")
        await other.tap("Go on: 🏛")
        await other.tap("Yes, that is right")
    book.worksheets[0].cell(2, WORD).value = "done"
    assert "Row 2: this promise is not one of your office" in await brought(bench, other, book)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"not a workbook at all", "not a table (.xlsx) that I can read"),
        (b"PK\x03\x04" + b"\0" * 200, "not a table (.xlsx) that I can read"),
        (b"x" * 50_000_000, "That file is too large"),
        (b"", "not a table (.xlsx) that I can read"),
    ],
)
async def test_what_is_no_table_is_answered_and_another_may_come(bench: Bench, content: bytes, answer: str) -> None:
    _leader, gio = await promised(bench)
    said = await brought_raw(bench, gio, content)
    assert answer in said
    assert "Please send the table as you have filled it in" in said


async def test_a_workbook_without_our_columns(bench: Bench) -> None:
    _leader, gio = await promised(bench)
    book = Workbook()
    book.worksheets[0].append(["a", "b"])
    assert "I do not find my columns" in await brought(bench, gio, book)
