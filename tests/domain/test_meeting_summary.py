"""What everybody may read of minutes: no name but of who promised, and no words that were not released."""

from __future__ import annotations

import json

import pytest

from domain.meeting_summary import summary, without
from tests.publish import minutes


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("ნანა ბერიძემ თქვა, რომ გზა ნანახია", "… თქვა, რომ გზა ნანახია"),
        ("ეკას სახლთან ეკალი ამოვიდა", "… სახლთან ეკალი ამოვიდა"),
        ("მარიამისთვის და ბერიძის ეზოსთან", "… და … ეზოსთან"),
        ("Ask Nino, at NINO's house", "Ask …, at …'s house"),
    ],
)
def test_a_name_is_left_out_in_whatever_case_it_stands(words: str, kept: str) -> None:
    assert without(words, {"ნანა", "ბერიძე", "ეკა", "მარიამ", "nino"}) == kept


def test_nobody_stands_in_it_by_name_but_who_promised() -> None:
    body = minutes.body()
    item = body["items"][0]
    item["answers"][-1]["words"] = "ნანა ბერიძეს უკვე ვუთხარით"
    told = json.dumps(summary(body, words={1: item["words"]}), ensure_ascii=False)
    for name in ("ნანა", "ბერიძე", "გელაშვილი", "კაპანაძე", "ლომიძე", "წერეთელი", "აბაშიძე", "ონიანი"):
        assert name not in told, name
    assert "გიორგი მაისურაძე" in told
    assert "სასმელი წყლის მილი" in told


def test_words_that_are_not_released_any_more_are_gone_with_what_was_asked() -> None:
    body = minutes.body(items=[{**minutes.item(1), "asked": "მილის შეცვლა"}])
    [issue] = summary(body, words={})["issues"]
    assert (issue["words"], issue["asked"], issue["kind"]) == ("", "", "water")
    assert len(issue["promises"]) == 2
