"""Choices: filtered by answers, from files, shuffled, in two languages."""

import pytest

from domain.forms.faults import FormError, Violation
from domain.forms.session import Session
from tests.domain.forms.questionnaires import TBILISI, begin, form

PLACES = """
| survey |
| | type | name | label::English (en) | label::ქართული (ka) | choice_filter | calculation |
| | select_one region | region | Region | რეგიონი | | |
| | select_one town | town | Town | ქალაქი | region = ${region} | |
| | calculate | said | | | | jr:choice-name(${town}, '${town}') |
| choices |
| | list_name | name | label::English (en) | label::ქართული (ka) | region |
| | region | im | Imereti | იმერეთი | |
| | region | gu | Guria | გურია | |
| | town | zes | Zestaponi | ზესტაფონი | im |
| | town | kut | Kutaisi | ქუთაისი | im |
| | town | ozu | Ozurgeti | ოზურგეთი | gu |
"""
FILE = """
| survey |
| | type | name | label | calculation | parameters |
| | select_one_from_file villages.csv | village | Village | | |
| | calculate | people | | pulldata('villages', 'people', 'name', ${village}) | |
"""
VILLAGES = b"name,label,people\nks,Kveda Sazano,812\nzs,Zeda Sazano,430\n"


def values(session: Session, ref: str) -> list[str]:
    return [choice.value for choice in session.question(ref).choices]


def test_a_filter_follows_the_answer_before() -> None:
    session = begin(PLACES)
    session.answer("/data/region", "im")
    assert values(session, "/data/town") == ["zes", "kut"]
    with pytest.raises(Violation, match="choice"):
        session.answer("/data/town", "ozu")


def test_a_choice_that_is_filtered_away_is_no_answer_any_more_and_comes_back() -> None:
    session = begin(PLACES)
    session.answer("/data/region", "im")
    session.answer("/data/town", "kut")
    session.answer("/data/region", "gu")
    assert "/data/town" not in session.values()
    assert Session.load(session.form, session.answers(), TBILISI).values() == session.values()
    session.answer("/data/region", "im")
    assert session.values()["/data/town"] == "kut"


def test_languages_change_labels_and_what_is_made_of_them() -> None:
    session = begin(PLACES)
    assert session.form.languages == ("English (en)", "ქართული (ka)")
    session.answer("/data/region", "im")
    session.answer("/data/town", "zes")
    session.set_language("ქართული (ka)")
    assert session.question("/data/town").label == "ქალაქი"
    assert [choice.label for choice in session.question("/data/town").choices] == ["ზესტაფონი", "ქუთაისი"]
    assert session.values()["/data/said"] == "ზესტაფონი"


def test_all_choices_and_labels_are_there_without_a_session() -> None:
    places = form(PLACES)
    assert [choice.label for choice in places.choices("/data/town", "ქართული (ka)")] == [
        "ზესტაფონი",
        "ქუთაისი",
        "ოზურგეთი",
    ]
    assert places.label("/data/region") == "Region"


def test_a_file_beside_the_form() -> None:
    session = begin(FILE, {"villages.csv": VILLAGES})
    assert [(choice.value, choice.label) for choice in session.question("/data/village").choices] == [
        ("ks", "Kveda Sazano"),
        ("zs", "Zeda Sazano"),
    ]
    session.answer("/data/village", "ks")
    assert session.values()["/data/people"] == "812"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FormError, match=r"villages\.csv.*missing"):
        form(FILE)


def test_shuffled_choices_keep_their_order_in_a_session() -> None:
    session = begin(
        """
| survey |
| | type | name | label | parameters |
| | select_one many | pick | Pick | randomize=true |
| choices |
| | list_name | name | label |
"""
        + "".join(f"| | many | c{number} | C{number} |\n" for number in range(12))
    )
    first = values(session, "/data/pick")
    assert first == values(session, "/data/pick")
    assert sorted(first) == sorted(f"c{number}" for number in range(12))


def test_or_other_asks_which() -> None:
    session = begin(
        """
| survey |
| | type | name | label |
| | select_one kind or_other | need | Need |
| choices |
| | list_name | name | label |
| | kind | water | Water |
"""
    )
    session.answer("/data/need", "other")
    assert [step.ref for step in session.walk()] == ["/data/need", "/data/need_other"]


def test_a_rank_needs_all_of_them() -> None:
    session = begin(
        """
| survey |
| | type | name | label |
| | rank kind | order | Order |
| choices |
| | list_name | name | label |
| | kind | a | A |
| | kind | b | B |
| | kind | c | C |
"""
    )
    with pytest.raises(Violation, match="choice"):
        session.answer("/data/order", "b a")
    session.answer("/data/order", ["b", "a", "c"])
    assert session.values()["/data/order"] == "b a c"
