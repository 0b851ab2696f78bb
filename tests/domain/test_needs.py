import pytest

from domain import needs
from domain.needs import Life
from domain.refusal import Refused


def test_the_keys_of_kinds_and_groups_never_change() -> None:
    kinds = "roads water kindergarten health_post lighting transport waste irrigation energy internet safety"
    assert [kind.value for kind in needs.Kind] == [*kinds.split(), "culture_youth", "other"]
    hurt = "women men children older disabled families everyone"
    assert [group.value for group in needs.Hurt] == hurt.split()


@pytest.mark.parametrize("life", [Life.TOLD, Life.HIDDEN])
def test_others_read_nothing_that_was_not_released(life: Life) -> None:
    assert needs.words_for_others(life, "at Nino's gate", "reworded") is None
    assert not needs.photo_for_others(life)


def test_released_words_are_read_as_told() -> None:
    assert needs.words_for_others(Life.RELEASED, "The bridge is rotten") == "The bridge is rotten"
    assert needs.photo_for_others(Life.RELEASED)


def test_reworded_words_hide_what_was_told() -> None:
    assert needs.words_for_others(Life.REWORDED, "Gia blocks it", "The way is blocked") == ("The way is blocked")
    assert not needs.photo_for_others(Life.REWORDED)


@pytest.mark.parametrize("now", Life)
def test_a_decision_can_be_taken_again_but_not_untaken(now: Life) -> None:
    assert needs.decide(now, Life.HIDDEN) is Life.HIDDEN
    assert needs.decide(now, Life.RELEASED) is Life.RELEASED
    with pytest.raises(Refused, match="already_decided"):
        needs.decide(now, Life.TOLD)
