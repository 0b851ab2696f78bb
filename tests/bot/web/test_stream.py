"""Every message once and in order, however often the connection breaks."""

from __future__ import annotations

import asyncio
import hashlib
import random
from typing import Any

import httpx
import pytest

from bot.web import stream
from bot.web.session import COOKIE
from bot.web.site import Limits
from tests.bot.web.village import Village
from tests.bot.web.visitor import Visitor

MESSAGES = 300


def external(visitor: Visitor) -> str:
    return hashlib.sha256(visitor.http.cookies[COOKIE].encode()).hexdigest()


async def write_all(village: Village, to: str, seqs: range) -> None:
    for seq in seqs:
        await village.write_to(to, seq, text=f"message {seq}")


async def read_until(visitor: Visitor, last: int, chance: random.Random) -> list[int]:
    """Leaves and returns at random, as a phone on a hill does."""
    seen: list[int] = []
    while not seen or seen[-1] < last:
        stay = chance.randrange(1, 40)
        async for event in visitor.events(last_id=str(seen[-1]) if seen else None):
            if "data" not in event:
                continue
            seen.append(int(event["id"]))
            stay -= 1
            if stay == 0 or seen[-1] == last:
                break
    return seen


async def test_a_broken_line_loses_and_repeats_nothing(served: Village) -> None:
    async with Visitor(served.base) as nino, Visitor(served.base) as gia:
        for visitor in (nino, gia):
            await served.settle(external(visitor))
        seqs = range(2, 2 * MESSAGES, 2)  # with holes: runs take numbers too
        written = [write_all(served, external(visitor), seqs) for visitor in (nino, gia)]
        read = [read_until(visitor, seqs[-1], random.Random(seed)) for seed, visitor in enumerate((nino, gia))]
        *_nothing, of_nino, of_gia = await asyncio.gather(*written, *read)
        assert of_nino == of_gia == list(seqs)


async def test_the_browsers_own_place_goes_before_that_of_the_address(served: Village, nino: Visitor) -> None:
    await served.settle(external(nino))
    await write_all(served, external(nino), range(1, 6))
    events = nino.events(after=1, last_id="4")
    assert (await anext(events))["id"] == "5"


async def test_an_odd_place_starts_from_the_beginning(served: Village, nino: Visitor) -> None:
    await served.settle(external(nino))
    await write_all(served, external(nino), range(1, 3))
    events = nino.events(last_id="'; drop")
    assert (await anext(events))["id"] == "1"


async def test_a_silent_line_is_kept_alive(served: Village, nino: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.0)
    assert (await anext(nino.events()))["comment"] == "still here"


async def test_the_page_follows_the_language_of_the_talk(served: Village, nino: Visitor) -> None:
    await served.settle(external(nino), language="ka")
    event = await anext(nino.events())
    assert (event["event"], event["data"]["lang"], event["data"]["words"]["menu"]) == ("words", "ka", "მენიუ")


async def test_too_many_windows_are_refused_kindly(closed: Village) -> None:
    async with closed.open(limits=Limits(streams_of_person=1)), Visitor(closed.base) as nino:
        await closed.settle(external(nino), language="en")
        await closed.write_to(external(nino), 1, text="hello")
        first = nino.events()
        await anext(first)
        with pytest.raises(httpx.HTTPStatusError, match="429"):
            await anext(nino.events())
        await first.aclose()  # type: ignore[attr-defined]
        assert await comes_back(nino)


async def comes_back(visitor: Visitor) -> dict[str, Any]:
    """The server notices that a client left when it writes next."""
    while True:
        try:
            return await visitor.next()
        except httpx.HTTPStatusError:
            await asyncio.sleep(0.1)
