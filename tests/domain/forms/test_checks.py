"""What would fail in front of a villager is refused before, in plain words and with the place."""

import pytest

from domain.forms.faults import FormError
from domain.forms.form import compile_form
from domain.forms.session import Session
from tests.domain.forms.questionnaires import form, xml

HEAD = "| survey |\n| | type | name | label | relevant | calculation | constraint | repeat_count |\n"
CHOICES = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |\n"


def faults(table: str) -> list[str]:
    with pytest.raises(FormError) as refused:
        form(table)
    return [str(one) for one in refused.value.faults]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            "| | calculate | a | | | ${b} + 1 | | |\n| | calculate | b | | | ${a} + 1 | | |\n",
            "circle: /data/a, /data/b",
        ),
        ("| | text | a | A | ${a} = 'x' | | | |\n", "depends on its own answer"),
        ("| | calculate | a | | | nonsense(1) | | |\n", "nonsense"),
        ("| | text | a | A | | | . > (1 | |\n", "cannot be read"),
        ("| | text | a | A | false() | | | |\n", "/data/a: It can never be reached"),
        ("| | text | a | A | /data/ghost = 1 | | | |\n", "refers to /data/ghost"),
        (
            "| | begin repeat | r | R | | | | 1000000 |\n| | text | a | A | | | | |\n| | end repeat | | | | | | |\n",
            "at most 200",
        ),
        ("| | text | a | A | | | regex(., '(a|aa)+$') | |\n", "/data/a"),
        ("| | calculate | a | | | instance('ghost')/root/item[1]/label | | |\n", "“ghost” is not in the form"),
    ],
)
def test_what_cannot_work_is_refused(rows: str, words: str) -> None:
    assert any(words in one for one in faults(HEAD + "| | text | z | Z | | | | |\n" + rows))


def test_a_condition_that_waits_for_a_choice_that_is_not_there() -> None:
    found = faults(
        HEAD + "| | select_one yn | water | Water? | | | | |\n| | text | a | A | ${water} = 'maybe' | | | |\n" + CHOICES
    )
    assert "/data/a: It can never be reached: “maybe” is not among the choices it waits for." in found


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(HEAD + "| | text | a | A | false() | | | |\n| | text | b | B | false() | | | |\n")) == 2


def test_a_count_without_a_bound_is_a_warning() -> None:
    rows = (
        "| | integer | n | N | | | | |\n| | begin repeat | r | R | | | | ${n} |\n| | text | a | A | | | | |\n"
        "| | end repeat | | | | | | |\n"
    )
    warned = form(HEAD + rows).warnings
    assert [one.path for one in warned] == ["/data/r"]
    assert form(HEAD + rows.replace("| N | | | |", "| N | | | . < 30 |")).warnings == ()


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "no form at all",
        "<html/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "<a>" * 5000,
    ],
)
def test_a_file_that_is_no_form(broken: str) -> None:
    with pytest.raises(FormError, match="not"):
        compile_form(broken)


def test_an_unknown_type_and_a_control_without_a_place() -> None:
    broken = xml(HEAD + "| | text | a | A | | | | |\n").replace('type="string"', 'type="shoe"', 1)
    with pytest.raises(FormError, match="“shoe” is not known"):
        compile_form(broken)
    with pytest.raises(FormError, match="/data/ghost"):
        compile_form(xml(HEAD + "| | text | a | A | | | | |\n").replace('ref="/data/a"', 'ref="/data/ghost"'))


def test_questions_and_sections_are_listed() -> None:
    found = form(
        HEAD
        + "| | begin group | g | G | | | | |\n| | text | a | A | | | | |\n"
        + "| | note | n | N | | | | |\n| | end group | | | | | | |\n"
        + "| | begin repeat | r | R | | | | |\n| | integer | b | B | | | | |\n| | end repeat | | | | | | |\n"
    )
    assert [(one.path, str(one.kind), one.section, one.repeat) for one in found.questions] == [
        ("/data/g/a", "text", "/data/g", ""),
        ("/data/g/n", "note", "/data/g", ""),
        ("/data/r/b", "integer", "/data/r", "/data/r"),
    ]
    assert [(one.path, one.questions) for one in found.sections] == [("/data/g", 1), ("/data/r", 1)]


def test_one_more_in_the_last_row_is_no_circle() -> None:
    session = Session(
        form(
            HEAD
            + "| | calculate | n | | | count(${r}[more = 'yes']) + 1 | | |\n| | begin repeat | r | R | | | | ${n} |\n"
            + "| | select_one yn | more | One more? | | | | |\n| | end repeat | | | | | | |\n"
            + CHOICES
        )
    )
    assert [step.ref for step in session.walk()] == ["/data/r[1]/more"]
    session.answer("/data/r[1]/more", "yes")
    session.answer("/data/r[2]/more", "no")
    assert [step.ref for step in session.walk()] == ["/data/r[1]/more", "/data/r[2]/more"]
