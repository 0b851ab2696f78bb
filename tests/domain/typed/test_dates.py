from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.typed.dates import NoSuchDay, NoSuchMonth, NoSuchYear, NotADay, read

TODAY = date(2026, 11, 23)  # a Monday
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
NOMINATIVE = (
    "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი".split()
)
GENITIVE = (
    "იანვრის თებერვლის მარტის აპრილის მაისის ივნისის ივლისის აგვისტოს სექტემბრის ოქტომბრის ნოემბრის დეკემბრის".split()
)
ENGLISH = "January February March April May June July August September October November December".split()


@given(DAYS)
def test_a_whole_date_is_read_however_it_is_written(day: date) -> None:
    month = day.month - 1
    ways = [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d/%m/%Y} წ.",
        f"{day:%d-%m-%Y}",
        f"{day.day} {NOMINATIVE[month]}, {day.year}",
        f"{day.day} {NOMINATIVE[month].removesuffix('ი')[:3]}. {day.year}",
        f"{day.year} წლის {day.day} {NOMINATIVE[month]}",
        f"{day.day} {NOMINATIVE[month].removesuffix('ს')}ს",
        f"{day.year} წლის {GENITIVE[month]} {day.day}",
        f"{day.day} {ENGLISH[month]} {day.year}",
        f"{ENGLISH[month][:3]} {day.day}th, {day.year}",
        f"the {day.day}th of {ENGLISH[month]} {day.year}",
    ]
    assert {read(way, today=day) for way in ways} == {day}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("დღეს", date(2026, 11, 23)),
        ("ხვალ", date(2026, 11, 24)),
        ("ᲮᲕᲐᲚ!", date(2026, 11, 24)),
        ("ზეგ", date(2026, 11, 25)),
        ("Tomorrow", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("in two weeks", date(2026, 12, 7)),
        ("in a month", date(2026, 12, 23)),
        ("3 days", date(2026, 11, 26)),
        ("ორ კვირაში", date(2026, 12, 7)),
        ("bu gün", date(2026, 11, 23)),
        ("Sabah", date(2026, 11, 24)),
        ("iki həftə sonra", date(2026, 12, 7)),
        ("3 gündən sonra", date(2026, 11, 26)),
        ("çərşənbə axşamı", date(2026, 11, 24)),
        ("5 dekabr", date(2026, 12, 5)),
        ("5 dekabrda", date(2026, 12, 5)),
        ("1 iyun 2027", date(2027, 6, 1)),
        ("Dekabrın 5-i", date(2026, 12, 5)),
        ("5-i dekabr", date(2026, 12, 5)),
        ("5 dekabra qədər", date(2026, 12, 5)),
        ("5 dek", date(2026, 12, 5)),
        ("05.12.2026-cı il", date(2026, 12, 5)),
        ("İYUNUN 1-i", date(2027, 6, 1)),
        ("bazar ertəsi günü", date(2026, 11, 30)),
        ("cümə", date(2026, 11, 27)),
        ("bir həftəyə", date(2026, 11, 30)),
        ("birisi gün", date(2026, 11, 25)),
        # From a phone that has no ə, ş, ü:
        ("cersenbe axsami", date(2026, 11, 24)),
        ("uc gunden sonra", date(2026, 11, 26)),
        ("dunen", date(2026, 11, 22)),
        ("2 კვირის შემდეგ", date(2026, 12, 7)),
        ("სამ დღეში", date(2026, 11, 26)),
        ("ექვს თვეში", date(2027, 5, 23)),
        ("პარასკევს", date(2026, 11, 27)),
        ("Monday", date(2026, 11, 30)),
        ("on Sunday", date(2026, 11, 29)),
        ("კვირას", date(2026, 11, 29)),
        ("შაბათი, 5 დეკემბერი", date(2026, 12, 5)),
        ("5 დეკემბრამდე", date(2026, 12, 5)),
        ("14\u200b.10.2026", date(2026, 10, 14)),
        ("14.10.26", date(2026, 10, 14)),
        ("01.02.85", date(1985, 2, 1)),
    ],
)
def test_days_are_read_as_a_neighbour_says_them(typed: str, day: date) -> None:
    assert read(typed, today=TODAY) == day


def test_a_day_without_a_year_is_the_next_such_day_or_the_last() -> None:
    assert read("14 ოქტომბერი", today=TODAY) == date(2027, 10, 14)
    assert read("14 ოქტომბერი", today=TODAY, ahead=False) == date(2026, 10, 14)
    assert read("24.11", today=TODAY) == date(2026, 11, 24)
    assert read("24.11", today=TODAY, ahead=False) == date(2025, 11, 24)
    assert read("23.11", today=TODAY) == read("23.11", today=TODAY, ahead=False) == TODAY


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("31.02", {"day": 31, "month": 2, "year": 2027, "last": 28}),
        ("29 თებერვალი", {"day": 29, "month": 2, "year": 2027, "last": 28}),
        ("30.02.2028", {"day": 30, "month": 2, "year": 2028, "last": 29}),
        ("31 September 2027", {"day": 31, "month": 9, "year": 2027, "last": 30}),
        ("0.12", {"day": 0, "month": 12, "year": 2026, "last": 31}),
        ("99 მაისი", {"day": 99, "month": 5, "year": 2027, "last": 31}),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_what_the_month_has(typed: str, facts: dict[str, int]) -> None:
    with pytest.raises(NoSuchDay) as refused:
        read(typed, today=TODAY)
    assert refused.value.facts == facts


def test_a_leap_day_is_read_in_its_year() -> None:
    assert read("29.02", today=date(2027, 11, 1)) == date(2028, 2, 29)


def test_a_month_or_a_year_that_does_not_exist_is_refused_as_such() -> None:
    with pytest.raises(NoSuchMonth):
        read("10/14/2026", today=TODAY)
    with pytest.raises(NoSuchYear):
        read("14.10.9999", today=TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        *["", "soon", "მალე", "ოქტომბერი", "14", "2026", "1 2 3 4", "14.10-2026", "14 ოქტომბერი 15", "14 cats October"],
        *["October October 14", "in many weeks", "in 99999 days", "two days ago"],
        *["gələn həftə", "ayın 14-ü"],
    ],
)
def test_what_is_no_day_is_refused_rather_than_guessed(typed: str) -> None:
    with pytest.raises(NotADay) as refused:
        read(typed, today=TODAY)
    assert refused.value.reason == "not_a_day"


@given(st.text() | st.text("0123456789./- მაისიoctin day"), DAYS)
def test_any_text_is_a_day_or_a_typed_refusal(typed: str, today: date) -> None:
    with suppress(NotADay):
        read(typed, today=today)
