"""A card says what it must, and one that does not says what is missing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from domain.law.card import CARDS, LANGUAGES, BadCard, Of, Signatures, Text, card
from domain.meetings.agenda import DRAFT_BUDGET
from domain.money import ON, Look
from domain.year import MILESTONES, Milestone
from locales import use
from publish.day_words import day
from publish.law_cards import FOLDER, cards, more, short


def said() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "petition.toml").read_text("utf-8"))


@pytest.mark.parametrize("field", ["checked", "sources", "ka", "en", "words"])
def test_what_is_missing_is_named(field: str) -> None:
    with pytest.raises(BadCard, match=f"petition: {field}"):
        card("petition", {name: value for name, value in said().items() if name != field})


@pytest.mark.parametrize("part", ["title", "what", "who", "thresholds", "steps", "ask"])
@pytest.mark.parametrize("language", ["ka", "en"])
def test_a_part_left_empty_is_named(part: str, language: str) -> None:
    whole = said()
    whole[language][part] = ""
    with pytest.raises(BadCard, match=f"petition, {language}: {part}"):
        card("petition", whole)


def test_a_link_that_leads_nowhere_and_a_foreign_name_are_refused() -> None:
    with pytest.raises(BadCard, match="begins with http"):
        card("petition", {**said(), "sources": [{"link": "matsne", "ka": "ა", "en": "a"}]})
    with pytest.raises(BadCard, match="no such card"):
        card("taxes", said())


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(BadCard, match="signatures"):
        card("petition", {**said(), "signatures": {"of": "moon", "percent": 1}})


@pytest.mark.parametrize(("percent", "voters", "needed"), [(1, 21_340, 214), (1, 100, 1), (5, 412, 21), (5, 20, 1)])
def test_a_part_of_a_signature_is_one_more(percent: int, voters: int, needed: int) -> None:
    assert Signatures(Of.VILLAGE, percent).among(voters) == needed


def test_every_card_of_the_library_is_there_and_dated() -> None:
    assert tuple(cards()) == CARDS
    assert all(date(2026, 11, 1) <= each.checked <= date(2030, 1, 1) for each in cards().values())


@pytest.mark.parametrize("name", CARDS)
def test_each_has_its_sources_and_no_source_twice(name: str) -> None:
    links = [each.link for each in cards()[name].sources]
    assert links
    assert len(set(links)) == len(links)


def test_sums_of_money_name_where_they_were_read() -> None:
    sources = [each.link for each in cards()["village_support"].sources]
    assert "https://nor.ge/am/56623" in sources


@pytest.mark.parametrize("name", CARDS)
def test_what_nobody_verified_is_left_to_the_municipality(name: str) -> None:
    asks = {"ka": "ჰკითხეთ", "en": "ask"}
    assert [word in cards()[name].text(language).ask for language, word in asks.items()] == [True, True]


@pytest.mark.parametrize(
    ("name", "unverified"),
    [
        ("assembly", "20%"),
        ("advisors", "10 members"),
        ("advisors", "three months"),
        ("petition", "86"),
        ("reports", "88"),
        ("offices", "carry things out"),
        ("advisors", "quota"),
        ("advisors", "კვოტა"),
        ("advisors", "სამ თვეში"),
        ("assembly", "მეხუთედ"),
        ("assembly", "own a house"),
        ("budget", "may propose"),
        ("offices", "no budget"),
    ],
)
def test_figures_marked_unverified_stand_on_no_card(name: str, unverified: str) -> None:
    assert unverified not in (FOLDER / f"{name}.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("assembly", ["5%", "three", "500", "2000"]),
        ("petition", ["1%"]),
        ("reports", ["1 November"]),
        ("budget", ["15 November", "25 November", "10 December", "31 December"]),
        ("village_support", ["10,000", "12,000", "16,000", "20,000", "54", "March"]),
        ("information", ["10 days"]),
        ("sessions", ["No permission"]),
    ],
)
def test_the_thresholds_stand_in_both_languages(name: str, facts: list[str]) -> None:
    english, georgian = cards()[name].text("en"), cards()[name].text("ka")
    whole = " ".join([english.what, english.who, *english.thresholds])
    assert [fact for fact in facts if fact not in whole] == []
    assert len(english.thresholds) == len(georgian.thresholds)
    assert len(english.steps) == len(georgian.steps)


def lines(text: Text) -> Iterator[tuple[str, str]]:
    """Each with its place on the card."""
    yield from (("title", text.title), ("what", text.what), ("who", text.who), ("ask", text.ask))
    yield from ((f"threshold {at}", line) for at, line in enumerate(text.thresholds))
    yield from ((f"step {at}", line) for at, line in enumerate(text.steps))


def figures(line: str) -> list[int]:
    """Thousands are parted by a comma in English and by a space in Georgian."""
    whole = re.sub(r"(?<=\d)[,\s](?=\d{3}\b)", "", line)
    return sorted(int(number) for number in re.findall(r"\d+", whole))


@pytest.mark.parametrize("name", CARDS)
def test_both_languages_say_the_same_figures_line_by_line(name: str) -> None:
    georgian, english = ({at: figures(line) for at, line in lines(cards()[name].text(each))} for each in LANGUAGES)
    assert georgian == english


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_reads_a_card_without_its_source_and_day(name: str, language: str) -> None:
    one = cards()[name]
    with use(language):
        shown, further, read = short(name), more(name), day(one.checked)
    assert one.sources[0].link in shown
    assert [each.link for each in one.sources if each.link not in further] == []
    assert [read in words for words in (shown, further)] == [True, True]


@pytest.mark.parametrize("name", ["assembly", "petition"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_share_that_is_reckoned_is_the_one_that_is_told(name: str, language: str) -> None:
    one = cards()[name]
    assert one.signatures is not None
    assert f"{one.signatures.percent}%" in one.text(language).thresholds[0]


def test_the_days_of_the_budget_are_those_the_program_reckons_with() -> None:
    days = [MILESTONES[each] for each in (Milestone.DRAFT, Milestone.REMARKS, Milestone.CORRECTED, Milestone.ADOPTED)]
    told = cards()["budget"].text("en").thresholds[1:]
    names = {11: "November", 12: "December"}
    assert [f"{on} {names[month]}" in line for (month, on), line in zip(days, told, strict=True)] == [True] * 4
    assert (DRAFT_BUDGET, ON[Look.DRAFT], ON[Look.REMARKS], ON[Look.CORRECTED]) == (days[0], *days[:3])
    assert MILESTONES[Milestone.REPORTS] == (11, 1)
    assert MILESTONES[Milestone.ASSEMBLY] == (3, 31)
