"""Dates are numbers that know their words; without a zone they are meant where the form is filled."""

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.forms.xpath.moments import days, from_datetime, iso
from tests.domain.forms.xpath.world import TBILISI, number, truth, words, world


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("today()", "2026-11-22"),
        ("now()", "2026-11-22T14:30:00.000+04:00"),
        ("date(today() + 10)", "2026-12-02"),
        ("date('2026-1-5')", "2026-01-05"),
        ("date('2026-11-22T20:30:00Z')", "2026-11-23T00:30:00.000+04:00"),
        ("date-time('2026-11-22T20:00:00.000Z')", "2026-11-23"),
        ("date('')", ""),
        ("date(true())", ""),
        ("date('nonsense')", "Invalid Date"),
        ("date('2026-02-30')", "Invalid Date"),
        ("date(1 div 0)", "Invalid Date"),
        ("date(/data/born)", "1984-05-05"),
        ("string(number('2026-11-22'))", "20778"),
        ("format-date(/data/born, '%d.%m.%Y')", "05.05.1984"),
        ("format-date(today() + 1, '%e/%n/%y')", "23/11/26"),
        ("format-date('', '%Y')", ""),
        ("format-date('nonsense', '%Y')", ""),
        ("format-date-time(now(), '%H:%M:%S.%3 %h')", "14:30:00.000 14"),
        ("format-date(today(), '%a %b %Z %%')", "Sun Nov %Z %%"),
        ("add-date('2026-01-31', 0, 1)", "2026-03-03"),
        ("add-date('2026-01-31', 1, 0, 1)", "2027-02-01"),
        ("add-date('2026-01-31', 0, 0, 0, 1, 30)", "2026-01-31T01:30:00.000+04:00"),
        ("add-date('nonsense', 1)", "Invalid Date"),
        ("parse-timestamp-to-date(1795300000000)", "2026-11-22"),
        ("parse-timestamp-to-date('x')", ""),
    ],
)
def test_words(expression: str, result: str) -> None:
    assert words(expression) == result


def test_months_and_days_are_in_the_language_of_the_filling() -> None:
    for language in ("ka", "Georgian (ka)", "ქართული (ka)"):
        assert words("format-date('2026-11-22', '%a %b')", env=world(language=language)) == "კვი ნოე"
    assert words("format-date('2026-11-22', '%a %b')", env=world(language="Martian")) == "Sun Nov"


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("born < today()", True),
        ("today() = '2026-11-22'", True),
        ("'2026-11-23' > today()", True),
        ("now() > today()", True),
        ("'2026-11-22' + 1 = '2026-11-23'", True),
        ("'2026-11-22T00:00:00+04:00' = date('2026-11-22')", True),
        ("empty < today()", False),
        ("name < today()", False),
        ("date(0) = date('1970-01-01T00:00:00Z')", True),
        ("boolean(date('nonsense'))", False),
        ("if(today() > '2026-01-01', true(), false())", True),
    ],
)
def test_comparisons(expression: str, result: bool) -> None:
    assert truth(expression) is result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("int((today() - born) div 365.25)", 42),
        ("decimal-date-time('1970-01-02T00:00:00Z')", 1),
        ("number('1970-01-01')", -4 / 24),
        ("decimal-date-time(5.5)", 5.5),
        ("decimal-time('06:00:00.000+04:00')", 0.25),
        ("decimal-time('06:00')", 0.25),
        ("decimal-time('00:00:00Z')", 4 / 24),
        ("difference-in-months('2025-11-23', today())", 11),
        ("difference-in-months('2025-11-22', today())", 12),
        ("date('2026-11-22') - date('2026-11-20')", 2),
    ],
)
def test_numbers(expression: str, result: float) -> None:
    assert number(expression) == pytest.approx(result)


@pytest.mark.parametrize(
    "expression",
    ["decimal-time('24:00:00')", "decimal-time('06:60')", "decimal-date-time('x')", "difference-in-months('', '')"],
)
def test_what_is_no_time_is_no_number(expression: str) -> None:
    assert math.isnan(number(expression))


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_survives_being_written(moment: datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    count = from_datetime(moment)
    assert days(iso(count, UTC), UTC) == count


@pytest.mark.parametrize(
    "text", ["2026", "2026-1-1", "2026-13-01", "0000-01-01", "2026-11-22T", "2026-11-22T10:00:00+25:00", "x026-11-22"]
)
def test_what_is_no_date(text: str) -> None:
    assert days(text, TBILISI) is None
