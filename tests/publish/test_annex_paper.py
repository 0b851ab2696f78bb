"""An annex of evidence on paper: everything stands on it in both languages, and nobody's words run as markup."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

from domain.brief import WRITTEN, Section
from domain.counts import Ways
from domain.dialogue import Party, Stand
from domain.grants import Terms
from domain.needs import Kind
from domain.polls import Origin
from domain.promises import Source
from locales import use
from publish import annex_form, annex_paper
from publish.minutes_form import Proof
from storage.brief_facts import Facts
from storage.briefs import Brief, Written
from storage.grant_evidence import Evidence, Listed, Need, Stood, Survey
from storage.grants import Call
from storage.groups import Group
from storage.places import Place, Village
from storage.promises import Dossier, NewPromise, Told
from tests.publish.test_brief_paper import photo
from tests.publish.test_paper import HARMFUL, text_of

DAY = date(2026, 9, 30)
AT = datetime(2026, 9, 12, 9, tzinfo=UTC)
CODE = "123456789012"
PROOF = Proof(CODE, "ab" * 32, f"https://mrgvali.example.ge/verify/{CODE}")


def evidence(words: str = "წყალსადენი ძველია და ზაფხულში წყალი არ მოდის", named: str = "ეკა ბერიძე") -> Evidence:
    """One need of which all is known, and one of which nothing is."""
    place = Place(1, "არაგული", "Araguli"), Place(1, "ხეობა", "Valley"), Place(1, "ძევერი", "Dzeveri")
    village = Village(*place)
    facts = Facts(1, Kind.WATER, words, None, village, 1, 640, 412, 23, {"woman": 15, "man": 8, "undisclosed": 0})
    ways = Ways({Origin.TELEGRAM: 40, Origin.DOOR_TO_DOOR: 50, Origin.PAPER: 5}, 0)
    survey = Survey(date(2026, 5, 1), date(2026, 5, 20), ways, 5, True, 195, 60, 50, 5, 4, 3)
    stood = {
        Party.GROUP: Stood(Stand.CONFIRMED, None, date(2026, 9, 10), ""),
        Party.TRUSTEE: Stood(Stand.CONFIRMED, named, date(2026, 9, 11), ""),
        Party.DEPUTY: Stood(Stand.DECLINED, named, date(2026, 9, 12), words),
    }
    written: dict[Section, Written] = {each: Written(1, words, None, AT) for each in WRITTEN}
    brief = Brief({**written, Section.LAW: Written(2, '["petition"]', None, AT)})
    new = NewPromise(1, 1, 1, "water", named, named, words, date(2026, 9, 12), date(2026, 9, 20), Source.ROUND_TABLE)
    seen = {"value": "done", "on": "2026-09-19", "photo": True, "lives_there": True, "by": 1}
    money = {"stage": "draft", "year": 2027, "found": True, "on": "2026-09-15", "source": "site"}
    told = [
        Told(1, "group", AT, seen, None, None, None),
        Told(2, "money", AT, {**money, "code": "03 02", "amount": 45_000}, None, None, None),
    ]
    whole = Need(facts, survey, Listed(date(2026, 9, 12), 3, stood), 1, brief, [Dossier(1, 1, new, told)])
    bare = Facts(2, Kind.ROADS, None, None, village, None, None, None, None, None)
    few = Survey(date(2026, 5, 1), date(2026, 5, 20), Ways(), 0, False, None, None, None, None, 0, 0)
    call = Call(1, words, words, words, Terms(50_000, DAY), frozenset({1}), 10)
    return Evidence(1, call, Group(1, words, place[1], 1), [whole, Need(bare, few, None, None, Brief(), [])])


def made(language: str, about: Evidence | None = None) -> tuple[bytes, bytes]:
    with use(language):
        content = annex_form.content(about or evidence(), DAY)
        photos = [[photo(), b"no picture"], []]
        return annex_paper.pdf(content, photos, PROOF), annex_paper.docx(content, photos, PROOF)


def words_of(content: bytes) -> str:
    return "\n".join(each.text for each in docx.Document(BytesIO(content)).paragraphs)


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_whole_evidence_stands_on_both_papers(language: str, tmp_path: Path) -> None:
    pdf, word = made(language)
    if folder := os.environ.get("MRGVALI_LOOK"):
        (Path(folder) / f"annex-{language}.pdf").write_bytes(pdf)
        (Path(folder) / f"annex-{language}.docx").write_bytes(word)
    for shown in (text_of(pdf, tmp_path), words_of(word)):
        flat = " ".join(shown.split())
        assert "წყალსადენი ძველია" in flat
        assert "123 456 789 012" in flat
        assert "640" in flat
        if language == "en":
            for said in (
                "this is not a random sample",
                "to version 3 of it",
                "The trustee (ეკა ბერიძე): confirmed it on 11 September 2026",
                "From door to door about 60 homes were asked (about 31 % of them); about 50 of them answered.",
                "by 4 members of self-help groups",
                "From the applicant's own group: 3 of them.",
                "In the residents' own choosing: place 1.",
                "kept",
                "programme code 03 02",
                "The group has not released the words",
            ):
                assert said in flat, said


@pytest.mark.parametrize("words", [*HARMFUL, "გრძელი " * 1_400 + "x" * 200, "x" * 10_000])
def test_what_people_wrote_is_only_shown_wherever_it_stands(words: str, tmp_path: Path) -> None:
    pdf, word = made("en", evidence(words, words))
    for shown in (text_of(pdf, tmp_path), words_of(word)):
        flat = "".join(shown.split()).replace("\u200b", "")
        if len(words) < 200:
            assert flat.count("".join(words.split())) >= 10
    assert pdf.startswith(b"%PDF-")


def test_the_fingerprint_changes_with_words_and_photos_and_not_by_itself() -> None:
    def mark(about: Evidence, photos: list[list[bytes]], today: date = DAY) -> str:
        with use("en"):
            return annex_paper.fingerprint({"en": annex_form.content(about, today)}, photos)

    same = mark(evidence(), [[], []])
    assert mark(evidence(), [[], []], date(2026, 10, 2)) == same
    assert mark(evidence("other"), [[], []]) != same
    assert mark(evidence(), [[b"p"], []]) != same
