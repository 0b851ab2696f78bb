"""The list of places that a coordinator prepares: bytes in, villages or everything that is wrong with them out.

Every fault names its row, column and value and, where it can be known, what should stand there instead (`mend`);
faults are gathered, not stopped at, so that a coordinator mends the file once.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from domain import places
from domain.places import Name, Path, Village
from domain.typed.text import LONGEST, clean

NAMES = ("municipality_ka", "municipality_en", "community_ka", "community_en", "village_ka", "village_en")
COUNTS = ("voters", "population")
DEGREES = {"lat": 90.0, "lon": 180.0}
BEYOND = ""
COLUMNS = (*NAMES, *COUNTS, *DEGREES)
BYTES_AT_MOST = 5_000_000
FAULTS_AT_MOST = 50
CELL_AT_MOST = 100


class Reason(StrEnum):
    ENCODING = "encoding"
    EMPTY_FILE = "empty_file"
    TOO_BIG = "too_big"
    NOT_A_TABLE = "not_a_table"
    NO_COLUMN = "no_column"
    COLUMN_TWICE = "column_twice"
    EMPTY_CELL = "empty_cell"
    TOO_MANY_CELLS = "too_many_cells"
    NOT_A_NUMBER = "not_a_number"
    TOO_LONG = "too_long"
    DUPLICATE = "duplicate"
    TWO_NAMES = "two_names"


@dataclass(frozen=True)
class Fault:
    """`row` counts as a spreadsheet does, the header being 1; 0 is the file itself."""

    reason: Reason
    row: int = 0
    column: str = ""
    value: str = ""
    mend: str = ""


@dataclass(frozen=True)
class Parsed:
    """Villages or faults, never both: half a list is not imported."""

    villages: tuple[Village, ...] = ()
    faults: tuple[Fault, ...] = ()


class _Wrong(Exception):
    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults)
        self.faults = faults


Row = tuple[int, list[str]]
Cells = Mapping[str, str]


def parse(data: bytes) -> Parsed:
    try:
        (at, header), *body = _table(_decoded(data))
        where = _columns(at, header)
        return Parsed(villages=_villages([(row, _named(cells, where, len(header))) for row, cells in body]))
    except _Wrong as wrong:
        return Parsed(faults=wrong.faults[:FAULTS_AT_MOST])


def _decoded(data: bytes) -> str:
    if len(data) > BYTES_AT_MOST:
        raise _Wrong(Fault(Reason.TOO_BIG, value=str(len(data)), mend=str(BYTES_AT_MOST)))
    try:
        return data.decode(_encoding(data))
    except UnicodeDecodeError as wrong:
        row = data[: wrong.start].count(b"\n") + 1
        # Latin-1 gives every byte a face, so the coordinator can find the cell; nothing of it is imported.
        near = data[max(0, wrong.start - 10) : wrong.start + 10].decode("latin-1")
        raise _Wrong(Fault(Reason.ENCODING, row, value=clean(near), mend="UTF-8")) from None


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # UTF-16 without its mark: a header in Latin letters carries a zero byte on one side of each.
    if data[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if data[:1] == b"\0" else "utf-8-sig"


def _table(text: str) -> list[Row]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    header = next((line for line in lines.split("\n") if _cell(line)), "")
    reader = csv.reader(io.StringIO(lines), delimiter=max(",;\t", key=header.count), strict=True)
    try:
        rows = [(number, [_cell(cell) for cell in cells]) for number, cells in enumerate(reader, start=1)]
    except csv.Error as wrong:
        raise _Wrong(Fault(Reason.NOT_A_TABLE, reader.line_num, value=str(wrong))) from None
    filled = [(number, cells) for number, cells in rows if any(cells)]
    if len(filled) < 2:
        raise _Wrong(Fault(Reason.EMPTY_FILE))
    return filled


def _cell(raw: str) -> str:
    """What no cell can hold is left too long, so that it is refused with its row like any other fault."""
    return clean(raw) if len(raw) <= LONGEST else raw[: CELL_AT_MOST + 1]


def _columns(row: int, header: Sequence[str]) -> dict[str, int]:
    names = [re.sub("[ -]+", "_", name.casefold()) for name in header]
    unknown = [name for name in names if name and name not in COLUMNS]
    faults = [Fault(Reason.COLUMN_TWICE, row, name) for name in COLUMNS if names.count(name) > 1]
    for missing in (name for name in COLUMNS if name not in names):
        like = get_close_matches(missing, unknown, n=1, cutoff=0.8)
        # A column that we do not need may be missing, but a misspelt one would be lost silently.
        if like or missing in NAMES:
            faults.append(Fault(Reason.NO_COLUMN, row, missing, value="".join(like), mend=missing))
    if faults:
        raise _Wrong(*faults)
    return {name: names.index(name) for name in COLUMNS if name in names}


def _named(cells: Sequence[str], where: Mapping[str, int], width: int) -> Cells:
    """Each cell under its column's name; what stands beyond the last column is under BEYOND."""
    named = {name: cells[at] if at < len(cells) else "" for name, at in where.items()}
    return named | {BEYOND: " ".join(filter(None, cells[width:]))}


def _villages(rows: Sequence[tuple[int, Cells]]) -> tuple[Village, ...]:
    for check in (_cell_faults, _repeats, _second_names):
        if faults := list(check(rows)):
            raise _Wrong(*faults)
    return tuple(_village(cells) for _, cells in rows)


def _cell_faults(rows: Sequence[tuple[int, Cells]]) -> Iterator[Fault]:
    for row, cells in rows:
        for column, value in cells.items():
            if wrong := _wrong_cell(column, value):
                mend = places.english(cells[column.replace("_en", "_ka")]) if wrong is Reason.EMPTY_CELL else ""
                yield Fault(wrong, row, column, value[:CELL_AT_MOST], mend)


def _wrong_cell(column: str, value: str) -> Reason | None:
    if column == BEYOND:
        return Reason.TOO_MANY_CELLS if value else None
    if column in NAMES:
        return Reason.TOO_LONG if len(value) > CELL_AT_MOST else None if value else Reason.EMPTY_CELL
    number = _whole(value) if column in COUNTS else _degree(column, value)
    return Reason.NOT_A_NUMBER if value and number is None else None


def _repeats(rows: Sequence[tuple[int, Cells]]) -> Iterator[Fault]:
    first: dict[Path, int] = {}
    for row, cells in rows:
        before = first.setdefault(_village(cells).path, row)
        if before != row:
            yield Fault(Reason.DUPLICATE, row, "village_ka", cells["village_ka"], mend=str(before))


def _second_names(rows: Sequence[tuple[int, Cells]]) -> Iterator[Fault]:
    """One municipality or community spelled in English in two ways would become two."""
    first: dict[tuple[str, ...], str] = {}
    for row, cells in rows:
        path = _village(cells).path
        for depth, column in enumerate(("municipality_en", "community_en"), start=1):
            before = first.setdefault(path[:depth], cells[column])
            if before != cells[column]:
                yield Fault(Reason.TWO_NAMES, row, column, cells[column], mend=before)


def _village(cells: Cells) -> Village:
    municipality, community, village = (
        Name(cells[f"{level}_ka"], cells[f"{level}_en"]) for level in ("municipality", "community", "village")
    )
    voters, population = (_whole(cells.get(column, "")) for column in COUNTS)
    lat, lon = (_degree(column, cells.get(column, "")) for column in DEGREES)
    return Village(municipality, community, village, voters, population, lat, lon)


def _whole(value: str) -> int | None:
    digits = value.replace(" ", "")
    return int(digits) if re.fullmatch(r"[0-9]{1,7}", digits) else None


def _degree(column: str, value: str) -> float | None:
    """42,05 is how a Georgian spreadsheet writes 42.05."""
    number = value.replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]+)?", number):
        return None
    return float(number) if abs(float(number)) <= DEGREES[column] else None
