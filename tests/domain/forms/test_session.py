"""A person answers: what is asked, what is refused, what an answer changes."""

from dataclasses import replace

import pytest

from domain.forms.asked import Kind, StepKind
from domain.forms.faults import NoSuchPlace, Violation
from domain.forms.session import Session
from tests.domain.forms.questionnaires import TBILISI, begin, form

WATER = """
| survey |
| | type | name | label | relevant | constraint | constraint_message | required | required_message | calculation |
| | text | name | Your name | | | | | | |
| | integer | people | How many? | | . > 0 and . < 30 | Between 1 and 29, please. | yes | How many, please? | |
| | select_one yn | water | Is there water? | ${people} > 0 | | | | | |
| | select_multiple when | hours | When? | ${water} = 'yes' | | | | | |
| | note | thanks | Thank you, ${name}: ${people} people. | | | | | | |
| | calculate | litres | | | | | | | ${people} * 50 |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | when | morning | In the morning |
| | when | noon | At noon |
| | when | night | At night |
"""


def refs(session: Session) -> list[str]:
    return [step.ref.removeprefix("/data/") for step in session.walk()]


def test_only_what_is_relevant_is_asked_in_order() -> None:
    session = begin(WATER)
    assert refs(session) == ["name", "people", "thanks"]
    session.answer("/data/people", "4")
    session.answer("/data/water", "yes")
    assert refs(session) == ["name", "people", "water", "hours", "thanks"]


def test_an_answer_tells_what_it_changed_and_nothing_else() -> None:
    session = begin(WATER)
    assert set(session.answer("/data/people", "4")) == {"/data/people", "/data/water", "/data/litres"}
    assert session.answer("/data/name", "Nino") == ("/data/name",)
    assert session.values()["/data/litres"] == "200"


def test_a_constraint_refuses_with_its_words_and_keeps_the_answer_before() -> None:
    session = begin(WATER)
    session.answer("/data/people", "4")
    with pytest.raises(Violation) as refused:
        session.answer("/data/people", "30")
    assert (refused.value.rule, refused.value.message) == ("constraint", "Between 1 and 29, please.")
    assert session.question("/data/people").value == "4"
    assert session.values()["/data/litres"] == "200"


@pytest.mark.parametrize(
    ("ref", "value", "rule"),
    [
        ("/data/people", "", "required"),
        ("/data/people", "many", "type"),
        ("/data/water", "maybe", "hidden"),
        ("/data/hours", "noon", "hidden"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(ref: str, value: str, rule: str) -> None:
    with pytest.raises(Violation) as refused:
        begin(WATER).answer(ref, value)
    assert refused.value.rule == rule


def test_a_choice_that_is_not_offered_is_refused() -> None:
    session = begin(WATER)
    session.answer("/data/people", "2")
    with pytest.raises(Violation, match="choice"):
        session.answer("/data/water", "maybe")


def test_force_stores_what_breaks_a_constraint_and_validate_names_it() -> None:
    session = begin(WATER)
    session.answer("/data/people", "99", force=True)
    assert [(wrong.ref, wrong.rule, wrong.message) for wrong in session.validate()] == [
        ("/data/people", "constraint", "Between 1 and 29, please.")
    ]


def test_several_choices_come_in_the_form_s_order() -> None:
    session = begin(WATER)
    session.answer("/data/people", "2")
    session.answer("/data/water", "yes")
    session.answer("/data/hours", ["night", "morning"])
    assert session.question("/data/hours").value == "morning night"


def test_what_is_not_relevant_any_more_is_kept_and_comes_back() -> None:
    session = begin(WATER)
    session.answer("/data/people", "2")
    session.answer("/data/water", "yes")
    session.answer("/data/hours", "noon")
    session.answer("/data/water", "no")
    assert "/data/hours" not in session.values()
    session.answer("/data/water", "yes")
    assert session.values()["/data/hours"] == "noon"


def test_a_label_takes_words_from_answers() -> None:
    session = begin(WATER)
    session.answer("/data/name", "Nino")
    session.answer("/data/people", "3")
    thanks = session.question("/data/thanks")
    assert (thanks.kind, thanks.label) == (Kind.NOTE, "Thank you, Nino: 3 people.")


def test_next_and_previous_step_over_what_is_hidden() -> None:
    session = begin(WATER)
    first = session.next_after("")
    assert first is not None
    assert first.ref == "/data/name"
    after_people = session.next_after("/data/people")
    assert after_people is not None
    assert after_people.ref == "/data/thanks"
    before = session.previous("/data/hours")  # not relevant itself
    assert before is not None
    assert before.ref == "/data/people"
    assert session.next_after("/data/thanks") is None
    assert session.previous("/data/name") is None


def test_a_place_that_does_not_exist_is_said() -> None:
    with pytest.raises(NoSuchPlace):
        begin(WATER).answer("/data/nothing", "1")


def test_a_field_list_is_asked_together() -> None:
    session = begin(
        """
| survey |
| | type | name | label | appearance | relevant |
| | begin group | who | Who | field-list | |
| | text | first | First name | | |
| | text | last | Last name | | ${first} != '' |
| | end group | | | | |
| | text | more | More | | |
"""
    )
    step = next(session.walk())
    assert (step.kind, step.refs) == (StepKind.TOGETHER, ("/data/who/first",))
    after = session.next_after("/data/who/first")
    assert after is not None
    assert after.ref == "/data/more"
    before = session.previous("/data/more")
    assert before is not None
    assert before.ref == "/data/who"


def test_readonly_is_not_answered() -> None:
    session = begin(
        """
| survey |
| | type | name | label | readonly | default |
| | text | code | Code | yes | 17 |
"""
    )
    with pytest.raises(Violation, match="readonly"):
        session.answer("/data/code", "18")


def test_preloads_come_from_the_setting() -> None:
    session = begin(
        """
| survey |
| | type | name |
| | start | start |
| | today | today |
| | username | username |
| | deviceid | deviceid |
"""
    )
    values = session.values()
    assert values["/data/start"] == "2026-11-25T10:30:00.000+04:00"
    assert values["/data/today"] == "2026-11-25"
    assert (values["/data/username"], values["/data/deviceid"]) == ("nino", "phone-1")
    assert values["/data/meta/instanceID"].startswith("uuid:")


def test_two_sessions_of_one_form_do_not_touch_each_other() -> None:
    water = form(WATER)
    one, other = Session(water, TBILISI), Session(water, replace(TBILISI, seed=8))
    one.answer("/data/people", "4")
    assert "/data/people" not in other.values()
    assert one.values()["/data/meta/instanceID"] != other.values()["/data/meta/instanceID"]


def test_a_dynamic_default_is_reckoned_once() -> None:
    session = begin(
        """
| survey |
| | type | name | label | default | trigger | calculation |
| | date | day | Which day? | today() | | |
| | text | place | Where? | | | |
| | text | asked | Asked | | ${place} | concat('at ', ${place}) |
"""
    )
    assert session.values()["/data/day"] == "2026-11-25"
    session.answer("/data/place", "Kveda Sazano")
    assert session.values()["/data/asked"] == "at Kveda Sazano"
    session.answer("/data/asked", "later")
    session.answer("/data/day", "2026-11-24")
    assert session.values()["/data/asked"] == "later"
