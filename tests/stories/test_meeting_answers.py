"""What came of a round table is told to everybody who lives there, once, with the answer to whose need it was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from domain.meetings.entries import Verb
from tests.stories.round_table import WORDS, RoundTable, held
from tests.stories.test_minutes import desk, locked, opened
from tests.stories.valley import MTA, ZEMO, Valley
from tests.stories.workshop import Bench
from tests.town import Phone


@pytest.fixture
async def table(valley: Valley) -> RoundTable:
    return await held(valley)


@pytest.fixture
def bench(table: RoundTable, tmp_path: Path) -> Bench:
    return Bench(table.valley, tmp_path)


async def heard(phone: Phone) -> str:
    return "\n".join(await phone.texts())


async def test_residents_hear_once_and_whose_need_it_was_hears_the_answer(table: RoundTable, bench: Bench) -> None:
    zura = await table.valley.resident("zura", ZEMO)
    mzia = await table.valley.resident("mzia", MTA)  # another community: it did not sit there
    await opened(table, bench)
    await locked(table, bench)
    nana = await table.valley.town.phone("a")
    said = await heard(nana)
    assert "Round table of Dzeveri, 2 March 2026" in said
    assert "You stand behind this, and it was talked about:" in said
    assert "Deputy mayor: Yes. It will be mended. To be counted in the budget of 2027." in said
    assert f"Promised by Gia, Deputy mayor: “{WORDS}” By when: 31 May 2026." in said
    assert "Manana" not in said
    pictures = [each.raw["photo"] for each in await zura.messages() if each.raw.get("photo")]
    assert (bench.folder / pictures[-1]).read_bytes().startswith(b"\x89PNG")
    assert "You stand behind this" not in await heard(zura)
    assert await mzia.texts() == []
    await desk(table, "Who has them")
    await bench.work(table.cora)
    for phone in (nana, zura):
        told = [text for text in await phone.texts() if "what was answered" in text]
        assert len(told) == 1, told
    await nana.send("/menu")
    await nana.tap("What was answered to us")
    assert "1 issue was talked about. 1 promise was made." in await heard(nana)


async def test_nobody_is_woken_by_it_and_names_that_slip_into_an_answer_are_left_out(
    table: RoundTable, bench: Bench
) -> None:
    late = {"item": "item-0001", "branch": "elected", "answer": "partly", "source": "letter", "office": "Deputy"}
    await table.note(Verb.ANSWERED, **late, words="We asked Manana; Gia will see to it.")
    await opened(table, bench)
    clock = table.valley.town.clock
    clock.forward(timedelta(hours=10))  # ten in the evening
    await locked(table, bench)
    nana = await table.valley.town.phone("a")
    assert "Round table of" not in await heard(nana)
    clock.forward(timedelta(hours=11))
    await table.valley.town.worker.drain()
    assert "Deputy: Partly. We asked …; Gia will see to it. (by letter)" in await heard(nana)
