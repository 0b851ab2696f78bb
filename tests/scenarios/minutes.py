"""Minutes on three phones: a draft, two changes of which one is refused, the lock, and who says that they have them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.scenarios.hall import MEMBER, Hall
from tests.scenarios.villager import own

APRIL, WEEK = "ხიდი აპრილიდან არის ჩატეხილი.", "მერმა თქვა, მომავალ კვირასო."
OTHERWISE = "მე სხვანაირად მახსოვს."


async def drafted(hall: Hall, media: Path) -> str:
    await hall.nana.menu("📜 Minutes of a meeting", "Look at it (PDF)", own("ქართული"))
    await hall.program.settle()
    return await paper(hall, "nana", media)


async def paper(hall: Hall, name: str, media: Path) -> str:
    """The words of the newest PDF on somebody's phone."""
    await hall.letters.collect()
    file = next(each.said.document for each in reversed(hall.letters.to(name)) if each.said.document)
    read = await asyncio.create_subprocess_exec("pdftotext", media / file, "-", stdout=asyncio.subprocess.PIPE)
    said, _nothing = await read.communicate()
    return " ".join(said.decode().split())


async def opened(hall: Hall) -> None:
    await hall.nana.menu("📜 Minutes of a meeting", "Open to those who attended")
    await hall.nana.send("5")
    await hall.program.settle()
    await hall.manana.phone.wait("ოქმი")


async def asks(hall: Hall, words: str) -> None:
    await hall.manana.menu("📜 Read the draft of the minutes")
    await hall.program.settle()
    await hall.manana.taps("I ask for a change", own("1. "))
    await hall.manana.send(words)
    await hall.program.settle()
    await hall.gia.phone.wait(words)
    await hall.nana.phone.wait(words)


async def one_is_taken_in(hall: Hall) -> None:
    await asks(hall, APRIL)
    await hall.gia.taps("It is taken in")
    await hall.nana.menu("📜 Minutes of a meeting", "Answer a change", own(f"{MEMBER}: {APRIL[:10]}"))
    await hall.nana.taps("I answer as the secretary", "It is taken in")
    await _told(hall, "Chair and secretary have taken it in. It stands in the minutes.")


async def one_is_refused(hall: Hall) -> None:
    await asks(hall, WEEK)
    await hall.gia.taps("It is not taken in")
    await hall.gia.send(OTHERWISE)
    await _told(hall, "It was not taken in. It is annexed to the minutes in your own words.")


async def _told(hall: Hall, what: str) -> None:
    """Whoever asked for it hears what came of it."""
    await hall.program.settle()
    await hall.letters.collect()
    await hall.manana.hears(what)


async def locked(hall: Hall) -> None:
    await hall.days_pass(hall.program.clock.now() + timedelta(days=6))
    assert (
        hall.nana.times_heard("The days for changes are over. You can lock the minutes now: only then they are sent.")
        == 1
    )
    await hall.nana.menu("📜 Minutes of a meeting", "Lock them", "Yes, lock them")
    await hall.program.settle()


async def received(hall: Hall) -> None:
    """One on Viber, where what came of it stands below and has the button too, one on Telegram."""
    for who, button in ((hall.gia, "✓ I have received the minutes"), (hall.manana, "✓ I have received them")):
        await who.taps(button)
        await who.hears("Thank you. It is written down that you have them, and since when.")
    await hall.nana.menu("📜 Minutes of a meeting", "Who has them")
    await hall.program.settle()
