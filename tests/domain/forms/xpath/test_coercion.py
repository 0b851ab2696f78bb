"""From one kind of value to another."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.forms.xpath.coercion import number_words, to_boolean, to_number, to_string, words_number
from domain.forms.xpath.comparison import equal, ordered
from tests.domain.forms.xpath.world import number, truth, value, words, world

PLAIN = world()


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e15, "1000000000000000"),
        (1.5e20, "150000000000000000000"),
        (1e21, "1e+21"),
        (1.5e-5, "0.000015"),
        (1e-7, "1e-7"),
        (math.nan, ""),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
    ],
)
def test_numbers_are_written_as_odk_writes_them(amount: float, shown: str) -> None:
    assert number_words(amount) == shown


@given(st.floats(allow_nan=False))
def test_a_number_survives_being_written(amount: float) -> None:
    assert words_number(number_words(amount), PLAIN) == amount


@given(st.text(max_size=12))
def test_words_are_a_number_or_none_and_never_an_error(text: str) -> None:
    found = to_number(text, PLAIN)
    assert isinstance(found, float)
    assert to_boolean(text) is (text != "")
    assert to_string(text) is text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        (" 12 ", 12),
        ("\t-1.5\n", -1.5),
        ("+3", 3),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("Infinity", math.inf),
        ("-Infinity", -math.inf),
    ],
)
def test_words_that_are_numbers(text: str, amount: float) -> None:
    assert words_number(text, PLAIN) == amount


@pytest.mark.parametrize("text", ["", " ", ".", "1a", "1,5", "0x10", "nan", "inf", "1_000", "²", "٣", "--1", "1 2"])
def test_words_that_are_none(text: str) -> None:
    assert math.isnan(words_number(text, PLAIN))


SCALARS = st.one_of(st.booleans(), st.floats(), st.text(alphabet="ა1.- ", max_size=4))


@given(SCALARS, SCALARS)
def test_equality_has_no_sides(one: str | float | bool, other: str | float | bool) -> None:
    assert equal(one, other, PLAIN) is equal(other, one, PLAIN)


@given(SCALARS, SCALARS)
def test_less_is_more_seen_from_the_other_side(one: str | float | bool, other: str | float | bool) -> None:
    less = ordered(one, other, PLAIN, lambda a, b: a < b)
    assert less is ordered(other, one, PLAIN, lambda a, b: a > b)


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("household/member/years = 40", True),
        ("household/member/years != 40", True),
        ("household/member/years = 41", False),
        ("household/member/years > 39", True),
        ("40 < household/member/years", False),
        ("household/member/years = household/member/years", True),
        ("household/member/who = 'Eka'", True),
        ("nothing = ''", False),
        ("nothing != ''", False),
        ("nothing < 1", False),
        ("empty = ''", True),
        ("empty > 0", False),
        ("empty = false()", False),
        ("nothing = false()", True),
        ("'' > 2", False),
        ("'a' = 'a'", True),
        ("'1' = 1.0", True),
        ("'x' = true()", True),
        ("0 div 0 = 0 div 0", False),
        ("0 div 0 != 0 div 0", True),
        ("boolean(0 div 0)", False),
        ("boolean('false')", True),
        ("boolean(nothing)", False),
        ("boolean(empty)", True),
    ],
)
def test_comparisons(expression: str, result: bool) -> None:
    assert truth(expression) is result


def test_plain_xpath_knows_no_dates() -> None:
    env = world()
    env.openrosa = False
    assert math.isnan(number("number('2020-01-01')", env=env))
    assert number("round(-1.5)", env=env) == -1
    assert number("round(-1.5)") == -2


def test_dividing_by_nothing() -> None:
    assert [words(f"{a} div {b}") for a, b in (("1", "0"), ("-1", "0"), ("0", "0"), ("1", "-0"))] == [
        "Infinity",
        "-Infinity",
        "",
        "-Infinity",
    ]
    assert words("5 mod 0") == ""
    assert value("5 mod (1 div 0)") == 5
