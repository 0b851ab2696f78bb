import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import places
from domain.places import Path

SHILDA = Path("ყვარელი", "შილდა", "შილდა")
GREMI = Path("ყვარელი", "გრემი", "გრემი")
OTHER_SHILDA = Path("თელავი", "იყალთო", "შილდა")
GEORGIAN = st.text("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ ", min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("georgian", "english"),
    [
        ("წინანდალი", "Tsinandali"),
        ("ზედა ეწერი", "Zeda Etseri"),
        ("ყვარელი", "Qvareli"),
        ("ჭყვიში", "Chqvishi"),
        ("ჟინვალი", "Zhinvali"),
        ("ღვარდია", "Ghvardia"),
        ("ᲨᲘᲚᲓᲐ", "Shilda"),
    ],
)
def test_names_are_romanised_the_national_way_without_apostrophes(georgian: str, english: str) -> None:
    assert places.english(georgian) == english


@pytest.mark.parametrize(
    ("name", "code"),
    [("შილდა", "shilda"), ("ზედა ეწერი", "zedaetseri"), ("სოფელი №2", "sopeli2"), ("Qızılacı", "qizilaci"), ("—", "")],
)
def test_a_code_is_made_of_plain_letters(name: str, code: str) -> None:
    assert places.code(name) == code


def test_a_village_keeps_its_code_when_another_of_its_name_comes() -> None:
    first = places.codes([SHILDA, GREMI], {})
    assert first == {SHILDA: "shilda", GREMI: "gremi"}
    both = places.codes([OTHER_SHILDA, SHILDA, GREMI], first)
    assert both[SHILDA] == "shilda"
    assert re.fullmatch("shilda[0-9a-f]{6}", both[OTHER_SHILDA])


def test_the_order_of_the_file_does_not_matter() -> None:
    assert places.codes([SHILDA, OTHER_SHILDA], {}) == places.codes([OTHER_SHILDA, SHILDA], {})


def test_a_name_of_signs_alone_still_gets_a_code() -> None:
    assert places.codes([Path("ა", "ბ", "—")], {})[Path("ა", "ბ", "—")]


@given(st.lists(st.builds(Path, GEORGIAN, GEORGIAN, GEORGIAN)))
def test_codes_differ_are_short_and_spell_nothing_odd(paths: list[Path]) -> None:
    codes = places.codes(paths, {})
    assert set(codes) == set(paths)
    assert len(set(codes.values())) == len(codes)
    assert all(re.fullmatch("[a-z0-9]{1,30}", code) for code in codes.values())
