"""Every division of the table adds up to its promises, whatever was promised, marked and found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.gender_budget import First, Line, Mark, Sum, Table, first, of_year
from domain.markers import Answer, Level, Marker, Proposal
from domain.money import Money, Source, Stage
from domain.needs import Kind

levels = st.sampled_from(Level)
proposals = st.builds(Proposal, levels, st.just("why"), st.just("all"), indicator=st.just("girls"))
markers = st.builds(Marker, proposals, st.none() | st.builds(Answer, levels, st.just("council"))) | st.just(Marker())
amounts = st.none() | st.integers(1, 10_000_000)


def money(amount: int | None, *, year: int = 2027, stage: Stage = Stage.DRAFT, code: str | None = None) -> Money:
    return Money(stage, year, True, date(2026, 11, 16), Source.SITE, code, amount)


lines = st.builds(
    Line,
    st.integers(1),
    st.just("Araguli"),
    st.just("The road"),
    st.sampled_from([*Kind, ""]),
    markers,
    st.none() | st.builds(money, amounts),
    st.sampled_from(First),
)


@given(st.lists(lines, max_size=30))
def test_each_division_adds_up_to_the_promises(promised: list[Line]) -> None:
    table = Table(2027, promised)
    assert table.total.promises == len(promised)
    assert table.total.amount == sum(line.money.amount or 0 for line in promised if line.money)
    for division in (table.by_mark, table.by_first, table.by_kind):
        whole = [sum(getattr(one, name) for one in division.values()) for name in ("promises", "priced", "amount")]
        assert Sum(*whole) == table.total


def marked(level: Level, answer: Level | None) -> Line:
    proposal = Proposal(level, "why", "all", indicator="girls")
    return Line(1, "", "", "", Marker(proposal, None if answer is None else Answer(answer, "council", "so")))


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        (marked(Level.MAIN, None), Mark.MAIN),
        (marked(Level.IMPORTANT, Level.IMPORTANT), Mark.IMPORTANT),
        (marked(Level.NOT, Level.NOT), Mark.NOT),
        (marked(Level.MAIN, Level.NOT), Mark.DIFFERENT),
        (Line(1, "", "", ""), Mark.NONE),
    ],
)
def test_a_marker_counts_until_the_two_sides_differ(line: Line, mark: Mark) -> None:
    assert line.mark is mark


@pytest.mark.parametrize(
    ("need", "women", "men", "whose"),
    [
        (1, [1, 2], [2, 1], First.WOMEN),
        (1, [2, 1], [1], First.MEN),
        (1, [1], [1], First.BOTH),
        (1, [2, 1], [3, 1], First.NEITHER),
        (1, None, None, First.UNKNOWN),
        (None, [1], [1], First.UNKNOWN),
    ],
)
def test_whose_first_need_it_is(need: int | None, women: list[int] | None, men: list[int] | None, whose: First) -> None:
    assert first(need, women, men) is whose


def test_the_furthest_stage_of_that_year_that_has_an_amount_counts() -> None:
    told = [
        money(9, year=2026, stage=Stage.PAID),
        money(7),
        money(8, stage=Stage.ADOPTED),
        money(None, stage=Stage.CONTRACTED),
    ]
    assert of_year(told, 2027) == money(8, stage=Stage.ADOPTED)
    assert of_year(told, 2028) is None


def test_amounts_under_one_code_may_be_the_same_money() -> None:
    both = [
        Line(number, "", "", "", money=money(7, code=code)) for number, code in enumerate(("03 02", "03  02", "04"))
    ]
    assert Table(2027, both).shared_codes == ["03 02"]
