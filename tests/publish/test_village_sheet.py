"""The sheet for the wall can be read, scanned and copied."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from domain.links import Links
from publish import village_sheet
from publish.village_sheet import Sheet
from storage.places import Place, Village

HERE = Village(Place(1, "ასურეთი", "Asureti", "asureti"), Place(1, "ასურეთი", "Asureti"), Place(1, "თეთრიწყარო", "T"))
ALL = Links("mrgvali_bot", "https://mrgvali.example.ge", "mrgvali")


def text_of(content: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    (folder / "sheet.pdf").write_bytes(content)
    said = subprocess.run(["pdftotext", folder / "sheet.pdf", "-"], capture_output=True, check=True)  # noqa: S603, S607
    return " ".join(said.stdout.decode().split())


def test_the_georgian_sentence_can_be_copied_and_the_second_stands_below(tmp_path: Path) -> None:
    sheet = Sheet(HERE, "vasureti", "ნანა, 599 12 34 56")
    text = text_of(village_sheet.pdf(sheet, ALL), tmp_path)
    assert "რა სჭირდება თქვენს სოფელს ყველაზე მეტად?" in text
    assert "What does your village need most?" in text
    assert "ნანა, 599 12 34 56" in text
    assert "mrgvali.example.ge/chat?start=vasureti" in text
    assert "სახელსა და ტელეფონის ნომერს არავინ გკითხავთ." in text
    assert ["Telegram" in text, "Viber" in text, "ბრაუზერში, უპროგრამოდ" in text] == [True] * 3


def test_georgian_alone_and_one_way_in(tmp_path: Path) -> None:
    text = text_of(village_sheet.pdf(Sheet(HERE, "vasureti", None, "none"), Links("mrgvali_bot")), tmp_path)
    assert "need most" not in text
    assert "Viber" not in text
    assert "t.me/mrgvali_bot?start=vasureti" in text


def test_it_is_one_page_however_long_the_contact_is() -> None:
    made = village_sheet.pdf(Sheet(HERE, "vasureti", "ნ" * 80), ALL)
    assert made.count(b"/Type/Page/") + made.count(b"/Type /Page\n") <= 1
    assert b"/Count 1" in made
