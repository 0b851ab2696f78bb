"""An official lets a colleague follow a promise: by a link, once, and the promise stays with the office."""

from __future__ import annotations

from pathlib import Path

from domain.people import Role
from tests.stories.test_promises import asked, at, march, official, write_down
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import Phone

STANDS = "How does it stand?"


async def opened(phone: Phone) -> None:
    await phone.send("/menu")
    for label in ("How my promises stand", "The road"):
        await phone.tap(label)


async def invited(valley: Valley, gio: Phone, folder: Path) -> str:
    """What the official forwards, with its picture."""
    await opened(gio)
    await gio.tap("A colleague follows it for me")
    await gio.tap("Yes, invite a colleague")
    shown = await Bench(valley, folder).work(gio)
    return shown.text.split("start=")[1].split()[0]


async def test_the_colleague_is_asked_tells_and_is_let_go(valley: Valley, tmp_path: Path) -> None:
    leader, gio = await valley.member("lela", Role.LEADER), await official(valley)
    temo, late = await valley.resident("temo", None), await valley.resident("late", None)
    await write_down(leader)
    await gio.tap("Yes, that is right")
    link = await invited(valley, gio, tmp_path)
    await leader.start(link)
    await leader.tap("Yes, I accept")
    await leader.send("Lela")
    assert "cannot speak for two sides" in "".join(await leader.texts())
    await temo.start(link)
    assert "It stays the promise of the office." in (await temo.last()).text
    await temo.tap("Yes, I accept")
    await temo.send("Temo")
    assert "Temo follows this promise for you from now on" in "".join(await gio.texts())
    assert "already" in (await late.start(link)).text
    await at(valley, march(6))
    assert STANDS in (await temo.last()).text
    assert asked(await gio.texts(), STANDS) == 1, "only what they opened themselves"
    await temo.tap("Done")
    await temo.send("Gravel is there")
    await temo.document("decree", "decree.pdf")
    assert "🏛 The official: done (6 March 2026). 📎 “Gravel is there”" in (await temo.last()).text
    await leader.send("/menu")
    for label in ("🤝 Promises", "The road"):
        await leader.tap(label)
    await leader.tap("What the group wrote")
    assert any(message.raw.get("document") for message in await leader.messages())
    await opened(gio)
    assert "Temo follows this promise for you" in (await gio.tap("A colleague follows it for me")).text
    await gio.tap("Yes")
    await temo.send("/menu")
    assert "How my promises stand" not in "".join(text for text, _data in (await temo.last()).buttons)
