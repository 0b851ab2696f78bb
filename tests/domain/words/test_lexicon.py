"""The word lists hold together: a slip in a CSV would otherwise go unseen."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from domain.words.lexicon import LANGUAGES, entry, lexicon
from domain.words.tables import rows


def test_every_concept_has_one_row() -> None:
    assert [name for name, often in Counter(row["concept"] for row in rows("lexicon.csv")).items() if often > 1] == []


def test_no_word_names_two_concepts() -> None:
    named: dict[str, set[str]] = defaultdict(set)
    for row in rows("lexicon.csv"):
        for said in (said for language in LANGUAGES for said in row[language].split()):
            whole = "=" in said
            for form in said.split("="):
                named[f"{form} alone" if whole else form].add(row["concept"])
    assert {form: concepts for form, concepts in named.items() if len(concepts) > 1} == {}


def test_phrases_and_kin_speak_of_known_concepts() -> None:
    known = set(lexicon().weights)
    spoken = {concept for row in rows("phrases.csv") for concept in (row["all"] + " " + row["become"]).split()}
    spoken |= {concept for row in rows("kin.csv") for concept in (row["one"], row["other"])}
    assert spoken - known == set()


@pytest.mark.parametrize(
    ("word", "concept"),
    [
        ("სკოლასთან", "school"),
        ("უწყლოდ", "water"),
        ("უგზოობაა", "road"),
        ("ამბულტორია", "ambulatory"),  # a letter left out
        ("დასამუშავებლად", None),  # not near enough to დასაქმება
    ],
)
def test_endings_prefixes_and_slips(word: str, concept: str | None) -> None:
    found = entry(word)
    assert (found.concept if found else None) == concept
