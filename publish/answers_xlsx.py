"""A poll as a workbook: the desk's own sheet with every voice, and a sheet of counts that may be shown to anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import Kind, Life
from domain.people import Action
from domain.polls import Origin
from locales import _, current, use
from publish import collected_words, need_words
from storage import counts, desk_reading, heads, places, polls, reach
from storage.answers import COMPLETE
from storage.heads import Head

HIDDEN = "–"  # nothing is shown: anything from none to four, and what has come since
WIDTHS = (8, 18, 22, 60, 18, 40, 18, 10, 10, 36, 10, 10, 16, 12, 10, 8)

Cell = str | int
Table = list[list[Cell]]
Tables = dict[str, Table]  # by the titles of their sheets


async def answers_xlsx(db: AsyncConnection, args: dict[str, Any]) -> bytes:
    return await asyncio.to_thread(workbook, await tables(db, args))


async def tables(db: AsyncConnection, args: dict[str, Any]) -> Tables:
    """`args`: poll, and optionally language and `by`, who sees the villages within their reach only."""
    poll_id = int(args["poll"])
    villages = (await polls.poll(db, poll_id=poll_id)).rules.villages
    if args.get("by") is not None:
        villages = villages & await reach.reach(db, person_id=int(args["by"]), action=Action.EXPORT_ANSWERS)
    rows = await desk_reading.voices(db, poll_id=poll_id, village_ids=villages)
    sorted_ = await heads.each(db, need_ids={row.need_id for row in rows})
    with use(args.get("language") or "ka"):
        return {_("Answers"): _voices(rows, sorted_), _("Counts"): await _counts(db, poll_id, villages)}


def _voices(rows: Sequence[Row[Any]], sorted_: Mapping[int, Head]) -> Table:
    """Answers are numbered anew in each file, so that a number leads to nobody. What was told stands as it was told;
    beside it the need of the village that the desk sorted it under."""
    header: list[Cell] = [
        _("Answer"),
        _("Village"),
        _("Kind"),
        _("Words"),
        _("Words are"),
        _("Shown as"),
        _("Suffers most"),
        _("Need"),
        _("Sorted under"),
        _("Sorted as"),
        _("Woman or man"),
        _("Age"),
        _("How it came"),
        _("Finished"),
        _("Counted"),
        _("Photo"),
    ]
    numbers = {answer_id: number for number, answer_id in enumerate(dict.fromkeys(row.answer_id for row in rows), 1)}
    return [header, *(_voice(row, numbers[row.answer_id], sorted_[row.need_id]) for row in rows)]


def _voice(row: Row[Any], number: int, head: Head) -> list[Cell]:
    return [
        number,
        row.name_ka if current() == "ka" else row.name_en,
        need_words.kind(row.kind),
        row.own_words or row.words or "",
        _lives()[Life(row.life)] if row.words else "",
        row.public_words or "",
        need_words.hurt(row.suffers),
        row.need_id,
        head.id,
        head.name or "",
        need_words.sex(row.sex),
        need_words.age_band(row.age_band),
        _origins()[Origin(row.origin)],
        _("yes") if row.state == COMPLETE else _("no"),
        _("yes") if row.counted else _("beside"),
        _("yes") if row.media_id else "",
    ]


def _lives() -> dict[Life, str]:
    return {
        Life.TOLD: _("not read yet"),
        Life.RELEASED: _("released"),
        Life.REWORDED: _("reworded"),
        Life.HIDDEN: _("hidden"),
    }


def _origins() -> dict[Origin, str]:
    return {
        Origin.TELEGRAM: "Telegram",
        Origin.VIBER: "Viber",
        Origin.WEB: _("web"),
        Origin.OPEN_WEB: _("open web"),
        Origin.DOOR_TO_DOOR: _("door to door"),
        Origin.PAPER: _("paper"),
    }


async def _counts(db: AsyncConnection, poll_id: int, villages: Collection[int]) -> Table:
    """What everybody may see, and nothing more: this sheet is the one that gets forwarded."""
    kinds = list(Kind)
    table: Table = [[_("Village"), *(need_words.kind(kind) for kind in kinds), _("How it was collected")]]
    for village in await places.villages_named(db, village_ids=villages):
        where = {"poll_id": poll_id, "village_id": village.place.id}
        shown = (await counts.shown(db, **where)).cells
        ways, beside = await counts.shown_ways(db, **where)
        collected = collected_words.public(ways, beside) or HIDDEN
        table.append([village.place.named(current()), *(shown.get(kind, HIDDEN) for kind in kinds), collected])
    return [*table, [], [_("Numbers are shown from 5 on and renewed once a day; “–” is anything below.")]]


def workbook(tables: Tables) -> bytes:
    book = Workbook()
    del book[book.sheetnames[0]]
    for title, table in tables.items():
        _fill(book.create_sheet(title), table)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, table: Table) -> None:
    for row_number, row in enumerate(table, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row_number, column)
            if isinstance(value, str):
                # Whatever somebody wrote stays text: "=1+1" is a sentence here, never a formula.
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            else:
                cell.value = value
            if row_number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
