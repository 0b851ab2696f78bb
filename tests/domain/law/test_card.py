"""A card says what it must, and one that does not says what is missing."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from domain.law.card import CARDS, BadCard, Of, Signatures, card
from publish.law_cards import FOLDER, cards


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
