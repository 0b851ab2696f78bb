"""A brief is complete when every section is; a speech keeps to its two minutes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.brief import NEEDED, TWO_MINUTES, Section, Sentence, count, missing, parted, two_minutes

SENTENCES = st.lists(st.builds(Sentence, st.text("ab ", max_size=80), st.booleans()), max_size=60)


def test_the_speech_is_no_part_of_what_is_needed() -> None:
    assert missing(set()) == list(NEEDED)
    assert missing({*NEEDED} - {Section.COST}) == [Section.COST]
    assert Section.SPEECH not in NEEDED


@given(SENTENCES, st.integers(0, 100))
def test_what_is_needed_is_always_said_and_the_rest_fits(sentences: list[Sentence], most: int) -> None:
    said = two_minutes(sentences, most)
    needed = [each.words for each in sentences if each.needed]
    assert count(said) <= max(most, count(needed))
    assert [words for words in said if words in needed][: len(needed)] or not needed
    left = iter([each.words for each in sentences])
    assert all(words in left for words in said)


def test_what_comes_last_goes_first() -> None:
    spare = [Sentence("სიტყვა " * 100, needed=False), Sentence("ბოლო " * 200, needed=False)]
    assert two_minutes([Sentence("დასაწყისი"), *spare, Sentence("თხოვნა")]) == ["დასაწყისი", spare[0].words, "თხოვნა"]
    assert TWO_MINUTES == 260


def test_a_text_is_parted_where_its_sentences_end() -> None:
    assert parted("წყალი არ მოდის. რატომ?  ზაფხულში  არა!") == ["წყალი არ მოდის.", "რატომ?", "ზაფხულში არა!"]
    assert parted("უწერტილოდ") == ["უწერტილოდ"]
    assert parted("") == []
