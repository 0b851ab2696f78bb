"""Whoever goes back and answers again ends where a fresh start with the final answers ends; nobody is stranded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.forms.asked import Kind, StepKind
from domain.forms.faults import Violation
from domain.forms.session import Session
from tests.domain.forms.questionnaires import TBILISI, form

KINDS = ("integer", "select_one yn", "select_multiple yn", "text")
ANSWERS = {
    Kind.INTEGER: ["1", "5", "9"],
    Kind.TEXT: ["a", "b"],
    Kind.SELECT_ONE: ["y", "n"],
    Kind.SELECT_MULTIPLE: ["y", "y n"],
}


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Up to nine questions, each perhaps depending on one before; some in a group or a repeat; sums at the end."""
    rows = ["| survey |", "| | type | name | label | relevant | constraint | calculation | appearance |"]
    names: list[str] = []
    inside = 0
    for number in range(draw(st.integers(3, 9))):
        if not inside and draw(st.integers(0, 4)) == 0:
            inside, around = draw(st.integers(1, 3)), draw(st.sampled_from(("group", "repeat")))
            condition = f"${{{draw(st.sampled_from(names))}}} != ''" if names else ""
            screen = draw(st.sampled_from(("", "field-list")))
            rows.append(f"| | begin {around} | g{number} | G | {condition} | | | {screen} |")
            names_before = list(names)
        kind, name = draw(st.sampled_from(KINDS)), f"q{number}"
        condition = draw(
            st.sampled_from(["", *(f"${{{one}}} != ''" for one in names), *(f"${{{one}}} = 'y'" for one in names)])
        )
        rule = ". < 9" if kind == "integer" else ""
        rows.append(f"| | {kind} | {name} | Q | {condition} | {rule} | | |")
        names.append(name)
        if inside and (inside := inside - 1) == 0:
            rows.append(f"| | end {around} | | | | | | |")
            names = names_before if around == "repeat" else names
    if inside:
        rows.append(f"| | end {around} | | | | | | |")
        names = names_before if around == "repeat" else names
    rows.append(
        f"| | calculate | total | | | | concat('{len(names)}', {', '.join(f'${{{one}}}' for one in names) or '1'}) | |"
    )
    return "\n".join([*rows, "| choices |", "| | list_name | name | label |", "| | yn | y | Y |", "| | yn | n | N |"])


def walk_on(data: st.DataObject, session: Session) -> None:
    """To the end, with steps back in between, each answered anew."""
    step = session.next_after("")
    for _ in range(40):
        if step is None:
            return
        if step.kind == StepKind.REPEAT:
            if kept_rows(session, step.ref) < 2 and data.draw(st.booleans()):
                session.add_repeat(step.ref)
            session.finish_repeat(step.ref)
        elif step.kind == StepKind.TOGETHER:
            reply_together(data, session, step.refs)
        else:
            reply(data, session, step.ref)
        back = data.draw(st.integers(0, 4)) == 0
        step = (session.previous(step.ref) if back else session.next_after(step.ref)) or session.next_after(step.ref)


def reply(data: st.DataObject, session: Session, ref: str) -> None:
    question = session.question(ref)
    value = data.draw(st.sampled_from(["", *ANSWERS[question.kind]]))
    if value == "9":
        with pytest.raises(Violation, match="constraint"):
            session.answer(ref, value)
        assert session.question(ref).value == question.value
    else:
        session.answer(ref, value)


def reply_together(data: st.DataObject, session: Session, refs: tuple[str, ...]) -> None:
    """A screen is sent, and sent again with what it refused mended."""
    before = {ref: session.question(ref).value for ref in refs}
    given = {ref: data.draw(st.sampled_from(["", *ANSWERS[session.question(ref).kind]])) for ref in refs}
    refused = session.answer_together(given)
    assert all(given[ref] == "9" for ref in refused)
    assert all(session.question(ref).value == before[ref] for ref in refused if session.question(ref).relevant)
    assert not session.answer_together(dict.fromkeys(refused, "5"))


@settings(max_examples=25, deadline=None)
@given(tables(), st.data())
def test_back_and_again_ends_where_a_fresh_start_ends(table: str, data: st.DataObject) -> None:
    session = Session(form(table), TBILISI)
    walk_on(data, session)
    twin = Session.load(session.form, session.answers(), TBILISI)
    assert twin.submission_xml() == session.submission_xml()
    assert fresh(session).submission_xml() == session.submission_xml()


def fresh(session: Session) -> Session:
    """A session that is given the final answers only, in the form's order."""
    found, kept = Session(session.form, TBILISI), session.answers()
    for ref, rows in kept.get("rows", {}).items():
        while kept_rows(found, ref) < rows:
            found.add_repeat(ref)
    for _ in range(2):  # what becomes relevant through a later answer takes its own then
        for ref, value in kept["values"].items():
            if found.state(ref).kind in ("input", "select") and found.state(ref).relevant:
                found.answer(ref, value)
    return found


def kept_rows(session: Session, ref: str) -> int:
    return int(session.answers().get("rows", {}).get(ref, 0))
