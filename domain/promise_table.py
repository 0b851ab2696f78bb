"""A department's table of promises, filled in: each row is read on its own, and what cannot be read is named.

The table goes out as .xlsx with a hidden code in each row and comes back changed by hand, perhaps months later, sorted
anew or with half of its rows. So a row is known by its code alone, which also tells how much was known of the promise.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from domain.forms.xlsform import book as books
from domain.forms.xlsform.faults import Faulty
from domain.forms.xlsform.faults import Reason as FileFault
from domain.promises import Word

LONGEST_NOTE = 500
ROWS_AT_MOST = 2_000
FAULTS_AT_MOST = 60
_CODE = re.compile(r"P(\d{1,12})-(\d{1,9})-([0-9a-f]{6})", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


class Column(StrEnum):
    """Those that are read; the others are there for people."""

    WORD = "word"
    NOTE = "note"
    DAY = "day"
    CODE = "code"


class Reason(StrEnum):
    NOT_A_TABLE = "not_a_table"
    TOO_BIG = "too_big"
    NO_COLUMNS = "no_columns"
    FORMULA = "formula"
    NO_CODE = "no_code"
    SPOILED_CODE = "spoiled_code"
    TWICE = "twice"
    NO_WORD = "no_word"
    UNKNOWN_WORD = "unknown_word"
    LONG_NOTE = "long_note"
    WHY_MISSING = "why_missing"
    NO_DAY = "no_day"
    DAY_PAST = "day_past"
    DAY_ALONE = "day_alone"
    NOT_YOURS = "not_yours"
    TOLD_ALREADY = "told_already"
    CHANGED_SINCE = "changed_since"


@dataclass(frozen=True, slots=True)
class Fault:
    """`row` counts as the spreadsheet does, the headings being 1; 0 is the whole file. `value` is what stands there."""

    reason: Reason
    row: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What the office says of one promise. `known` is the number of the last event that the table had seen."""

    row: int
    promise_id: int
    known: int
    word: Word
    note: str | None
    new_due: date | None


@dataclass(frozen=True, slots=True)
class Filled:
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


class _Unreadable(Exception):
    def __init__(self, reason: Reason, value: object = "") -> None:
        super().__init__(reason)
        self.reason, self.value = reason, value


def code(promise_id: int, known: int) -> str:
    """The last six letters catch a code that the spreadsheet has counted on while it was dragged down."""
    body = f"P{promise_id}-{known}"
    return f"{body}-{_check(body)}"


def _check(body: str) -> str:
    return sha256(f"mrgvali table {body}".encode()).hexdigest()[:6]


def read(data: bytes, *, headings: Mapping[str, Column], words: Mapping[str, Word], today: date) -> Filled:
    """`headings` and `words` are those of every language the table may have been made in, in small letters."""
    try:
        rows = list(_rows(data))
        columns = _columns(rows, headings)
    except _Unreadable as fault:
        return Filled((), (Fault(fault.reason, value=str(fault.value)),))
    lines: dict[int, Line] = {}
    faults: list[Fault] = []
    for number, cells in enumerate(rows[1:], start=2):
        try:
            line = _line(number, {column: cells[at] for at, column in columns.items() if at < len(cells)}, words, today)
            if line is not None and line.promise_id in lines:
                raise _Unreadable(Reason.TWICE, lines[line.promise_id].row)
        except _Unreadable as fault:
            faults.append(Fault(fault.reason, number, str(fault.value)[:LONGEST_NOTE]))
        else:
            if line is not None:
                lines[line.promise_id] = line
    return Filled(tuple(lines.values()), tuple(faults[:FAULTS_AT_MOST]))


@dataclass(frozen=True, slots=True)
class _Formula:
    written: str

    def __str__(self) -> str:
        return self.written


def _rows(data: bytes) -> Iterator[list[Any]]:
    """The first sheet's cells; a formula is not reckoned, since its last value is not what somebody wrote."""
    try:
        if books.read(data).kind != "xlsx":  # refuses what is huge or booby-trapped
            raise _Unreadable(Reason.NOT_A_TABLE)
    except Faulty as fault:
        too_big = fault.faults[0].reason is FileFault.TOO_BIG
        raise _Unreadable(Reason.TOO_BIG if too_big else Reason.NOT_A_TABLE) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # drawings and the like, which are not read
        sheet = load_workbook(BytesIO(data), read_only=True).worksheets[0]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > ROWS_AT_MOST:
            raise _Unreadable(Reason.TOO_BIG)
        yield [_Formula(str(cell.value)) if cell.data_type == "f" else cell.value for cell in row]


def _columns(rows: list[list[Any]], headings: Mapping[str, Column]) -> dict[int, Column]:
    head = rows[0] if rows else []
    found = {at: headings[_plain(cell)] for at, cell in enumerate(head) if _plain(cell) in headings}
    if not {Column.WORD, Column.CODE} <= set(found.values()) or len(set(found.values())) < len(found):
        raise _Unreadable(Reason.NO_COLUMNS)
    return found


def _line(row: int, cells: Mapping[Column, Any], words: Mapping[str, Word], today: date) -> Line | None:
    """None where the office has left the row as it was."""
    told = [cells.get(column) for column in (Column.WORD, Column.NOTE, Column.DAY)]
    if not any(_text(cell) for cell in told):
        return None
    for cell in cells.values():
        if isinstance(cell, _Formula):
            raise _Unreadable(Reason.FORMULA, cell)
    promise_id, known = _known(_text(cells.get(Column.CODE)))
    word = _word(cells.get(Column.WORD), words)
    note, new_due = _text(cells.get(Column.NOTE)) or None, _new_due(cells.get(Column.DAY), today)
    if note and len(note) > LONGEST_NOTE:
        raise _Unreadable(Reason.LONG_NOTE, len(note))
    if word in (Word.CANNOT, Word.CHANGED) and note is None:
        raise _Unreadable(Reason.WHY_MISSING, _text(cells.get(Column.WORD)))
    if new_due is not None and word is not Word.CHANGED:
        raise _Unreadable(Reason.DAY_ALONE, _text(cells.get(Column.DAY)))
    return Line(row, promise_id, known, word, note, new_due)


def _known(written: str) -> tuple[int, int]:
    if not written:
        raise _Unreadable(Reason.NO_CODE)
    found = _CODE.fullmatch(written)
    if found is None or _check(f"P{found[1]}-{found[2]}") != found[3].lower():
        raise _Unreadable(Reason.SPOILED_CODE, written)
    return int(found[1]), int(found[2])


def _word(cell: Any, words: Mapping[str, Word]) -> Word:
    if not _text(cell):
        raise _Unreadable(Reason.NO_WORD)
    try:
        return words[_plain(cell)]
    except KeyError:
        raise _Unreadable(Reason.UNKNOWN_WORD, _text(cell)) from None


def _new_due(cell: Any, today: date) -> date | None:
    if not _text(cell):
        return None
    day = cell.date() if isinstance(cell, datetime) else _named_day(_text(cell))
    if day <= today:
        raise _Unreadable(Reason.DAY_PAST, _text(cell))
    return day


def _named_day(written: str) -> date:
    found = _DAY.fullmatch(written)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(written)
    except ValueError:
        raise _Unreadable(Reason.NO_DAY, written) from None


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y")
    return "" if cell is None else " ".join(str(cell).split())


def _plain(cell: Any) -> str:
    return _text(cell).casefold().strip(" .!")
