"""Questions as villagers put them lead to the right card.

A third was kept aside while the words were chosen; the fresh ones were written later, and no word was chosen for them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.law.card import CARDS
from publish.law_cards import search

QUESTIONS = Path(__file__).parent / "questions.csv"


def asked(part: str | None = None) -> Iterator[tuple[str, str]]:
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        yield from ((row["card"], row["question"]) for row in csv.DictReader(file) if part in (None, row["set"]))


@pytest.mark.parametrize("part", ["tune", "held", "fresh"])
def test_the_right_card_comes_first_for_nine_of_ten(part: str) -> None:
    questions = list(asked(part))
    missed = [(card, question) for card, question in questions if search().best_first(question)[:1] != [card]]
    assert len(missed) <= len(questions) / 10, missed


def test_there_are_sixty_questions_about_every_card() -> None:
    questions = list(asked())
    assert len(questions) >= 60
    assert {card for card, _question in questions} == set(CARDS)


@pytest.mark.parametrize(
    "question", ["პეტიცია", "peticia", "petition", "петиция", "petisiya", "პეტიცა", "ᲞᲔᲢᲘᲪᲘᲐ", "პეტიციაა?!"]
)
def test_one_word_in_any_spelling(question: str) -> None:
    assert search().best_first(question)[:1] == ["petition"]


@pytest.mark.parametrize("question", ["", "?", "😀", "ბლაბლა", "1234", "a" * 10_000])
def test_what_is_no_question_finds_nothing(question: str) -> None:
    assert search().best_first(question) == []
