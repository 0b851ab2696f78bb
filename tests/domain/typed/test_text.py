import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.typed.text import TooLong, clean, folded

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
HEART_ON_FIRE = "❤\ufe0f\u200d🔥"
FARMER = "👩🏽\u200d🌾"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\0b\x07c\x1bd", "abcd"),
        ("წყა\u202eლი\u202c \u2066გზა\u2069\u200f", "წყალი გზა"),
        ("წყა\u200bლი\ufeff", "წყალი"),
        ("წ\u200dყალი", "წყალი"),
        ("\ud83d only half", "only half"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one\n\n \n\n\ntwo", "one\n\ntwo"),
        ("  tab\there\xa0too  ", "tab here too"),
        ("cafe\u0301", "café"),
        ("ᲬᲧᲐᲚᲘ", "წყალი"),
        ("Roads, please!", "Roads, please!"),
        ("\u3164\u200e", ""),
    ],
)
def test_what_cannot_be_seen_is_not_kept(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@pytest.mark.parametrize("emoji", [FAMILY, HEART_ON_FIRE, FARMER, ENGLAND, "🇬🇪", "1\ufe0f\u20e3"])
def test_emoji_stay_whole(emoji: str) -> None:
    assert clean(f"გზა {emoji}") == f"გზა {emoji}"


def test_every_capital_georgian_letter_becomes_the_letter_people_read() -> None:
    letters = "".join(chr(n) for n in (*range(0x10D0, 0x10FB), 0x10FD, 0x10FE, 0x10FF))
    assert clean(letters.upper()) == letters


@given(st.text())
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "Lo", "So", "Zl", "Zs"])))
def test_what_is_kept_can_be_stored_and_has_no_controls(raw: str) -> None:
    kept = clean(raw)
    kept.encode("utf-8")
    assert not any(unicodedata.category(one) in {"Cc", "Cs"} and one != "\n" for one in kept)
    assert not any(unicodedata.bidirectional(one) in {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI"} for one in kept)


def test_five_thousand_letters_are_refused_whole() -> None:
    with pytest.raises(TooLong) as refused:
        clean("ა" * 5000)
    assert (refused.value.length, refused.value.longest) == (5000, 4000)
    assert clean("ა" * 4000 + "\u200b") == "ა" * 4000


def test_words_are_compared_without_capitals_or_odd_spaces() -> None:
    assert folded("  The\n ROAD ") == folded("the road")
    assert folded("ᲒᲖᲐ") == "გზა"


def test_what_is_far_too_long_is_counted_and_not_read() -> None:
    """Putting tens of thousands of accents in order takes seconds; reading would have shown fewer letters."""
    raw = "a" + "\u0301\u0323" * 30_000 + " " * 1000
    with pytest.raises(TooLong) as refused:
        clean(raw)
    assert refused.value.length == len(raw)
    assert len(folded(raw)) < 10_000


@pytest.mark.parametrize("raw", ["\ufe0f", "\u0301\u0301", "\ufe0f\u200d"])
def test_marks_without_a_letter_are_nothing(raw: str) -> None:
    assert clean(raw) == ""
