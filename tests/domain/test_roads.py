"""Which road a need takes, as three choose it."""

from __future__ import annotations

import pytest

from domain.dialogue import Party
from domain.refusal import Refused
from domain.roads import Road, check, complete, placed

GROUP, TRUSTEE, DEPUTY = Party.GROUP, Party.TRUSTEE, Party.DEPUTY
TABLE, OWN, VILLAGE = Road.ROUND_TABLE, Road.OURSELVES, Road.VILLAGE_PROGRAMME


def test_what_most_want() -> None:
    assert placed([1], {GROUP: {1: OWN}, TRUSTEE: {1: TABLE}, DEPUTY: {1: TABLE}}) == {1: TABLE}


def test_where_they_are_split_the_group_decides() -> None:
    assert placed([1], {GROUP: {1: OWN}, TRUSTEE: {1: TABLE}, DEPUTY: {1: VILLAGE}}) == {1: OWN}
    assert placed([1], {TRUSTEE: {1: TABLE}, DEPUTY: {1: VILLAGE}}) == {1: None}


def test_every_need_of_the_list_and_no_other() -> None:
    check([1, 2], {1: OWN, 2: TABLE})
    for choice in ({1: OWN}, {1: OWN, 2: OWN, 3: OWN}):
        with pytest.raises(Refused, match="list_changed"):
            check([1, 2], choice)


def test_nobody_waits_for_an_empty_post() -> None:
    assert complete({GROUP, DEPUTY}, {TRUSTEE})
    assert not complete({GROUP}, {TRUSTEE})
    assert not complete((), set(Party))
