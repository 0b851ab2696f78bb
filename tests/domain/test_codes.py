from hypothesis import given
from hypothesis import strategies as st

from domain import codes

digits = st.text("0123456789", min_size=1, max_size=20)


@given(digits)
def test_a_code_is_read_as_it_was_shown(code: str) -> None:
    assert codes.read(codes.shown(code)) == code


@given(digits, st.sampled_from([" ", "-", "–", ".", "\u00a0"]))
def test_a_code_is_read_however_it_is_spaced(code: str, space: str) -> None:
    assert codes.read(space.join(code)) == code


def test_a_code_is_shown_in_groups_of_three_and_never_ends_in_a_single_digit() -> None:
    assert codes.shown("4827193650") == "482 719 3650"
    assert codes.shown("48271936") == "482 719 36"
    assert codes.shown("4") == "4"


def test_words_and_signs_are_no_code() -> None:
    assert [codes.read(typed) for typed in ("", "12a4", "½", "+123", "კოდი", "²")] == [None] * 5 + ["2"]


def test_what_is_too_long_to_be_a_code_is_not_looked_at() -> None:
    assert codes.read("1" * 61) is None


def test_new_codes_differ_and_have_the_digits_asked_for() -> None:
    made = {codes.new(10) for _time in range(200)}
    assert len(made) == 200
    assert {len(code) for code in made} == {10}


def test_what_is_kept_does_not_show_the_code() -> None:
    assert "4827193650" not in codes.hashed("4827193650")
    assert codes.hashed("4827193650") == codes.hashed("4827193650") != codes.hashed("4827193651")
