"""A questionnaire's file as sheets of words with their row numbers: .xlsx, .xls, .csv or .md in, .xlsx out."""

import csv
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import InvalidFileException
from xlrd import XLRDError, open_workbook

from domain.forms.xlsform.faults import Fault, Faulty, Reason

BYTES_AT_MOST = 10_000_000
# Unpacked: a million empty cells in a small file would stop the worker for minutes.
UNPACKED_AT_MOST = 60_000_000
PARTS_AT_MOST = 2_000
CELLS_AT_MOST = 600_000
SHEETS = ("survey", "choices", "settings", "external_choices", "entities")
_PIPE = re.compile(r"(?<!\\)\|")

Row = list[str]


@dataclass
class Book:
    """Each sheet is all of its rows, the header first; row n of a spreadsheet is `sheet[n - 1]`."""

    kind: str
    sheets: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, sheet: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row that is not empty, with its number, by the header's words in small letters."""
        table = self.sheets.get(sheet, [])
        header = [word.strip().casefold() for word in table[0]] if table else []
        for number, row in enumerate(table[1:], start=2):
            cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if name and cell.strip()}
            if cells:
                yield number, cells

    def row_of(self, sheet: str, **wanted: str) -> int:
        """The number of the first row with these cells; 0 where there is none."""
        found = (number for number, cells in self.rows(sheet) if wanted.items() <= cells.items())
        return next(found, 0)

    def row_with(self, sheet: str, *pieces: str) -> int:
        """The number of the first row where a cell holds one of these pieces; 0 where there is none."""
        found = (
            number
            for number, cells in self.rows(sheet)
            if any(piece in cell for cell in cells.values() for piece in pieces)
        )
        return next(found, 0)


def read(data: bytes) -> Book:
    """Raises Faulty for what is no table, or too large to be one that people could answer."""
    if len(data) > BYTES_AT_MOST:
        raise Faulty(Fault(Reason.TOO_BIG, value=str(len(data)), mend=str(BYTES_AT_MOST)))
    if data[:4] == b"PK\x03\x04":
        return Book("xlsx", _xlsx(data))
    if data[:4] == b"\xd0\xcf\x11\xe0":
        return Book("xls", _xls(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Faulty(Fault(Reason.NOT_A_FORM)) from None
    kind = "md" if re.search(r"^\s*\|", text, re.MULTILINE) else "csv"
    sheets = _stacked(_md(text) if kind == "md" else _csv(text))
    if "survey" not in sheets:
        raise Faulty(Fault(Reason.NOT_A_FORM))
    return Book(kind, sheets)


def write(book: Book) -> bytes:
    """As .xlsx, whatever it came as; everything is text."""
    made = Workbook()
    del made[made.sheetnames[0]]
    for name, table in book.sheets.items():
        sheet = made.create_sheet(name[:31])
        for at, row in enumerate(table, start=1):
            for column, value in enumerate(row, start=1):
                if value:
                    cell = sheet.cell(at, column)
                    cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", value), "s"
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _xlsx(data: bytes) -> dict[str, list[Row]]:
    try:
        _check_size(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl will not write again is nothing that we read
            book = load_workbook(BytesIO(data), read_only=True, data_only=True)
            return {_name(sheet.title): _table(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    except Faulty:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError):
        raise Faulty(Fault(Reason.NOT_A_FORM)) from None
    except Exception as error:
        # openpyxl reads its XML through defusedxml, which refuses entities by classes of its own.
        reason = Reason.ENTITY if "Forbidden" in type(error).__name__ else Reason.NOT_A_FORM
        raise Faulty(Fault(reason)) from None


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = packed.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > UNPACKED_AT_MOST or len(parts) > PARTS_AT_MOST:
            raise Faulty(Fault(Reason.TOO_BIG, value=str(unpacked), mend=str(UNPACKED_AT_MOST)))
        for part in parts:
            # Excel never declares entities: whoever does wants to fill the memory, or to read a file of ours.
            if part.filename.endswith(".xml") and b"<!ENTITY" in packed.read(part):
                raise Faulty(Fault(Reason.ENTITY, sheet=part.filename))


def _xls(data: bytes) -> dict[str, list[Row]]:
    try:
        book = open_workbook(file_contents=data)
        return {
            _name(sheet.name): _table(sheet.row_values(number) for number in range(sheet.nrows))
            for sheet in book.sheets()
        }
    except Faulty:
        raise
    except (XLRDError, AssertionError, IndexError, KeyError, ValueError, TypeError, UnicodeDecodeError, OSError):
        raise Faulty(Fault(Reason.NOT_A_FORM)) from None
    except Exception:  # xlrd meets a damaged file with struct.error and others
        raise Faulty(Fault(Reason.NOT_A_FORM)) from None


def _name(title: str) -> str:
    small = title.strip().casefold()
    return small if small in SHEETS else title


def _table(rows: Iterable[Iterable[Any]]) -> list[Row]:
    table: list[Row] = []
    cells = 0
    for row in rows:
        words = [_word(value) for value in row]
        while words and not words[-1]:
            words.pop()
        cells += len(words) + 1
        if cells > CELLS_AT_MOST:
            raise Faulty(Fault(Reason.TOO_BIG, value=str(cells), mend=str(CELLS_AT_MOST)))
        table.append(words)
    while table and not table[-1]:
        table.pop()
    return table


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _md(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        if line.strip().startswith("|") and not re.fullmatch(r"[\s|:-]+", line):
            cells = _PIPE.split(line.strip().strip("|") if line.strip().endswith("|") else line.strip()[1:])
            yield [cell.strip().replace(r"\|", "|") for cell in cells]


def _csv(text: str) -> Iterator[Row]:
    try:
        yield from csv.reader(StringIO(text))
    except csv.Error:
        raise Faulty(Fault(Reason.NOT_A_FORM)) from None


def _stacked(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Sheets one below the other: a sheet's name in the first column, its rows in those after it."""
    sheets: dict[str, list[Row]] = {}
    table: list[Row] = []
    for row in rows:
        if row and row[0].strip():
            table = sheets.setdefault(_name(row[0].strip()), [])
        if any(cell.strip() for cell in row[1:]):
            table.append(row[1:])
    return {name: _table(table) for name, table in sheets.items()}
