import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.words.meaning import in_georgian, read_latin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wyali ar gvaqvs", "წყალი არ გვაქვს"),  # the street
        ("tsqali ar gvaqvs", "წყალი არ გვაქვს"),  # the passport
        ("cyali ar gvakvs", "წყალი არ გვაქვს"),
        ("gare ganateba gvinda", "გარე განათება გვინდა"),
        ("xidi dangreulia", "ხიდი დანგრეულია"),
        ("avtobusi iSviaTad dadis", "ავტობუსი იშვიათად დადის"),  # AcadNusx's shifted letters
        ("SOFELSHI GZA CUDIA", "სოფელში გზა ცუდია"),
        ("gzebi, gzebi da gzebi!", "გზები, გზები და გზები!"),
        ("sabavshvo baghi", "საბავშვო ბაღი"),
        ("6uqi xshirad midis", "შუქი ხშირად მიდის"),
    ],
)
def test_georgian_typed_in_latin_letters_is_read(typed: str, meant: str) -> None:
    read = read_latin(typed)
    assert read is not None
    assert read.text == meant


@pytest.mark.parametrize(
    "typed",
    [
        "we have no water in the village",
        "the road to the school is broken",
        "Zurab is a thief",
        "Wi-Fi",
        "su yoxdur",
        "yol pisdir",
        "kənddə işıq yoxdur",
        "дороги нет",
        "წყალი არ გვაქვს",
        "ջուր չկա",
        "",
        "12345",
        "!!!",
    ],
)
def test_what_is_no_georgian_in_latin_letters_is_left_alone(typed: str) -> None:
    assert read_latin(typed) is None
    assert in_georgian(typed) == typed


@given(st.text(max_size=60))
def test_nothing_that_can_be_typed_breaks_the_reading(typed: str) -> None:
    in_georgian(typed)


def test_a_word_without_end_is_left_as_it_is() -> None:
    assert in_georgian("a" * 5000) == "a" * 5000
