"""The table of docs/promises.md, held against the program in every combination of what can be said and seen."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from domain.promise_status import DISAGREEING, status
from domain.promises import Agreed, Event, Finding, Found, Heard, Promise, Said, Status, Verdict, Voice, Word

PAGE = Path(__file__).parents[2] / "docs" / "promises.md"
MADE, DUE, NEW_DUE = date(2026, 10, 14), date(2027, 6, 30), date(2027, 9, 30)
ANY = {"anything", "anybody"}
NAMES = {
    "its day has not come yet": Status.NOT_YET_DUE,
    "under way": Status.UNDER_WAY,
    "it has stopped": Status.STALLED,
    "its day has passed": Status.OVERDUE,
    "kept": Status.KEPT,
    "kept late": Status.KEPT_LATE,
    "kept in part": Status.KEPT_IN_PART,
    "broken": Status.BROKEN,
    "disputed": Status.DISPUTED,
    "changed by agreement": Status.CHANGED_BY_AGREEMENT,
}


def rows() -> list[list[str]]:
    lines = PAGE.read_text().split("who spoke last", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


ROWS = rows()


def said(on: date) -> dict[str, list[Event]]:
    return {
        "nothing": [],
        "not begun": [Said(Word.NOT_STARTED, on)],
        "under way": [Said(Word.UNDER_WAY, on)],
        "done": [Said(Word.DONE, on)],
        "cannot be done": [Said(Word.CANNOT, on)],
        "asks to change it": [Said(Word.CHANGED, on)],
        "asked, the group said no": [Said(Word.CHANGED, on), Agreed(None, on, yes=False)],
        "let go, both agreed": [Said(Word.CANNOT, on), Agreed(None, on)],
        "another day, both agreed": [Said(Word.CHANGED, on), Agreed(NEW_DUE, on)],
    }


def seen(on: date) -> dict[str, list[Event]]:
    done, nothing = Found(Finding.DONE, on, 1), Found(Finding.NOTHING_SEEN, on, 2)
    pair: list[Event] = [done, Found(Finding.DONE, on, 2)]
    return {
        "not checked": [Found(Finding.NOT_CHECKED, on, 1)],
        "nothing": [nothing],
        "nothing, though it had begun": [Found(Finding.UNDER_WAY, on, 2), nothing],
        "work going on": [Found(Finding.UNDER_WAY, on, 1)],
        "done, seen by one, no photo": [done],
        "done": pair,
        "done badly": [Found(Finding.DONE_BADLY, on, 1, photo=True)],
        "some done, some not": [done, nothing],
        "done, three neighbours disagree": [*pair, *(Voice(Heard.REOPENS, on, by) for by in range(DISAGREEING))],
    }


SAID, SEEN = list(said(MADE)), list(seen(MADE))
AGREED = {"let go, both agreed", "another day, both agreed"}


def stand(word: str, sight: str, last: str, on: date, today: date) -> Verdict:
    words, sights = said(on)[word], seen(on)[sight]
    events = [*sights, *words] if last == "the official" else [*words, *sights]
    return status(Promise(MADE, DUE), events, today)


def row_of(word: str, sight: str, last: str) -> list[str]:
    for of_word, of_sight, of_last, before, after in ROWS:
        fits = zip((of_word, of_sight, of_last), (word, sight, last), strict=True)
        if all(cell == value or cell in ANY for cell, value in fits):
            return [of_word, of_sight, of_last, before, after]
    raise AssertionError(f"no row for {word}, {sight}, {last}")


def combinations() -> list[tuple[str, str, str]]:
    """An agreement begins anew, so what was seen before it is no combination of its own; neither is a last look of a
    group that has not looked."""
    every = product(SAID, SEEN, ("the official", "the group"))
    return [
        (word, sight, last)
        for word, sight, last in every
        if not (last == "the official" and word in AGREED and sight != "not checked")
        and not (last == "the official" and word == "nothing" and sight != "not checked")
        and not (last == "the group" and sight == "not checked")
    ]


@pytest.mark.parametrize(("word", "sight", "last"), combinations())
def test_the_program_does_what_the_page_says(word: str, sight: str, last: str) -> None:
    *_which, before, after = row_of(word, sight, last)
    due = NEW_DUE if word == "another day, both agreed" else DUE
    on = due - timedelta(days=30)
    assert stand(word, sight, last, on, due).status is NAMES[before]
    late = due + timedelta(days=30)
    assert stand(word, sight, last, late, late).status is NAMES[after]


def test_every_row_of_the_page_is_met() -> None:
    met = [row_of(*each) for each in combinations()]
    assert [row for row in ROWS if row not in met] == []


def test_not_checked_never_reads_as_not_done() -> None:
    """Without a look, only the official's own "cannot" is worse than late, and the reason never speaks of a look."""
    for word, day in product(SAID, (DUE - timedelta(days=30), DUE + timedelta(days=400))):
        verdict = stand(word, "not checked", "the official", day, day)
        assert not verdict.reason.value.startswith("seen")
        assert verdict.found is None
        assert verdict.status is not Status.BROKEN or word == "cannot be done"
        assert verdict.status not in {Status.STALLED, Status.DISPUTED, Status.KEPT_IN_PART}
