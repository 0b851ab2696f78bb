"""The bench itself: nothing that it counts may be lost on the way."""

from __future__ import annotations

import pytest

from bot.bench.case import TALKS, loaded, unloaded
from bot.bench.rig import NotAllKept, rig
from bot.bench.stream import STEPS
from bot.bench.talks import Dialogue


async def test_the_rivals_dialogue_is_kept_and_answered_to_the_end() -> None:
    figures = await loaded(Dialogue(5))
    assert figures["updates"] == 5 * (STEPS + 1)


async def test_the_needs_poll_is_walked_from_the_link_to_the_thanks() -> None:
    talk, last = TALKS["needs_poll"](5), []
    async with rig(talk) as ours:
        while raws := talk.next(ours.take()):
            await ours.play(raws)
            last = [params["text"] for _method, params, _files in ours.built]
    assert last
    assert all(text.startswith(("Thank you!", "გმადლობთ!")) for text in last)


@pytest.mark.parametrize("name", TALKS)
async def test_one_at_a_time_every_update_has_its_reply(name: str) -> None:
    figures = await unloaded(TALKS[name](2))
    assert figures["single_turns"] >= 2 * (STEPS + 1)


async def test_a_lost_answer_is_no_result() -> None:
    async with rig(Dialogue(1)) as ours:
        with pytest.raises(NotAllKept):
            await ours.require_all_kept(1, 1)
