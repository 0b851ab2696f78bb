from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.typed.numbers import NotANumber, NotWhole, read

ONES = [
    "",
    "ერთი",
    "ორი",
    "სამი",
    "ოთხი",
    "ხუთი",
    "ექვსი",
    "შვიდი",
    "რვა",
    "ცხრა",
    "ათი",
    "თერთმეტი",
    "თორმეტი",
    "ცამეტი",
]
ONES += ["თოთხმეტი", "თხუთმეტი", "თექვსმეტი", "ჩვიდმეტი", "თვრამეტი", "ცხრამეტი"]
TWENTIES = {20: "ოცი", 40: "ორმოცი", 60: "სამოცი", 80: "ოთხმოცი"}
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
ENGLISH = ["", *"one two three four five six seven eight nine".split(), *TEENS.split()]
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def stem(word: str) -> str:
    return word.removesuffix("ი")


def in_georgian(n: int) -> str:
    """As a schoolbook spells it."""
    if n >= 1000:
        head = "ათას" if n < 2000 else f"{in_georgian(n // 1000)} ათას"
        return f"{head} {in_georgian(n % 1000)}" if n % 1000 else f"{head}ი"
    if n >= 100:
        head = "ას" if n < 200 else f"{stem(ONES[n // 100])}ას"
        return f"{head} {in_georgian(n % 100)}" if n % 100 else f"{head}ი"
    if n >= 20:
        twenties = TWENTIES[n // 20 * 20]
        return f"{stem(twenties)}და{ONES[n % 20]}" if n % 20 else twenties
    return ONES[n] or "ნული"


def in_english(n: int) -> str:
    if n >= 1000:
        return f"{in_english(n // 1000)} thousand {in_english(n % 1000) if n % 1000 else ''}".strip()
    if n >= 100:
        return f"{ENGLISH[n // 100]} hundred" + (f" and {in_english(n % 100)}" if n % 100 else "")
    if n >= 20:
        return f"{TENS[n // 10]}-{ENGLISH[n % 10]}".strip("-")
    return ENGLISH[n] or "zero"


def test_the_schoolbook_is_right() -> None:
    assert in_georgian(35) == "ოცდათხუთმეტი"
    assert in_georgian(250) == "ორას ორმოცდაათი"
    assert in_georgian(1999) == "ათას ცხრაას ოთხმოცდაცხრამეტი"
    assert in_english(342) == "three hundred and forty-two"


def test_every_number_below_ten_thousand_is_read_back_in_both_languages() -> None:
    assert [read(in_georgian(n)) for n in range(10_000)] == list(range(10_000))
    assert [read(in_english(n)) for n in range(10_000)] == list(range(10_000))


@given(st.integers(0, 999_999), st.sampled_from([" ", "", "-", "  "]))
def test_spaces_and_hyphens_tell_nothing(n: int, between: str) -> None:
    assert read(in_georgian(n).replace(" ", between)) == n
    assert read(in_english(n).replace("-", " ").replace(" ", between or " ")) == n


@given(st.integers(-(10**11), 10**11), st.sampled_from([" ", ",", ".", "\xa0", "\u202f", "'"]))
def test_digits_may_be_grouped(n: int, between: str) -> None:
    assert read(f"{n:,}".replace(",", between)) == read(str(n)) == n


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ᲝᲪᲓᲐᲮᲣᲗᲘ", 25),
        ("ორ", 2),
        ("ორი ათასი", 2000),
        ("ორას", 200),
        ("ასი ათასი", 100_000),
        ("A hundred", 100),
        ("a thousand and one", 1001),
        ("  12\u200b ", 12),
        ("٣٥", 35),
        ("007", 7),
    ],
)
def test_other_ways_to_say_it(typed: str, meant: int) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "many",
        "ბევრი",
        "five six",
        "twenty eleven",
        "ოცი ერთი",
        "ერთი ორი",
        "12 34",
        "2-3",
        "1,2,3",
        "½",
        "-",
        "ათას ათასი",
        "5 5",
    ],
)
def test_what_is_no_number_is_refused_rather_than_guessed(typed: str) -> None:
    with pytest.raises(NotANumber) as refused:
        read(typed)
    assert refused.value.reason == "not_a_number"


@pytest.mark.parametrize("typed", ["2,5", "2.5", "12,50"])
def test_a_part_of_one_is_refused_as_such(typed: str) -> None:
    with pytest.raises(NotWhole):
        read(typed)


@given(st.text())
def test_any_text_is_a_number_or_a_typed_refusal(typed: str) -> None:
    with suppress(NotANumber):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("on iki", 12),
        ("İyirmi beş", 25),
        ("doxsan", 90),
        ("yüz", 100),
        ("üç yüz qırx", 340),
        ("iki min", 2000),
        ("sıfır", 0),
        ("qirx bes", 45),
        ("dord yuz altmis uc", 463),
    ],
)
def test_azerbaijani_numbers(typed: str, number: int) -> None:
    assert read(typed) == number
