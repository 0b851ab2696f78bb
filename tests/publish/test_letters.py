"""Letters keep people's words as they are, in fonts that have Georgian, and open in LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from locales import use
from publish.letters import LETTERS, Letter, file
from publish.word_paper import ALL_LETTERS, STYLES
from tests.publish.test_paper import HARMFUL


def letter(kind: str = "petition", words: str = "შეკეთდეს წყალსადენი, 12 500 ₾", **fields: str) -> bytes:
    said = {"asked": words, "why": words, "name": words, "contact": words, "village": "არაგული", **fields}
    with use("ka"):
        return file(Letter(kind, "council", "ძევერი", day=date(2026, 10, 14), **said))


def text(made: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(made)).paragraphs)


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("words", [*HARMFUL, "<w:p/> & {{ name }} {% if x %}", "a" * 10_000])
def test_words_are_only_text(kind: str, words: str) -> None:
    shown = "".join(text(letter(kind, words)).split())
    assert "".join(words.split()) in shown


def test_what_cannot_be_written_into_a_file_is_left_out() -> None:
    assert "ახლა" in text(letter(words="ა\x00ხ\x0bლ\ufffeა"))


def test_every_style_has_a_font_with_georgian_for_all_letters() -> None:
    paper = docx.Document(BytesIO(letter()))
    for name in STYLES:
        fonts = paper.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(letters)) for letters in ALL_LETTERS} == {"Sylfaen"}
        assert not [key for key in fonts.attrib if "heme" in key]


def test_the_heads_of_the_signatures_come_again_on_every_page() -> None:
    assert b"w:tblHeader" in ZipFile(BytesIO(letter())).read("word/document.xml")


def test_georgian_is_there_when_libreoffice_has_opened_it(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "letter.docx").write_bytes(letter())
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    asked: list[str | Path] = [
        office,
        home,
        "--headless",
        "--convert-to",
        "txt:Text",
        "--outdir",
        tmp_path,
        tmp_path / "letter.docx",
    ]
    subprocess.run(asked, check=True, capture_output=True)  # noqa: S603
    said = (tmp_path / "letter.txt").read_text("utf-8-sig")
    assert "შეკეთდეს წყალსადენი, 12\u00a0500\u00a0ლარი" in said  # no font of LibreOffice has ₾
    assert "თარიღი: 2026 წლის 14 ოქტომბერი" in said
