"""Whatever was wrong is told in the person's own language, in a sentence or two."""

from __future__ import annotations

import re
from typing import Any

import pytest

import locales
from bot.web import words
from conversations import refusals
from conversations.registry import Registry
from domain.refusal import Refused
from tests.bad_input.door import FORWARDED, TelegramDoor
from tests.bad_input.every_question import FILE, Patience, kind
from tests.bad_input.every_question import registry as every_question
from tests.bad_input.test_kinds import STRANGE
from tests.town import Town

LATIN = re.compile(r"(?<![/\w{])[A-Za-z]{2,}")  # commands stay as they are
NAMES = {"CSV", "JPEG", "PNG", "JavaScript", "Telegram", "Mrgvali"}
HUGE = {**FILE, "file_size": 20_971_520}
WRONG: dict[str, dict[str, Any]] = {
    "sticker": STRANGE["sticker"],
    "forwarded": {"text": "x", "forward_origin": FORWARDED},
    "contact": STRANGE["contact"],
    "unknown command": {"text": "/destroy"},
    "a photo of 20 MB": {"photo": [{**HUGE, "width": 9, "height": 9}]},
    "a list of 20 MB": {"document": HUGE},
    "too long": {"text": "გ" * 5000},
    "no such day": {"text": "31.02"},
    "too large a number": {"text": "501"},
    "marks only": {"text": "\u202e\u200f"},
}

# Where it is an answer like any other.
FITS = {"no such day": ("In your own words?",), "too large a number": ("In your own words?",)}


@pytest.fixture
def registry() -> Registry:
    return every_question()


def is_georgian(said: str) -> bool:
    return bool(re.search("[ა-ჰ]", said)) and not set(LATIN.findall(said)) - NAMES


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_in_georgian(town: Town, door: TelegramDoor, what: str) -> None:
    georgian = Patience(town, door.user(language="ka"))
    heard = await georgian.with_(kind(georgian.phone, **WRONG[what]), fits=FITS.get(what, ()))
    for said in heard:
        assert is_georgian(said), said
        assert len(said) <= 200


def test_every_refusal_of_the_rules_and_of_the_web() -> None:
    with locales.use("ka"):
        said = [refusals.words(Refused(reason, **FACTS.get(reason, {}))) for reason in refusals.WORDS]
        said += [
            words.refusal(error) for error in ("too_fast", "too_large", "too_slow", "broken", "malformed", "not_json")
        ]
    assert [one for one in said if not is_georgian(one)] == []
    assert max(map(len, said)) <= 200


FACTS: dict[str, dict[str, int | str]] = {
    "too_young": {"age": 16},
    "enough_needs": {"most": 3},
    "codes_used_up": {"most": 500},
    "options_count": {"least": 2, "most": 6},
    "phone_is_full": {"most": 5},
    "sorted_meanwhile": {"who": "ნინო"},
    "list_full": {"most": 20},
    "too_few_candidates": {"seats": 3},
    "too_few_needs": {"least": 2},
    "too_many_doors": {"most": 30},
    "minutes_still_open": {"until": "2 დეკემბერი"},
    "amend_days": {"least": 1, "most": 30},
    "election_too_long": {"days": 90},
    "parts_count": {"least": 2, "most": 9},
    "grant_amount": {"most": 10_000_000},
    "grant_points": {"most": 100},
}
