"""A brief on paper: one page, everything on it, and nobody's words run as markup."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from PIL import Image

from domain.brief import WRITTEN, Section, longest
from domain.needs import Kind
from locales import use
from publish import brief_paper, brief_words
from storage.brief_facts import Facts
from storage.briefs import Brief, Written
from storage.places import Place, Village
from tests.publish.test_paper import HARMFUL, text_of

VILLAGE = Village(Place(1, "არაგული", "Araguli"), Place(1, "ხეობა", "Valley"), Place(1, "ძევერი", "Dzeveri"))
LONG = "წყალი ზაფხულში კვირაში ორჯერ მოდის და ქალებს დღეში საათნახევარი მის მოტანაში მიდის. "


def facts(words: str | None = "წყალსადენი ძველია", parts: dict[str, int] | None = None) -> Facts:
    return Facts(1, Kind.WATER, words, None, VILLAGE, 1, 640, 412, 23, parts)


def brief(words: str, *, cut: bool = False) -> Brief:
    at = datetime(2026, 9, 1, tzinfo=UTC)
    sections: dict[Section, Written] = {
        each: Written(1, words[: longest(each)] if cut else words, "ნინო", at) for each in WRITTEN
    }
    law = Written(2, json.dumps(["petition", "village_support", "gone"]), None, at)
    return Brief({**sections, Section.LAW: law})


def photo() -> bytes:
    made = BytesIO()
    Image.new("RGB", (900, 600), "#88aacc").save(made, "PNG")
    return made.getvalue()


def pages(content: bytes, folder: Path) -> int:
    (folder / "pages.pdf").write_bytes(content)
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is not installed")
    said = subprocess.run(["pdfinfo", folder / "pages.pdf"], capture_output=True, check=True).stdout.decode()  # noqa: S603, S607
    return int(next(line.split()[1] for line in said.splitlines() if line.startswith("Pages")))


@pytest.mark.parametrize("language", ["ka", "en"])
def test_sections_at_their_longest_with_photos_and_cards_are_one_page(language: str, tmp_path: Path) -> None:
    with use(language):
        made = brief_paper.pdf(
            facts(parts={"woman": 15, "man": 8, "undisclosed": 0}), brief(LONG * 10, cut=True), [photo()] * 3
        )
    assert pages(made, tmp_path) == 1


def test_every_part_can_be_copied_from_it_as_georgian(tmp_path: Path) -> None:
    with use("ka"):
        shown = text_of(
            brief_paper.pdf(facts(parts={"woman": 15, "man": 8, "undisclosed": 0}), brief(LONG), []), tmp_path
        )
    for part in (
        "წყალსადენი ძველია",
        "დაახლოებით 23",
        "ქალი: 15, კაცი: 8",
        "პეტიცია",
        "tskaltubo.gov.ge",
        "წავიკითხეთ",
    ):
        assert part in shown, part
    assert "🚰" not in shown


@pytest.mark.parametrize("words", [*HARMFUL, "წ" * 10_000, LONG * 120])
def test_words_in_every_field_are_only_shown(words: str, tmp_path: Path) -> None:
    bare = "".join(words.split())
    with use("ka"):
        shown = "".join(text_of(brief_paper.pdf(facts(words), brief(words), []), tmp_path).split())
        word = docx.Document(BytesIO(brief_paper.docx(facts(words), brief(words), [])))
    if len(words) < 1000:  # a longer one is parted by the pages' numbers
        assert shown.count(bare) >= len(WRITTEN) + 1
    assert "".join("".join(line.text for line in word.paragraphs).split()).count(bare) >= len(WRITTEN) + 1


def test_a_file_that_is_no_picture_is_left_out() -> None:
    assert brief_paper.readable([b"not a picture", b"", photo()[:40]]) == []
    with use("en"):
        assert brief_paper.docx(facts(), brief("Water"), [b"not a picture", photo()]).startswith(b"PK")


def test_the_speech_says_what_is_asked_at_the_end() -> None:
    with use("ka"):
        said = brief_words.speech(facts(), brief(LONG * 7))
    assert sum(len(each.split()) for each in said) <= 260
    assert said[0].startswith("გამარჯობათ")
    assert said[-1].endswith("გმადლობთ.")
