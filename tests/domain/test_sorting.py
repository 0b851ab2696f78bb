"""Whatever the desk joins, splits, names and takes back, every voice is kept, and counts once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.refusal import Refused
from domain.sorting import Act, Sorted, Standing, Verb, behind, behind_part, check_seen, live, require_undoable, stand

SEXES = ("woman", "man", "undisclosed")


@dataclass
class Desk:
    """A village of needs 1..n; `supports` by need: support number → answer."""

    needs: int
    supports: dict[int, dict[int, int]]
    acts: list[Act] = field(default_factory=list)
    next_half: int = 100

    def sorted(self) -> Sorted:
        return stand(range(1, self.needs + 1), self.acts)

    def do(self, verb: Verb, undoes: int | None = None, **change: Any) -> int:
        self.acts.append(Act(len(self.acts) + 1, verb, change, undoes))
        return len(self.acts)

    def behind(self) -> dict[int, set[int]]:
        found = self.sorted()
        return {head: set(behind(found, self.supports, head).values()) for head in found.heads}

    def voices(self) -> set[int]:
        return set().union(*self.behind().values())

    def split(self, head: int, part: int) -> None:
        self.next_half += 1
        held = sorted(_part(self, part))
        self.do(Verb.SPLIT, head=head, part=part, new=self.next_half, supports=held)


def _part(desk: Desk, part: int) -> dict[int, int]:
    return behind_part(desk.sorted(), desk.supports, part)


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    needs = draw(st.integers(2, 6))
    pairs = draw(st.sets(st.tuples(st.integers(1, needs), st.integers(1, 12)), min_size=1, max_size=25))
    supports: dict[int, dict[int, int]] = {}
    for number, (need, answer) in enumerate(sorted(pairs), start=1000):
        supports.setdefault(need, {})[number] = answer
    return Desk(needs, supports)


def _decide(desk: Desk, data: st.DataObject) -> None:
    found = desk.sorted()
    all_heads = sorted(found.heads)
    verb = data.draw(st.sampled_from(["join", "split", "apart", "name", "stand", "undo"]))
    head = data.draw(st.sampled_from(all_heads))
    parts = sorted(found.heads[head])
    if verb == "join" and len(all_heads) > 1:
        others = data.draw(
            st.lists(st.sampled_from([each for each in all_heads if each != head]), min_size=1, unique=True)
        )
        desk.do(Verb.JOIN, into=head, heads=others)
    elif verb == "split":
        desk.split(head, data.draw(st.sampled_from(parts)))
    elif verb == "apart" and len(parts) > 1:
        desk.do(Verb.APART, head=head, part=data.draw(st.sampled_from([each for each in parts if each != head])))
    elif verb == "name":
        desk.do(Verb.NAME, head=head, name="Light in every street")
    elif verb == "stand":
        desk.do(Verb.STAND, head=head, standing=Standing.PRIVATE)
    elif verb == "undo" and (standing := live(desk.acts)):
        act = data.draw(st.sampled_from(standing))
        try:
            require_undoable(desk.acts, act.id)
        except Refused:
            return
        desk.do(Verb.UNDO, undoes=act.id)


# Each step is computed anew from all before it, while what comes next is drawn.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(desks(), st.data())
def test_no_voice_is_lost_and_each_counts_once_for_a_head(desk: Desk, data: st.DataObject) -> None:
    before = desk.behind()
    everybody = set().union(*before.values())
    split = Counter(SEXES[answer % 3] for answer in everybody)
    for _ in range(data.draw(st.integers(1, 12))):
        _decide(desk, data)
        assert desk.voices() == everybody
        assert Counter(SEXES[answer % 3] for answer in desk.voices()) == split
        found = desk.sorted()
        parts = [part for head in found.heads.values() for part in head]
        assert len(parts) == len(set(parts)), "a part belongs to one head"
    while standing := live(desk.acts):
        desk.do(Verb.UNDO, undoes=standing[-1].id)
    assert desk.behind() == before


@given(desks(), st.data())
def test_a_joined_head_has_the_voices_of_its_parts(desk: Desk, data: st.DataObject) -> None:
    before = desk.behind()
    into, *others = data.draw(st.permutations(sorted(before)))
    desk.do(Verb.JOIN, into=into, heads=others)
    assert desk.behind() == {into: set().union(*before.values())}


def two_needs() -> Desk:
    return Desk(2, {1: {10: 1, 11: 2}, 2: {12: 2, 13: 3}})


def test_somebody_behind_two_joined_needs_counts_once_and_twice_again_after_undo() -> None:
    desk = two_needs()
    act = desk.do(Verb.JOIN, into=1, heads=[2])
    assert desk.behind() == {1: {1, 2, 3}}
    desk.do(Verb.UNDO, undoes=act)
    assert desk.behind() == {1: {1, 2}, 2: {2, 3}}


def test_those_behind_a_split_need_stand_behind_both_until_it_is_said_otherwise() -> None:
    desk = two_needs()
    desk.split(1, 1)
    assert desk.behind() == {1: {1, 2}, 101: {1, 2}, 2: {2, 3}}
    desk.do(Verb.LEAVE, split=1, head=1, part=1, supports=[10])
    assert desk.behind() == {1: {2}, 101: {1, 2}, 2: {2, 3}}
    require_undoable(desk.acts, 1)
    desk.do(Verb.UNDO, undoes=1)
    assert desk.behind() == {1: {1, 2}, 2: {2, 3}}, "what they chose goes with the split"


def test_who_comes_after_a_split_stands_behind_the_half_they_chose() -> None:
    desk = two_needs()
    desk.split(1, 1)
    desk.supports[1][20] = 7
    desk.supports[101] = {21: 8}
    assert desk.behind() == {1: {1, 2, 7}, 101: {1, 2, 8}, 2: {2, 3}}
    desk.do(Verb.UNDO, undoes=1)
    assert desk.behind() == {1: {1, 2, 7, 8}, 2: {2, 3}}, "a half that is no more leaves its voices to the whole"


def test_what_was_built_upon_a_decision_is_taken_back_first() -> None:
    desk = two_needs()
    first = desk.do(Verb.JOIN, into=1, heads=[2])
    name = desk.do(Verb.NAME, head=1, name="Water")
    with pytest.raises(Refused) as refused:
        require_undoable(desk.acts, first)
    assert refused.value.reason == "sorted_since"
    desk.do(Verb.UNDO, undoes=name)
    require_undoable(desk.acts, first)


def test_a_decision_is_taken_back_once() -> None:
    desk = two_needs()
    act = desk.do(Verb.JOIN, into=1, heads=[2])
    desk.do(Verb.UNDO, undoes=act)
    with pytest.raises(Refused):
        require_undoable(desk.acts, act)


def test_what_somebody_else_decided_meanwhile_is_noticed() -> None:
    desk = two_needs()
    seen = {head: desk.sorted().version.get(head, 0) for head in (1, 2)}
    act = desk.do(Verb.NAME, head=2, name="Water")
    assert check_seen(desk.sorted(), seen) == act
    assert check_seen(desk.sorted(), {1: 0}) is None
