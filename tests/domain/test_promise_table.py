"""A filled-in table, row by row."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from domain.promise_table import Column, Filled, Reason, code, read
from domain.promises import Word

HEADINGS = {"stands": Column.WORD, "note": Column.NOTE, "day": Column.DAY, "code": Column.CODE}
WORDS = {word.value: word for word in Word}
TODAY = date(2026, 3, 2)


def table(*rows: tuple[Any, ...]) -> Filled:
    book = Workbook()
    for row in (("stands", "note", "day", "code"), *rows):
        book.worksheets[0].append(row)
    file = BytesIO()
    book.save(file)
    return read(file.getvalue(), headings=HEADINGS, words=WORDS, today=TODAY)


def test_rows_that_were_left_alone_say_nothing() -> None:
    assert table((None, None, None, code(1, 0)), (" ", "", None, "whatever")) == Filled((), ())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("done", None, None, None), Reason.NO_CODE),
        (("done", None, None, "P1-0-zzzz"), Reason.SPOILED_CODE),
        (("gone", None, None, code(1, 0)), Reason.UNKNOWN_WORD),
        ((None, "note", None, code(1, 0)), Reason.NO_WORD),
        (("done", "n" * 501, None, code(1, 0)), Reason.LONG_NOTE),
        (("cannot", None, None, code(1, 0)), Reason.WHY_MISSING),
        (("changed", "rain", "soon", code(1, 0)), Reason.NO_DAY),
        (("changed", "rain", "01.03.2026", code(1, 0)), Reason.DAY_PAST),
        (("done", None, "01.05.2026", code(1, 0)), Reason.DAY_ALONE),
        (("=1+1", None, None, code(1, 0)), Reason.FORMULA),
    ],
)
def test_each_mistake_has_its_name(row: tuple[Any, ...], reason: Reason) -> None:
    found = table(row)
    assert [(fault.row, fault.reason) for fault in found.faults] == [(2, reason)]
    assert found.lines == ()


def test_the_same_promise_twice_counts_with_its_first_row() -> None:
    found = table(("done", None, None, code(1, 0)), ("under_way", None, None, code(1, 0)))
    assert [line.word for line in found.lines] == [Word.DONE]
    assert [(fault.row, fault.reason, fault.value) for fault in found.faults] == [(3, Reason.TWICE, "2")]


@given(st.integers(1, 10**9), st.integers(0, 10**6), st.integers(1, 50))
def test_a_code_that_was_dragged_down_is_no_other_promises(promise: int, known: int, by: int) -> None:
    head, number, check = code(promise, known).split("-")
    assert f"{head}-{int(number) + by}-{check}" != code(promise, known + by)
