"""Lists of places that no program could read, in chat: told what to mend, asked again, nothing taken in by half."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.tables.places import villages
from storage.tables.turns import work
from tests.bad_input.unharmed import unharmed
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import Phone

HEADER = "municipality_ka,municipality_en,community_ka,community_en,village_ka,village_en,voters"
KHEVI = "ძევერი,Dzeveri,ხეობა,Valley,ხევი,Khevi,120"
GOOD = f"{HEADER}\n{KHEVI}\n"

WRONG: dict[str, tuple[bytes, str]] = {
    "a column is missing": (GOOD.replace("community_en,", "").encode(), "column community_en is missing"),
    "a column is misspelt": (GOOD.replace("village_ka", "vilage_ka").encode(), "“vilage_ka”"),
    "a column of another language": (GOOD.replace("village_ka", "სოფელი").encode(), "column village_ka is missing"),
    "a column twice": (GOOD.replace("voters", "village_ka").encode(), "village_ka is there twice"),
    "Latin-1": (GOOD.replace("Khevi", "Khevé").encode("utf-8").replace("é".encode(), b"\xe9"), "UTF-8"),
    "an old Georgian encoding": (HEADER.encode() + b"\n" + b"\xc0\xc1\xc2,a,\xc3,b,\xc4,c,1\n", "UTF-8"),
    "half of UTF-16": (GOOD.encode("utf-16")[:-1], "UTF-"),
    "bytes of a picture": (b"\x89PNG\r\n\x1a\n\xff\xfe" * 200, ""),
    "bytes of a workbook": (b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0" * 100, ""),
    "nothing": (b"", "list is empty"),
    "NUL bytes": (b"\0" * 500, ""),
    "only the header": (HEADER.encode(), "list is empty"),
    "a quote without end": (f'{HEADER}\n"ძევერი,Dzeveri\n'.encode(), "not a table"),
    "a row too short": (f"{HEADER}\nძევერი,Dzeveri\n".encode(), "Row 2: community_ka is empty"),
    "a row too long": (f"{GOOD}{KHEVI},x,y\n".encode(), "Row 3 has more values"),
    "a cell without end": (GOOD.replace("Khevi", "x" * 200_000).encode(), ""),
    "a header without end": (("x" * 100_000 + "\n" + KHEVI).encode(), ""),
    "a line without end": (b"x," * 2_000_000, ""),
    "a number in words": (GOOD.replace("120", "ასოცი").encode(), "“ასოცი”"),
    "a number without end": (GOOD.replace("120", "1" * 9000).encode(), "not a number"),
    "a village twice": (f"{GOOD}{KHEVI}\n".encode(), "stands in row 2"),
    "a format string": (GOOD.replace("Khevi,120", "{value} {0} %s,{reason}").encode(), "“{reason}”"),
    "a formula": (GOOD.replace("120", "=1+1").encode(), "“=1+1”"),
}


@pytest.fixture
async def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path)


async def asked_for_a_list(bench: Bench) -> Phone:
    cora = await bench.valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Places")
    await cora.tap("Bring in a list")
    return cora


async def known(bench: Bench) -> int:
    [[count]] = await bench.valley.rows(select(func.count()).select_from(villages))
    return int(count)


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_wrong_list(bench: Bench, what: str) -> None:
    content, answer = WRONG[what]
    cora = await asked_for_a_list(bench)
    said = await bench.send_file(cora, content)
    assert answer in said.text
    assert len(said.text) < 3000
    assert "Please send the list of places." in said.text, "it is asked for once more"
    assert await known(bench) == 3
    await unharmed(bench.valley.town, cora)
    assert "1 new village" in (await bench.send_file(cora, GOOD.encode())).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_a_spreadsheet_saves_is_read(bench: Bench, encoding: str, separator: str) -> None:
    cora = await asked_for_a_list(bench)
    content = GOOD.replace(",", separator).replace("\n", "\r\n").encode(encoding)
    assert "1 new village" in (await bench.send_file(cora, content)).text


async def test_what_is_no_file_at_all(bench: Bench) -> None:
    cora = await asked_for_a_list(bench)
    for said in (await cora.photo(), await cora.send("here it is"), await cora.location(42.0, 43.5)):
        assert "Please send a file." in said.text
    assert await bench.valley.rows(select(work).where(work.c.kind == "import_places")) == []
    await unharmed(bench.valley.town, cora)


async def test_a_list_of_twenty_megabytes_is_refused_before_it_is_fetched(bench: Bench) -> None:
    cora = await asked_for_a_list(bench)
    said = await cora.act(media={"kind": "document", "ref": "huge", "size": 20_971_520, "mime": "text/csv"})
    assert "That file is too large; I can take 10 MB." in said.text
    assert await bench.valley.rows(select(work).where(work.c.kind == "fetch")) == []
    await unharmed(bench.valley.town, cora)


async def test_a_list_that_the_channel_does_not_give_out(bench: Bench) -> None:
    """Its size was not told, and it turns out to be too large, or gone."""
    cora = await asked_for_a_list(bench)
    await cora.document("gone")
    await bench.work(cora)
    assert any("I could not open that file" in text for text in await cora.texts())
    assert await known(bench) == 3
