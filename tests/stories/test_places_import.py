"""A coordinator brings the list of places in by chat, and takes the villages' links from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.people import Role
from domain.refusal import Refused
from storage import places_import
from storage.tables.places import villages
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import Phone

HEADER = "municipality_ka,municipality_en,community_ka,community_en,village_ka,village_en,voters"
KHEVI = "ძევერი,Dzeveri,ხეობა,Valley,ხევი,Khevi,120"
ARAGULI = "ძევერი,Dzeveri,ხეობა,Valley,არაგული,Araguli,812"


def sheet(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


@pytest.fixture
def registry() -> Registry:
    return everything()


@pytest.fixture
def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path)


async def asked_for_a_list(bench: Bench) -> Phone:
    cora = await bench.valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Places")
    assert "Please send the list of places." in (await cora.tap("Bring in a list")).text
    return cora


async def test_a_list_is_taken_in_and_a_known_village_keeps_its_code(bench: Bench) -> None:
    cora = await asked_for_a_list(bench)
    said = await bench.send_file(cora, sheet(KHEVI, ARAGULI))
    assert said.text == "The list is in: 1 new village. Brought up to date: 1. Known already: 0."
    rows = await bench.valley.rows(select(villages.c.code, villages.c.voters).order_by(villages.c.id))
    assert [tuple(row) for row in rows] == [("araguli", 812), ("zemo", None), ("mta", None), ("khevi", 120)]


async def test_the_same_list_again_changes_nothing(bench: Bench) -> None:
    cora = await asked_for_a_list(bench)
    await bench.send_file(cora, sheet(KHEVI))
    await cora.send("/menu")
    await cora.tap("Places")
    await cora.tap("Bring in a list")
    said = await bench.send_file(cora, sheet(KHEVI))
    assert "0 new villages" in said.text
    assert "Known already: 1." in said.text
    assert [row[0] for row in await bench.valley.rows(select(func.count()).select_from(villages))] == [4]


async def test_a_wrong_list_is_explained_mended_and_sent_again(bench: Bench) -> None:
    cora = await asked_for_a_list(bench)
    said = await bench.send_file(cora, sheet(KHEVI).replace(b"village_en", b"vilage_en"))
    assert "The column village_en is missing. Is it the one that is called “vilage_en”?" in said.text
    said = await bench.send_file(cora, sheet(KHEVI.replace("120", "many"), ARAGULI.replace("Araguli", "")))
    assert "Row 2: voters is not a number: “many”." in said.text
    assert "Row 3: village_en is empty. Perhaps “Araguli”?" in said.text
    assert "1 new village" in (await bench.send_file(cora, sheet(KHEVI))).text


async def test_a_list_in_another_encoding_is_refused_with_its_mend(bench: Bench) -> None:
    cora = await asked_for_a_list(bench)
    said = await bench.send_file(
        cora, sheet("Dzeveri,Dzeveri,Vall\u00e9e,Valley,Khevi,Khevi,1").replace(b"\xc3\xa9", b"\xe9")
    )
    assert "Please save the file as UTF-8." in said.text


async def test_a_photo_in_place_of_the_list_is_asked_again(bench: Bench) -> None:
    cora = await asked_for_a_list(bench)
    assert "Please send a file." in (await cora.photo()).text


async def test_a_file_that_cannot_be_had_is_said_so(bench: Bench) -> None:
    cora = await asked_for_a_list(bench)
    await cora.document("nowhere")
    assert "could not open that file" in " ".join([(await bench.work(cora)).text, *(await cora.texts())])


async def test_a_coordinator_of_one_municipality_brings_no_other(bench: Bench) -> None:
    cora = await asked_for_a_list(bench)
    said = await bench.send_file(cora, sheet("თელავი,Telavi,იყალთო,Ikalto,იყალთო,Ikalto,900"))
    assert "Only those who were asked" in said.text
    assert [row[0] for row in await bench.valley.rows(select(func.count()).select_from(villages))] == [3]


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.LEADER])
async def test_nobody_else_brings_places(bench: Bench, role: Role | None) -> None:
    phone = await (bench.valley.member("gia", role) if role else bench.valley.resident("gia"))
    person_id = await bench.valley.person(phone.name)
    async with bench.valley.town.engine.begin() as db:
        with pytest.raises(Refused):
            await places_import.import_csv(db, by=person_id, data=sheet(KHEVI))


async def test_the_villages_of_a_community_come_with_links_and_pictures(bench: Bench) -> None:
    cora = await bench.valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Places")
    await cora.tap("Links and QR pictures")
    await cora.tap("Valley")
    await bench.work(cora)
    await bench.work(cora)
    pictures = [message for message in await cora.messages() if message.raw.get("photo")]
    assert [message.text.splitlines()[0] for message in pictures] == [
        "Village Araguli: tell what it needs",
        "Village Zemo: tell what it needs",
    ]
    assert "https://t.me/mrgvali_bot?start=varaguli" in pictures[0].text
    assert "https://mrgvali.example.ge/chat?start=varaguli" in pictures[0].text


async def test_the_list_shows_each_community_with_its_villages(bench: Bench) -> None:
    cora = await bench.valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Places")
    assert (await cora.tap("See the list")).text == "Dzeveri: 3 villages\n\nHill: Mta\nValley: Araguli, Zemo"
