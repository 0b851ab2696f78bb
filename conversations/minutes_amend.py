"""Who attended reads the draft of the minutes and asks for a change; the chair answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import minutes_acts, minutes_page
from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.minutes import LONGEST, Fate, Phase, Seat
from locales import _, current
from publish import amendment_words, minutes_form
from publish.day_words import day
from storage import minutes, minutes_amending, minutes_opening

WHOLE = 0


async def minutes_opened(chat: Chat) -> None:
    words = _("The minutes of the round table are ready to be read. You may ask for a change until {day}.")
    until = await chat.look("until", partial(_until, meeting_id=int(chat.args["meeting"])))
    chat.say(words.format(day=until), doors=(Door("minutes_amend", _("Read them")),))


async def _until(db: AsyncConnection, *, meeting_id: int) -> str:
    found = await minutes.newest(db, meeting_id=meeting_id)
    return day(found.until) if found and found.until else ""


async def minutes_amend(chat: Chat) -> None:
    found = await chat.look("open", partial(_open, chat=chat))
    if not found:
        return chat.say(_("No minutes are open for changes to you now."))
    meeting_id = int(found[-1])
    made = await chat.work("file", "minutes_file", {"meeting": meeting_id, "form": "pdf", "language": current()})
    if made.get("document"):
        chat.send(_("The draft of the minutes."), document=made["document"])
    ask = _("Is everything in it as it was? If you do nothing, no objection was raised; that is no agreement.")
    if await chat.confirm("right", ask, yes=_("I ask for a change"), no=_("I leave it")):
        await _ask(chat, meeting_id)


async def _ask(chat: Chat, meeting_id: int) -> None:
    item = await chat.pick("item", _("To which issue?"), partial(_items, meeting_id=meeting_id))
    words = await chat.text("words", _("What should stand there? Write it as it should read."), longest=LONGEST)
    about: dict[str, Any] = {"meeting_id": meeting_id, "item": int(item) or None, "words": words, "by": chat.person.id}
    chat.say(await chat.do("asked", partial(_amend, chat=chat, about=about)))


async def _amend(db: AsyncConnection, *, chat: Chat, about: dict[str, Any]) -> str:
    """What comes of it."""
    when: dict[str, Any] = {"now": chat.now(), "zone": chat.zone}
    amendment_id = await minutes_amending.amend(db, **about, **when)
    await minutes_opening.tell_both(db, meeting_id=about["meeting_id"], amendment_id=amendment_id, **when)
    return amendment_words.fate(await minutes.amendment(db, amendment_id=amendment_id))


async def _open(db: AsyncConnection, *, chat: Chat) -> list[int]:
    return await minutes_opening.open_to(db, person_id=chat.person.id, now=chat.now(), zone=chat.zone)


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return await minutes_opening.may_amend(db, person_id=person.id)


async def _items(db: AsyncConnection, *, meeting_id: int) -> Sequence[Option]:
    found = await minutes.newest(db, meeting_id=meeting_id)
    items = found.body["items"] if found else []
    named = [Option(each["number"], f"{each['number']}. {minutes_form.heading(each)[:60]}") for each in items]
    return [*named, Option(WHOLE, _("To the whole"))]


async def minutes_answered(chat: Chat) -> None:
    """Whoever asked for a change hears what came of it."""
    chat.say(await chat.look("said", partial(_answer, amendment_id=int(chat.args["amendment"]))))


async def _answer(db: AsyncConnection, *, amendment_id: int) -> str:
    found = await minutes.amendment(db, amendment_id=amendment_id)
    return "\n".join([_("You asked for:"), found.words, "", amendment_words.fate(found)])


async def minutes_chair(chat: Chat) -> None:
    where: dict[str, Any] = {"meeting_id": int(chat.args["meeting"]), "amendment_id": int(chat.args["amendment"])}
    said = await chat.look("said", partial(_waiting, **where))
    if said is None:
        return
    chat.say(said)
    await minutes_acts.verdict(chat, where["meeting_id"], where["amendment_id"], Seat.CHAIR)


async def _waiting(db: AsyncConnection, *, meeting_id: int, amendment_id: int) -> str | None:
    stand = await minutes.standing(db, meeting_id=meeting_id)
    waits = (each for each in stand.of(Fate.WAITING) if each.id == amendment_id and Seat.CHAIR not in each.verdicts)
    found = next(waits, None)
    return None if found is None or stand.phase is Phase.LOCKED else minutes_page.amendment(found)


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _waiting(db, meeting_id=int(args["meeting"]), amendment_id=int(args["amendment"])) is not None


ENTRIES = (
    Entry("minutes_opened", minutes_opened, lambda: _("Minutes to read"), notice=True),
    Entry(
        "minutes_amend",
        minutes_amend,
        lambda: _("📜 Read the draft of the minutes"),
        in_menu=True,
        offered=_offered,
    ),
    Entry("minutes_answered", minutes_answered, lambda: _("Your change of the minutes"), notice=True),
    Entry("minutes_chair", minutes_chair, lambda: _("A change of the minutes"), still=_still),
)
