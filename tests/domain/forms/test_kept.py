"""Answers that are kept between two messages, and what is sent at the end."""

import json
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

from domain.forms.session import Session
from tests.domain.forms.questionnaires import NOW, TBILISI, form
from tests.domain.forms.test_repeats import HOUSEHOLDS
from tests.domain.forms.test_session import WATER

AGE = """
| survey |
| | type | name | label | calculation | relevant |
| | date | born | Born? | | |
| | calculate | days | | decimal-date-time(today()) - decimal-date-time(${born}) | |
| | calculate | chance | | once(random()) | |
| | text | weekold | A week old? | | ${days} >= 7 |
| | end | end | | | |
"""


def again(session: Session) -> Session:
    return Session.load(session.form, json.loads(json.dumps(session.answers())), TBILISI)


def test_what_was_kept_is_what_there_was() -> None:
    session = Session(form(HOUSEHOLDS), TBILISI)
    session.add_repeat("/data/household")
    session.answer("/data/household[2]/people", "4")
    session.add_repeat("/data/household[2]/child")
    session.answer("/data/household[2]/child[1]/age", "9")
    session.finish_repeat("/data/household[1]/child")
    twin = again(session)
    assert twin.values() == session.values()
    assert list(twin.walk()) == list(session.walk())
    assert twin.submission_xml() == session.submission_xml()
    assert twin.answers() == session.answers()


def test_it_goes_on_as_if_there_had_been_no_pause() -> None:
    session = Session(form(WATER), TBILISI)
    session.answer("/data/people", "4")
    twin = again(session)
    twin.answer("/data/water", "yes")
    twin.answer("/data/people", "5")
    assert twin.values()["/data/litres"] == "250"
    assert "/data/hours" in [step.ref for step in twin.walk()]


def test_the_clock_moves_between_two_messages_and_chance_does_not() -> None:
    session = Session(form(AGE), TBILISI)
    session.answer("/data/born", "2026-11-20")
    assert "/data/weekold" not in [step.ref for step in session.walk()]
    later = Session.load(session.form, session.answers(), replace(TBILISI, now=NOW + timedelta(days=3)))
    assert "/data/weekold" in [step.ref for step in later.walk()]
    assert later.values()["/data/chance"] == session.values()["/data/chance"]


def test_the_submission_leaves_out_what_is_not_relevant() -> None:
    session = Session(form(WATER), TBILISI)
    session.answer("/data/name", "Nino & Co <1>")
    session.answer("/data/people", "4")
    root = ElementTree.fromstring(session.submission_xml())  # noqa: S314 (our own)
    assert (root.tag, root.get("id")) == ("data", "data")
    assert root.findtext("name") == "Nino & Co <1>"
    assert root.find("hours") is None
    assert root.findtext("litres") == "200"
    assert (root.findtext("meta/instanceID") or "").startswith("uuid:")


def test_the_end_is_filled_when_it_is_sent() -> None:
    session = Session(form(AGE), TBILISI)
    assert "<end/>" in session.submission_xml()
    assert "<end>2026-11-25T10:30:00.000+04:00</end>" in session.submission_xml(finished=NOW)
