"""The sheet for the shop wall reaches whoever hangs it up, as a document in chat."""

from __future__ import annotations

from pathlib import Path

from domain.links import Links
from domain.people import Role
from tests.stories.valley import Valley
from tests.stories.workshop import Bench


async def test_the_leader_takes_the_sheet_of_one_of_her_villages(valley: Valley, tmp_path: Path) -> None:
    lela, bench = await valley.member("lela", Role.LEADER), Bench(valley, tmp_path / "media")
    await lela.send("/menu")
    await lela.tap("More")
    shown = await lela.tap("A sheet for the shop wall")
    assert [label for label, _data in shown.buttons[:2]] == ["Araguli", "Zemo"]
    await lela.tap("Araguli")
    await lela.tap("English")
    await lela.send("Lela, 599 00 00 00")
    shown = await bench.work(lela)
    assert "hang it where people wait" in shown.text
    assert (tmp_path / "media" / shown.raw["document"]).read_bytes().startswith(b"%PDF")


async def test_the_coordinator_finds_it_at_the_places_desk(valley: Valley, tmp_path: Path) -> None:
    cora, bench = await valley.coordinator(), Bench(valley, tmp_path / "media")
    await cora.send("/menu")
    await cora.tap("Places")
    await cora.tap("A sheet for the shop wall (A4)")
    await cora.tap("Mta")
    await cora.tap("Georgian only")
    await cora.tap("Print nothing")
    assert (await bench.work(cora)).raw["document"]


async def test_a_member_has_none_to_hang(valley: Valley) -> None:
    nino = await valley.member("nino")
    assert not [label for label, _data in (await nino.send("/menu")).buttons if "sheet" in label]


async def test_without_an_address_there_is_nothing_to_print(valley: Valley) -> None:
    valley.town.links = Links()
    valley.town.worker = valley.town.new_worker()
    lela = await valley.member("lela", Role.LEADER)
    await lela.send("/menu")
    await lela.tap("More")
    assert "no address yet" in (await lela.tap("A sheet for the shop wall")).text
