"""No number of a form's answers points at a person, alone or subtracted from another."""

from hypothesis import given
from hypothesis import strategies as st

from domain import form_counts
from domain.counts import K
from domain.form_counts import Cell, Spread

EVERYBODY = {"woman": 20, "man": 10}
PARTS = st.fixed_dictionaries({"woman": st.integers(0, 12), "man": st.integers(0, 12)})
CELLS = st.lists(PARTS, max_size=5).map(lambda parts: dict(zip("abcde", parts, strict=False)))


def together(*cells: dict[str, int]) -> dict[str, int]:
    return {sex: sum(cell[sex] for cell in cells) for sex in ("woman", "man")}


def test_an_open_form_is_told_in_steps_and_never_by_sex() -> None:
    cells = {"water": {"woman": 12, "man": 6}, "road": {"woman": 2, "man": 2}}
    assert form_counts.one_of(cells, EVERYBODY, closed=False) == {"water": Cell(15, least=True)}
    assert form_counts.total(30, closed=False) == Cell(30, least=True)
    assert form_counts.total(4, closed=True) is None


def test_what_could_be_subtracted_takes_the_smallest_along() -> None:
    cells = {"water": {"woman": 15, "man": 5}, "road": {"woman": 5}, "light": {"woman": 0, "man": 3}}
    shown = form_counts.one_of(
        cells, together(*({"woman": 0, "man": 0} | each for each in cells.values())), closed=True
    )
    assert list(shown) == ["water"]


def test_women_and_men_are_shown_only_where_every_part_is_many() -> None:
    many = {"water": {"woman": 12, "man": 5}, "road": {"woman": 8, "man": 5}}
    assert form_counts.one_of(many, EVERYBODY, closed=True)["water"].parts == many["water"]
    few = {"water": {"woman": 14, "man": 9}, "road": {"woman": 6, "man": 1}}
    assert form_counts.one_of(few, EVERYBODY, closed=True)["water"].parts is None, "the other one could be subtracted"


def test_where_nearly_all_chose_it_the_few_others_are_not_to_be_counted() -> None:
    cells = {"water": {"woman": 19, "man": 9}}
    assert form_counts.any_of(cells, EVERYBODY, closed=True) == {"water": Cell(25, least=True)}


def test_the_ends_of_a_range_are_shared_by_five() -> None:
    assert form_counts.spread([1, 2, 3, 4]) is None
    assert form_counts.spread([1, 2, 3, 4, 90, 100]) == Spread(3.5)
    assert form_counts.spread([float(one) for one in range(1, 21)]) == Spread(10.5, 5, 16)


@given(CELLS, PARTS)
def test_nothing_left_over_is_one_to_four(cells: dict[str, dict[str, int]], silent: dict[str, int]) -> None:
    everybody = together(silent, *cells.values())
    shown = form_counts.one_of(cells, everybody, closed=True)
    assert all(cell.number >= K for cell in shown.values())
    left = sum(everybody.values()) - sum(cell.number for cell in shown.values())
    assert not shown or not 0 < left < K
    if any(cell.parts for cell in shown.values()):
        for sex in everybody:
            parts = [cell.parts[sex] for cell in shown.values() if cell.parts]
            assert not any(0 < part < K for part in (*parts, everybody[sex] - sum(parts)))


@given(CELLS, PARTS, st.booleans())
def test_of_several_choices_neither_side_is_one_to_four(
    cells: dict[str, dict[str, int]], silent: dict[str, int], closed: bool
) -> None:
    everybody = together(silent, *cells.values())
    all_ = sum(everybody.values())
    for choice, cell in form_counts.any_of(cells, everybody, closed=closed).items():
        true = sum(cells[choice].values())
        assert cell.number <= true < cell.number + K
        assert cell.least or not 0 < all_ - true < K
