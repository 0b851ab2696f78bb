"""Somebody asks what they may do, reads a card, and goes away with a letter to sign."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from sqlalchemy import update

from storage.tables.places import villages
from tests.stories.valley import ARAGULI, Valley
from tests.stories.workshop import Bench
from tests.town import Phone


async def rights(valley: Valley) -> Phone:
    nino = await valley.resident("nino")
    await nino.send("/menu")
    await nino.tap("My rights in pocket size")
    return nino


async def voters(valley: Valley, *counts: int | None) -> None:
    async with valley.town.engine.begin() as db:
        for number, count in enumerate(counts, start=ARAGULI):
            await db.execute(update(villages).where(villages.c.id == number).values(voters=count))


async def test_a_question_in_latin_letters_finds_the_card_with_its_source_and_date(valley: Valley) -> None:
    nino = await rights(valley)
    card = await nino.send("ramdeni xelmowera unda peticias")
    assert card.text.startswith("Petition")
    assert "https://tskaltubo.gov.ge/petitsia/" in card.text
    assert "Read on 25 November 2026" in card.text
    more = await nino.tap("More: step by step")
    assert "1. Choose what you ask for" in more.text
    assert "matsne.gov.ge" in more.text
    assert "not the law" in more.text


async def test_the_number_of_signatures_is_that_of_ones_own_place(valley: Valley) -> None:
    await voters(valley, 412, 300, 1000)
    nino = await rights(valley)
    assert "1 % of the 1712 voters here is 18 signatures." in (await nino.send("petition")).text
    await nino.tap("Another question")
    assert "5 % of the 412 voters here is 21 signatures." in (await nino.send("how to call a village assembly")).text


async def test_a_number_that_is_known_of_some_villages_only_is_not_told(valley: Valley) -> None:
    await voters(valley, 412, None, 1000)
    nino = await rights(valley)
    assert "1 % of the voters. Ask the municipality" in (await nino.send("petition")).text


async def test_the_list_leads_from_a_need_to_the_cards_that_fit(valley: Valley) -> None:
    nino = await rights(valley)
    await nino.tap("Show me the list")
    await nino.tap("What can we do about a need?")
    first = await nino.tap("Roads")
    assert first.text.startswith("Village support programme")
    assert (await nino.tap("→ Petition")).text.startswith("Petition")


async def test_what_no_card_is_about_is_said_so_and_asked_again(valley: Valley) -> None:
    nino = await rights(valley)
    assert "in other words" in (await nino.send("qwertyuiop")).text
    assert (await nino.send("budget")).text.startswith("The budget year")
    assert "whenever you need it" in (await nino.tap("that is enough")).text


async def letter(nino: Phone, *answers: str) -> None:
    for answer in answers:
        try:
            await nino.tap(answer)
        except LookupError:
            await nino.send(answer)


async def test_from_the_card_to_a_petition_in_georgian(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path)
    nino = await rights(valley)
    await nino.send("პეტიცია")
    await nino.tap("Write the letter with me")
    asked = "შეკეთდეს წყალსადენი <b>&amp;</b> #panic() {{ x }}"
    await letter(nino, asked, "Without reasons", "I write it by hand", "I write it by hand")
    await nino.back()
    await letter(nino, "Araguli, 599 00 00 00", "In Georgian", "Yes, write it")
    handed = await bench.work(nino)
    paper = docx.Document(BytesIO((tmp_path / handed.raw["document"]).read_bytes()))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert asked in words
    assert "საკრებულოს. მუნიციპალიტეტი: ძევერი" in words
    assert "2026 წლის 2 მარტი" in words
    assert "599 00 00 00" in words
    assert paper.tables[0].rows[0].cells[1].text == "სახელი და გვარი"


@pytest.mark.parametrize(("kind", "says"), [("Request for public", "public information"), ("general assembly", "Who")])
async def test_the_other_letters_from_the_menu_in_english(valley: Valley, tmp_path: Path, kind: str, says: str) -> None:
    bench = Bench(valley, tmp_path)
    nino = await valley.resident("nino")
    await nino.send("/menu")
    await letter(nino, "A letter to the municipality", kind, "To the mayor", "The cost of the road, 2026")
    if kind == "general assembly":
        await letter(nino, "It washed away in May")
    await letter(nino, "Nino N.", "I write it by hand", "In English", "Yes, write it")
    handed = await bench.work(nino)
    paper = docx.Document(BytesIO((tmp_path / handed.raw["document"]).read_bytes()))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert says in words
    assert "Nino N." in words
