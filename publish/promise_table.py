"""A department's promises as a workbook to be filled in: by village, kind and day, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promise_table import Column, code
from domain.promises import Word, due_on
from locales import _, current, use
from publish import need_words, promise_words
from storage import promise_table
from storage.promise_table import Listed

LANGUAGES = ("ka", "en")
WIDTHS = (18, 20, 60, 14, 26, 20, 44, 16, 12)
TO_FILL = (6, 7, 8)  # columns
WORD, CODE = 6, 9
_YELLOW = PatternFill("solid", fgColor="FFF6D5")


@dataclass(frozen=True, slots=True)
class Row:
    village: str
    kind: str
    words: str
    due: date
    stands: str
    code: str


async def rows(db: AsyncConnection, *, person_id: int, today: date) -> list[Row]:
    """In the language in use, by village, kind and day."""
    found = [_row(one, today) for one in await promise_table.listed(db, person_id=person_id, today=today)]
    return sorted(found, key=lambda row: (row.village, row.kind, row.due, row.code))


def _row(one: Listed, today: date) -> Row:
    new, verdict = one.dossier.new, one.dossier.verdict(today)
    kind = one.around.need.kind if one.around.need else new.kind
    return Row(
        village=one.around.place.named(current()),
        kind=need_words.kind(kind) if kind else "",
        words=new.words,
        due=verdict.due or due_on(new.promise),
        stands=promise_words.status(verdict),
        code=code(one.dossier.id, promise_table.known(one.dossier)),
    )


def headings() -> dict[str, Column]:
    """What is read again, in every language that a table may have been made in."""
    found: dict[str, Column] = {}
    for language in LANGUAGES:
        with use(language):
            found |= {heading.casefold(): column for heading, column in _read_again().items()}
    return found


def words() -> dict[str, Word]:
    found: dict[str, Word] = {}
    for language in LANGUAGES:
        with use(language):
            found |= {promise_words.said(word).casefold(): word for word in Word}
    return found


def _read_again() -> dict[str, Column]:
    return {
        _("How it stands: choose"): Column.WORD,
        _("A few words for the people"): Column.NOTE,
        _("New day, if it has to change"): Column.DAY,
        _("Code"): Column.CODE,
    }


def workbook(table: Sequence[Row]) -> bytes:
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = _("Promises")
    before = (_("Village"), _("Kind"), _("What was promised"), _("By when"), _("What everybody reads now"))
    _write(sheet, 1, (*before, *_read_again()))
    for number, row in enumerate(table, start=2):
        told = (row.village, row.kind, row.words, row.due.strftime("%d.%m.%Y"), row.stands, "", "", "", row.code)
        _write(sheet, number, told)
    _dress(sheet, len(table) + 1)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write(sheet: Worksheet, number: int, told: Sequence[str]) -> None:
    for column, value in enumerate(told, start=1):
        cell = sheet.cell(number, column)
        # Whatever somebody said stays text: "=1+1" is a sentence here, never a formula.
        cell.value, cell.data_type, cell.number_format = ILLEGAL_CHARACTERS_RE.sub("", value), "s", "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if number == 1:
            cell.font = Font(bold=True)
        elif column in TO_FILL:
            cell.value, cell.fill = None, _YELLOW


def _dress(sheet: Worksheet, last: int) -> None:
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(CODE)].hidden = True
    sheet.freeze_panes = "A2"
    choices = DataValidation(type="list", formula1=f'"{",".join(map(promise_words.said, Word))}"', allow_blank=True)
    choices.error, choices.showErrorMessage = _("Please choose one of the list."), True
    sheet.add_data_validation(choices)
    letter = get_column_letter(WORD)
    choices.add(f"{letter}2:{letter}{max(last, 2)}")
