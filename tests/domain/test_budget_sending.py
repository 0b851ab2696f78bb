"""When the desk is reminded to send the table: before the council's remarks end, and once the budget is adopted."""

from datetime import UTC, date, datetime

import pytest

from domain.budget_sending import Due, Occasion, due, late, next_due, occasion
from tests.town import TBILISI


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 17), None),
        (date(2026, 11, 18), Due(Occasion.DRAFT, 2027, 1)),
        (date(2026, 11, 24), Due(Occasion.DRAFT, 2027, 2)),
        (date(2026, 11, 25), None),
        (date(2027, 1, 11), None),
        (date(2027, 1, 12), Due(Occasion.ADOPTED, 2027, 1)),
        (date(2027, 1, 31), Due(Occasion.ADOPTED, 2027, 2)),
        (date(2027, 2, 1), None),
    ],
)
def test_on_which_days_the_desk_is_reminded(today: date, expected: Due | None) -> None:
    assert due(today) == expected


def test_a_budget_is_a_draft_until_it_is_adopted_at_the_years_end() -> None:
    assert occasion(2027, date(2026, 12, 28)) is Occasion.DRAFT
    assert occasion(2027, date(2026, 12, 29)) is Occasion.ADOPTED
    assert not late(2027, date(2026, 11, 24))
    assert late(2027, date(2026, 11, 25))


def test_the_next_reminder_is_in_the_morning() -> None:
    assert next_due(datetime(2026, 11, 23, 6, tzinfo=UTC), TBILISI) == datetime(2027, 1, 12, 6, tzinfo=UTC)
