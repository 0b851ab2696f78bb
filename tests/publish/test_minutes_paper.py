"""Minutes on paper: the official form, in both languages, whatever people said; and the NGO's own form for Word."""

from __future__ import annotations

import os
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from domain.minutes_body import Body
from locales import use
from publish import minutes_paper, minutes_template, sums
from publish.minutes_form import Proof
from publish.minutes_paper import Version
from publish.minutes_template import Broken
from publish.word_paper import WordPaper, clean
from tests.publish import minutes
from tests.publish.test_paper import HARMFUL, text_of

PROOF = Proof("123456789012", "ab" * 32, "https://mrgvali.example.ge/verify/123456789012")
HEADS = (
    "ესწრებოდნენ",
    "დღის წესრიგი",
    "მოისმინეს",
    "აზრი გამოთქვეს",
    "კენჭისყრა",
    "გადაწყვიტეს, დაპირება",
    "ხელმოწერები",
)


def locked(body: Body | None = None, letterhead: bytes | None = None) -> Version:
    return Version(body or minutes.body(), "locked", 2, PROOF, letterhead)


def words_of(content: bytes) -> str:
    paper = docx.Document(BytesIO(content))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    heads = (each.text for section in paper.sections for each in section.header.paragraphs)
    return "\n".join([*heads, *(each.text for each in paper.paragraphs), *cells])


def everywhere(value: Any, words: str) -> Any:
    """The same body, with these words in every place where somebody wrote."""
    kept = {"entry", "due", "due_on", "day", "until", "side", "sex", "counted", "confirmed", "kind", "source"}
    if isinstance(value, dict):
        return {
            key: one if key in kept and isinstance(one, str) else everywhere(one, words) for key, one in value.items()
        }
    if isinstance(value, list):
        return [everywhere(one, words) for one in value]
    return words if isinstance(value, str) else value


def test_the_form_that_offices_keep_can_be_copied_as_georgian(tmp_path: Path) -> None:
    shown = text_of(minutes_paper.pdf(locked(), "ka"), tmp_path)
    flat = " ".join(shown.split())
    assert "ოქმი № 3" in shown
    assert "2026 წლის 14 ოქტომბერი" in shown
    for head in HEADS:
        assert head in shown, head
    assert "მომხრე: 14, წინააღმდეგი: 1, თავი შეიკავა: 2." in flat
    assert "წყალს ქალები დღეში საათნახევარი ეზიდებიან; სოფელი 20 დღის შრომას გაიღებს." in flat
    assert "45 000 ₾" in shown
    assert re.search(r"\b1 ?/ ?6\b", shown)


def test_a_table_that_goes_on_shows_its_heads_again(tmp_path: Path) -> None:
    pages = text_of(minutes_paper.pdf(locked(), "ka"), tmp_path).split("\f")
    assert [bool(re.search(r"საკითხი +მომხსენებელი", page)) for page in pages[:3]] == [True, True, False]


def test_english_minutes_say_the_same(tmp_path: Path) -> None:
    shown = text_of(minutes_paper.pdf(locked(), "en"), tmp_path)
    assert "Minutes No. 3" in shown
    assert "14 October 2026" in shown
    assert "Decided and promised" in shown


def test_silence_is_no_objection_and_nothing_more(tmp_path: Path) -> None:
    silent = locked(minutes.body(amendments=[]))
    assert "შენიშვნა არავის გამოუთქვამს." in " ".join(text_of(minutes_paper.pdf(silent, "ka"), tmp_path).split())
    english = " ".join(text_of(minutes_paper.pdf(silent, "en"), tmp_path).split())
    assert "No objection was raised." in english
    assert "agree" not in english


def test_an_amendment_that_was_refused_stands_in_its_authors_words(tmp_path: Path) -> None:
    shown = " ".join(text_of(minutes_paper.pdf(locked(), "ka"), tmp_path).split())
    assert "ლევან კაპანაძე, რწმუნებული, მთლიანად ოქმი: ასე არ მითქვამს." in shown
    assert "რატომ არ გაითვალისწინეს: ჩანაწერში სხვაგვარად ისმის." in shown
    taken_in = shown.index("მარიამ გელაშვილი, დეპუტატი: ჩაიწეროს, რომ ქუჩის ონკანები ორია.")
    assert taken_in < shown.index("საკითხი 2."), "it stands with the issue to which it belongs"


@pytest.mark.parametrize("words", [*HARMFUL, "{{ 7 * 7 }} {% for x in y %}", "წ" * 10_000])
def test_what_people_wrote_is_never_run(words: str, tmp_path: Path) -> None:
    few = minutes.body(items=[minutes.item(1)])
    harmed: Body = everywhere(few, words)
    shown = text_of(minutes_paper.pdf(locked(harmed), "ka"), tmp_path)
    assert "".join(shown.split()).count("".join(words.split())[:30]) >= 10
    assert words[:30] in words_of(minutes_paper.docx(locked(harmed), "ka"))


def test_for_word_it_keeps_styles_heads_and_page_numbers() -> None:
    paper = docx.Document(BytesIO(minutes_paper.docx(locked(), "ka")))
    assert [each.text for each in paper.paragraphs if each.style and each.style.name == "Title"] == ["ოქმი № 3"]
    heads = [each.text for each in paper.paragraphs if each.style and each.style.name == "Heading 1"]
    assert len([head for head in heads if head.startswith("საკითხი ")]) == 6
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in paper.tables)
    assert "PAGE" in paper.sections[0].footer.paragraphs[0]._p.xml
    assert "{%" not in words_of(minutes_paper.docx(locked(), "ka"))


def test_for_word_the_lari_is_in_letters() -> None:
    """LibreOffice's fonts and older ones of Windows have no ₾: it would be an empty box."""
    shown = words_of(minutes_paper.docx(locked(), "ka"))
    assert "45\u00a0000\u00a0ლარი იქნება" in shown
    assert "₾" not in shown
    with use("ka"):
        assert clean("₾45 000, 300₾ და 20 ₾-ის მილი; ₾") == "45_000_ლარი, 300_ლარი და 20_ლარის მილი; ლარი".replace(
            "_", "\u00a0"
        )


def test_a_sum_stays_on_one_line() -> None:
    kept = sums.whole("2027 წელს 1 250 000 ₾, 45 000 ლარი და 20 მილი")
    assert kept.replace("\u00a0", "_") == "2027 წელს 1_250_000_₾, 45_000_ლარი და 20 მილი"
    longest = max(sums.whole("1 " + "234 " * 1000).split(" "), key=len)
    assert len(longest) < 20, "numbers without end still break"


def letterhead(*lines: str) -> bytes:
    paper = docx.Document(BytesIO(minutes_template.own()))
    paper.sections[0].header.paragraphs[0].text = "„მთის ქალები“, თელავი"
    for line in lines:
        paper.add_paragraph(line)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def test_an_ngo_puts_its_letterhead_above() -> None:
    own = letterhead("{{ place }} – {{ day }}")
    minutes_template.check(own, minutes_paper.example())
    shown = words_of(minutes_paper.docx(locked(letterhead=own), "ka"))
    assert "„მთის ქალები“, თელავი" in shown
    assert "მერიის დარბაზი – 2026 წლის 14 ოქტომბერი" in shown
    assert minutes.SENTENCE in shown


@pytest.mark.parametrize(
    ("form", "reason", "place"),
    [
        (b"no zip", "no_docx", ""),
        (letterhead("{{ chairman }}"), "unknown", "chairman"),
        (letterhead("{%p for item in items %}"), "syntax", "end"),
        (letterhead("{{ title.__class__.__mro__ }}"), "unreadable", "__class__"),
        (WordPaper().file(), "missing", "title"),
    ],
)
def test_a_broken_form_is_refused_with_its_place(form: bytes, reason: str, place: str) -> None:
    with pytest.raises(Broken) as broken:
        minutes_template.check(form, minutes_paper.example())
    assert broken.value.reason == reason
    assert place in broken.value.place


def test_the_papers_can_be_looked_at() -> None:
    """Where the tools are missing only these tests are skipped; on CI they must be there."""
    assert shutil.which("pdftotext") or not os.environ.get("CI")
