"""How well needs are understood, on the labelled set: what domain/words/ must never fall behind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.bench.alike import latin_words_read_right
from bot.bench.labelled import HELD, Pair, Row, at, between, read, within
from domain.words.alike import SAME, likeness
from domain.words.meaning import read_latin

PRECISION, RECALL = 0.90, 0.80
ROWS = read(Path(__file__).parent / "needs.csv")


def said_in(*languages: str) -> list[Row]:
    return [row for row in ROWS if row.language in languages]


def judged(pairs: Sequence[Pair]) -> dict[str, float]:
    return at(SAME, [(likeness(pair.one.words, pair.other.words), pair.same) for pair in pairs])


def test_the_same_need_is_recognised_in_georgian() -> None:
    figures = judged(within(said_in("ka")))
    assert figures["precision"] >= PRECISION
    assert figures["recall"] >= RECALL


def test_needs_that_were_never_studied_are_recognised_too() -> None:
    figures = judged([pair for pair in within(said_in("ka")) if pair.held])
    assert figures["precision"] >= PRECISION
    assert figures["recall"] >= RECALL


@pytest.mark.parametrize("language", ["en", "ru", "az", "hy", "ka-latn", "ka-acad"])
def test_a_neighbour_who_writes_in_another_way_is_understood(language: str) -> None:
    figures = judged(between(said_in("ka"), said_in(language)))
    assert figures["precision"] >= PRECISION
    assert figures["recall"] >= RECALL


def test_georgian_in_latin_letters_is_read_right() -> None:
    shares = latin_words_read_right(ROWS)
    assert shares["ka-latn"] >= 0.85
    assert shares[f"ka-latn {HELD}"] >= 0.85
    assert shares["ka-acad"] >= 0.95


def test_other_languages_are_not_read_as_georgian() -> None:
    assert [row.words for row in said_in("en", "az", "ru", "hy") if read_latin(row.words)] == []


def test_the_set_is_large_and_says_nothing_twice() -> None:
    assert len(said_in("ka")) >= 420
    assert len({row.need for row in ROWS}) >= 70
    assert len({(row.language, row.words) for row in ROWS}) == len(ROWS)
    parts = {row.need: {other.part for other in ROWS if other.need == row.need} for row in ROWS}
    assert all(len(part) == 1 for part in parts.values()), "a need is studied or held out as a whole"
