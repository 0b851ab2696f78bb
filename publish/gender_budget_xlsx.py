"""The gender-responsive budgeting table as a workbook: the sums, and the promises they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from domain.gender_budget import Sum
from locales import _
from publish import gender_budget as words
from publish.gender_budget import Page

SUMS = (46, 14, 20, 16, 14, 20, 16)  # widths of columns
PROMISES = (18, 48, 18, 24, 34, 48, 34, 22, 26, 18, 26, 14)
_BLUSH = PatternFill("solid", fgColor="F7E8E0")


def workbook(page: Page) -> bytes:
    book = Workbook()
    sums: Worksheet = book.worksheets[0]
    sums.title = _("Sums")
    _sums(sums, page)
    _promises(book.create_sheet(_("Promises")), page)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sums(sheet: Worksheet, page: Page) -> None:
    _row(sheet, [page.title], bold=True)
    _row(sheet, [page.municipality])
    years = [page.table.year, *([page.before.year] if page.before else [])]
    for part in words.parts(page):
        _row(sheet, [part.label, *(head for year in years for head in _heads(year))], bold=True)
        for label, this, before in part.rows:
            _row(sheet, [label, *_numbers(this), *(_numbers(before) if before else [])])
    for note in words.notes(page):
        _row(sheet, [note])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=4)
        sheet.row_dimensions[sheet.max_row].height = 45
    sheet.freeze_panes = "B1"
    _widths(sheet, SUMS)


def _heads(year: int) -> list[str]:
    return [
        _("{year}: promises").format(year=year),
        _("{year}: with an amount").format(year=year),
        _("{year}: lari").format(year=year),
    ]


def _numbers(one: Sum) -> list[int]:
    return [one.promises, one.priced, one.amount]


def _promises(sheet: Worksheet, page: Page) -> None:
    _row(sheet, words.headings(), bold=True)
    for line in page.table.lines:
        _row(sheet, [*words.cells(line), line.amount or ""])
    _row(sheet, [_("All promises"), *[""] * (len(PROMISES) - 2), page.table.total.amount], bold=True)
    sheet.freeze_panes = "C2"  # which promise it is stays in sight, whatever one looks at
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(PROMISES))}{len(page.table.lines) + 1}"
    _widths(sheet, PROMISES)


def _row(sheet: Worksheet, told: Sequence[str | int], *, bold: bool = False) -> None:
    number = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for column, value in enumerate(told, start=1):
        _cell(sheet.cell(number, column), value)
        if bold:
            sheet.cell(number, column).font = Font(bold=True)
            sheet.cell(number, column).fill = _BLUSH


def _cell(cell: Cell | MergedCell, value: str | int) -> None:
    """Whatever somebody said stays text: "=1+1" is a sentence here, never a formula; a code keeps its zeros."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, int):
        cell.value, cell.number_format = value, "#,##0"
    elif value:
        cell.value, cell.data_type, cell.number_format = ILLEGAL_CHARACTERS_RE.sub("", value), "s", "@"


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
