"""Households one after the other, and villages with households in them."""

import pytest

from domain.forms.asked import StepKind
from domain.forms.faults import Violation
from domain.forms.session import Session, Setting
from tests.domain.forms.questionnaires import begin, form

HOUSEHOLDS = """
| survey |
| | type | name | label | calculation | relevant |
| | begin repeat | household | Household | | |
| | text | head | Whose? | | |
| | integer | people | How many? | | |
| | calculate | number | | position(..) | |
| | begin repeat | child | Child | | |
| | integer | age | Age of a child of ${head} | | |
| | text | school | Which school? | | ${age} > 5 |
| | end repeat | | | | |
| | calculate | children | | count(${child}) | |
| | end repeat | | | | |
| | calculate | total | | sum(${people}) | |
| | calculate | all_children | | sum(${children}) | |
| | text | end_note | Anything else? | | |
"""

COUNTED = """
| survey |
| | type | name | label | repeat_count | calculation |
| | integer | people | How many? | | |
| | begin repeat | person | Person | ${people} | |
| | text | name | Name | | |
| | calculate | place | | | position(..) |
| | end repeat | | | | |
| | calculate | names | | | join(', ', ${name}) |
"""


def refs(session: Session) -> list[str]:
    return [step.ref.removeprefix("/data/") for step in session.walk()]


def test_one_more_is_asked_behind_each_row() -> None:
    session = begin(HOUSEHOLDS)
    assert refs(session)[-2:] == ["household", "end_note"]
    assert session.add_repeat("/data/household") == "/data/household[2]"
    assert "household[2]/head" in refs(session)
    session.finish_repeat("/data/household")
    assert "household" not in refs(session)


def test_a_repeat_s_question_has_its_label_for_one_more() -> None:
    session = begin(HOUSEHOLDS)
    prompt = next(step for step in session.walk() if step.ref == "/data/household")
    assert prompt.kind == StepKind.REPEAT
    assert session.question(prompt.ref).label == "Household"


def test_an_answer_in_one_household_touches_no_other() -> None:
    session = begin(HOUSEHOLDS)
    session.answer("/data/household[1]/people", "2")
    session.add_repeat("/data/household")
    changed = session.answer("/data/household[2]/people", "5")
    assert set(changed) == {"/data/household[2]/people", "/data/total"}
    assert session.values()["/data/total"] == "7"


def test_relevance_within_nested_rows() -> None:
    session = begin(HOUSEHOLDS)
    session.add_repeat("/data/household[1]/child")
    session.answer("/data/household[1]/child[2]/age", "7")
    assert "household[1]/child[2]/school" in refs(session)
    assert "household[1]/child[1]/school" not in refs(session)


def test_who_is_removed_leaves_no_gap_in_numbers_and_sums() -> None:
    session = begin(HOUSEHOLDS)
    for number, people in enumerate(("2", "3", "4"), start=1):
        if number > 1:
            session.add_repeat("/data/household")
        session.answer(f"/data/household[{number}]/people", people)
    session.remove_repeat("/data/household", 2)
    values = session.values()
    assert (values["/data/household[2]/people"], values["/data/household[2]/number"]) == ("4", "2")
    assert values["/data/total"] == "6"
    assert "/data/household[3]/people" not in values


def test_a_row_added_later_counts_at_once() -> None:
    session = begin(HOUSEHOLDS)
    before = int(session.values()["/data/all_children"])
    session.add_repeat("/data/household[1]/child")
    assert int(session.values()["/data/all_children"]) == before + 1


def test_the_form_counts_and_nobody_else() -> None:
    session = begin(COUNTED)
    session.answer("/data/people", "2")
    session.answer("/data/person[1]/name", "Ana")
    session.answer("/data/person[2]/name", "Bela")
    assert session.values()["/data/names"] == "Ana, Bela"
    with pytest.raises(Violation, match="count"):
        session.add_repeat("/data/person")
    session.answer("/data/people", "1")
    assert session.values()["/data/names"] == "Ana"
    assert refs(session) == ["people", "person[1]/name"]


def test_a_count_of_a_million_stops_at_the_bound() -> None:
    session = Session(form(COUNTED), Setting(most=7))
    session.answer("/data/people", "1000000")
    assert len(refs(session)) == 8


def test_an_empty_count_leaves_the_rows_that_are_there() -> None:
    session = begin(COUNTED)
    session.answer("/data/people", "2")
    session.answer("/data/people", "")
    assert len(refs(session)) == 3


def test_next_after_a_row_that_is_gone() -> None:
    session = begin(HOUSEHOLDS)
    session.add_repeat("/data/household")
    session.remove_repeat("/data/household", 2)
    step = session.next_after("/data/household[2]/people")
    assert step is not None
    assert step.ref == "/data/household"
