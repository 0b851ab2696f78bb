"""What a guest's page says large: what is other than when they last answered, and nothing else."""

from datetime import UTC, datetime

from domain.meetings.changes import Changes, since
from domain.meetings.entries import Entry, Verb

AT = datetime(2026, 10, 7, 7, tzinfo=UTC)


def entry(verb: Verb, **body: object) -> Entry:
    return Entry("12345678", verb, body, AT)


def planned(day: int, place: str = "The hall") -> Entry:
    return entry(Verb.PLANNED, place=place, starts_at=AT.replace(day=day).isoformat())


AGENDA = entry(Verb.AGENDA, items=[{"id": "need-1"}])
OTHER = entry(Verb.AGENDA, items=[{"id": "need-2"}])
INVITED = entry(Verb.INVITED, guest="gia")
REPLIED = entry(Verb.REPLIED, guest="gia", reply="coming")
BEFORE = [planned(7), AGENDA, INVITED]


def test_day_place_and_issues_are_told_apart() -> None:
    assert since([*BEFORE, planned(9)], "gia") == Changes(starts_at=AT)
    assert since([*BEFORE, planned(7, "The school")], "gia") == Changes(place="The hall")
    assert since([*BEFORE, OTHER], "gia") == Changes(issues=True)
    assert not since(BEFORE, "gia")


def test_what_was_changed_back_or_answered_since_is_no_change() -> None:
    assert not since([*BEFORE, planned(9), planned(7)], "gia")
    assert not since([*BEFORE, planned(9), OTHER, REPLIED], "gia")
    assert since([*BEFORE, REPLIED, planned(9)], "gia") == Changes(starts_at=AT)
    assert since([*BEFORE, planned(9), entry(Verb.REPLIED, guest="eka")], "gia") == Changes(starts_at=AT)
