"""The answers of one screen hold to their rules beside each other."""

from tests.domain.forms.questionnaires import begin

FROM_TO = """
| survey |
| | type | name | label | constraint | constraint_message | required | relevant |
| | begin group | g | G | | | | |
| | integer | first | From | . < ${last} | Before the last one | yes | |
| | integer | last | To | | | yes | |
| | text | why | Why? | | | yes | ${last} > 5 |
| | end group | | | | | | |
"""


def test_an_answer_may_lean_on_one_below_it() -> None:
    session = begin(FROM_TO)
    assert session.answer_together({"/data/g/first": "1", "/data/g/last": "3"}) == {}
    assert (session.values()["/data/g/first"], session.values()["/data/g/last"]) == ("1", "3")


def test_what_is_wrong_is_told_and_the_rest_is_kept() -> None:
    session = begin(FROM_TO)
    wrong = session.answer_together({"/data/g/first": "4", "/data/g/last": "3"})
    assert {ref: (one.rule, one.message) for ref, one in wrong.items()} == {
        "/data/g/first": ("constraint", "Before the last one")
    }
    assert session.values()["/data/g/last"] == "3"
    wrong = session.answer_together({"/data/g/first": "", "/data/g/last": "many"})
    assert {ref: one.rule for ref, one in wrong.items()} == {"/data/g/first": "required", "/data/g/last": "type"}


def test_what_broke_through_another_answer_of_the_screen_is_told_too() -> None:
    session = begin(FROM_TO)
    session.answer_together({"/data/g/first": "4", "/data/g/last": "5"})
    wrong = session.answer_together({"/data/g/first": "4", "/data/g/last": "2"})
    assert wrong["/data/g/first"].rule == "constraint"


def test_what_another_answer_of_the_screen_hid_is_left_alone() -> None:
    session = begin(FROM_TO)
    session.answer_together({"/data/g/first": "1", "/data/g/last": "7", "/data/g/why": "so"})
    assert session.answer_together({"/data/g/first": "1", "/data/g/last": "3", "/data/g/why": ""}) == {}
    assert "/data/g/why" not in session.values()
