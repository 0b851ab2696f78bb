"""How promises stand, in sentences that a person would say."""

from __future__ import annotations

from datetime import date

import pytest

import locales
from domain.promise_status import status
from domain.promises import Event, Finding, Found, Promise, Said, Word
from domain.tally import Lot, Tally
from publish import board_words, promise_words

DUE, FIRST, BEFORE = date(2026, 9, 15), date(2026, 9, 10), date(2026, 9, 12)
AFTER, LONG_AFTER = date(2026, 9, 22), date(2026, 10, 20)


@pytest.mark.parametrize(
    ("lots", "en", "ka"),
    [
        ({}, "Nothing has been promised here yet.", "აქ ჯერ არაფერს დაჰპირებიან."),
        (
            {Lot.KEPT: 14, Lot.KEPT_LATE: 4, Lot.IN_PART: 6, Lot.NOT: 5, Lot.NOT_CHECKED: 2, Lot.NOT_YET: 12},
            "Of 31 promises due by today: 18 kept (4 of them late), 6 in part, 5 not, 2 not checked; 12 not yet due.",
            "დღემდე ვადა დაუდგა 31 დაპირებას: 18 შესრულდა (მათგან 4 დაგვიანებით), 6 ნაწილობრივ, 5 არ შესრულდა, "
            "2 არ შემოწმებულა; 12 დაპირების ვადა ჯერ არ დამდგარა.",
        ),
        (
            {Lot.NOT_CHECKED: 1, Lot.LET_GO: 2},
            "Of 1 promise due by today: 0 kept, 1 not checked. Let go by agreement: 2.",
            "დღემდე ვადა დაუდგა 1 დაპირებას: 0 შესრულდა, 1 არ შემოწმებულა. შეთანხმებით მოხსნილი: 2.",
        ),
        ({Lot.LET_GO: 1}, "Let go by agreement: 1.", "შეთანხმებით მოხსნილი: 1."),
        (
            {Lot.NOT_YET: 1},
            "One thing was promised, and its day has not come yet.",
            "დაპირება ერთია და ვადა ჯერ არ დამდგარა.",
        ),
    ],
)
def test_a_place_in_one_sentence_says_nothing_of_what_there_is_none(lots: dict[Lot, int], en: str, ka: str) -> None:
    tally = Tally({lot: lots.get(lot, 0) for lot in Lot})
    for spoken, sentence in (("en", en), ("ka", ka)):
        with locales.use(spoken):
            assert board_words.sentence(tally) == sentence


def done(on: date) -> Said:
    return Said(Word.DONE, on)


def saw(on: date, *, photo: bool = True) -> Found:
    return Found(Finding.DONE, on, 1, photo)


@pytest.mark.parametrize(
    ("events", "why"),
    [
        (
            [done(BEFORE), saw(AFTER)],
            "kept – due 15 September 2026, the official said on 12 September 2026 that it is done, and on "
            "22 September 2026 the group saw that it is, with a photo",
        ),
        (
            [saw(BEFORE)],
            "kept – due 15 September 2026, the group saw on 12 September 2026 that it is done, with a photo",
        ),
        (
            [done(AFTER), saw(LONG_AFTER)],
            "kept late – due 15 September 2026, the official said on 22 September 2026 that it is done, and on "
            "20 October 2026 the group saw that it is, with a photo",
        ),
        (
            [saw(FIRST, photo=False), done(BEFORE), saw(AFTER)],
            "kept – due 15 September 2026, the group saw on 22 September 2026 that it is done, with a photo",
        ),
        (
            [saw(AFTER)],
            "kept late – due 15 September 2026, the group saw on 22 September 2026 that it is done, with a photo",
        ),
    ],
)
def test_who_reads_kept_sees_by_which_day_it_is_reckoned(events: list[Event], why: str) -> None:
    with locales.use("en"):
        verdict = status(Promise(date(2026, 3, 2), DUE), events, date(2026, 12, 1))
        assert promise_words.stands(verdict) == why


@pytest.mark.parametrize("word", [Word.NOT_STARTED, Word.UNDER_WAY, Word.DONE])
@pytest.mark.parametrize("looked", [False, True])
def test_where_the_official_spoke_last_it_is_said_that_the_group_has_not_looked(word: Word, *, looked: bool) -> None:
    looks: list[Event] = [Found(Finding.NOTHING_SEEN, FIRST, 1)] if looked else []
    for spoken, since in (("en", "the group has not looked since"), ("ka", "ჯგუფს მას შემდეგ ჯერ არ უნახავს")):
        with locales.use(spoken):
            verdict = status(Promise(date(2026, 3, 2), DUE), [*looks, Said(word, BEFORE)], AFTER)
            assert promise_words.stands(verdict).endswith(since)
