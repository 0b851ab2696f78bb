"""Locked minutes, and what was added to them, arrive; and one tap says that they are received."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.registry import Entry
from domain import codes
from locales import _, current
from storage import addenda, minutes_delivery, sent_files
from storage.sealed_papers import Sealed


async def minutes_arrived(chat: Chat) -> None:
    meeting_id = int(chat.args["meeting"])
    found = await chat.look("paper", partial(_paper, meeting_id=meeting_id, person_id=chat.person.id))
    if found is None:
        return
    for words, media_id in found["files"]:
        chat.send(words, document=media_id)
    chat.say(found["ask"], doors=(Door("minutes_received", _("✓ I have received them")),))


async def minutes_received(chat: Chat) -> None:
    """One tap: whatever was sent to them and is not yet said to be there, the minutes and what was added to them."""
    lines = await chat.look("waiting", partial(_waiting, person_id=chat.person.id))
    added = await chat.look("added", partial(_added, person_id=chat.person.id))
    for at, each in enumerate([*lines, *added]):
        who = {"name": each["name"], "office": each["office"], "now": chat.now()}
        act = partial(_receive, which=each["which"], **who)
        await chat.part(str(at)).do("receive", act)
    if not lines and not added:
        return chat.say(_("It is written down already that you have them."))
    chat.say(_("Thank you. It is written down that you have them, and since when."))


async def _receive(db: AsyncConnection, *, which: list[int], **said: Any) -> None:
    """`which`: the receiver of the minutes, or an addendum and its receiver."""
    if len(which) == 1:
        return await minutes_delivery.receive(db, receiver_id=which[0], **said)
    await addenda.receive(db, line=(which[0], which[1]), **said)


async def _waiting(db: AsyncConnection, *, person_id: int) -> list[dict[str, Any]]:
    found = await minutes_delivery.waiting(db, person_id=person_id)
    return [{"which": [each.id], "name": each.name, "office": each.office} for each in found]


async def _added(db: AsyncConnection, *, person_id: int) -> list[dict[str, Any]]:
    found = await addenda.waiting(db, person_id=person_id)
    return [
        {"which": [each.addendum.id, each.sent.id], "name": each.sent.name, "office": each.sent.office}
        for each in found
    ]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    waits = await minutes_delivery.waiting(db, person_id=person.id)
    return bool(waits or await addenda.waiting(db, person_id=person.id))


async def _paper(db: AsyncConnection, *, meeting_id: int, person_id: int) -> dict[str, Any] | None:
    """None once it was received."""
    paper = await minutes_delivery.paper(db, meeting_id=meeting_id)
    mine = await minutes_delivery.mine(db, meeting_id=meeting_id, person_id=person_id)
    if paper is None or mine is None or mine.received_at is not None:
        return None
    files = await _files(db, paper)
    ask = _("These are the minutes of the round table. Please press once you have them. Number to verify: {code}")
    return {"files": files, "ask": ask.format(code=codes.shown(paper.code))}


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    found = await minutes_delivery.mine(db, meeting_id=int(args["meeting"]), person_id=person.id)
    return found is not None and found.received_at is None


async def _files(db: AsyncConnection, paper: Sealed) -> list[tuple[str, str]]:
    """The PDF in their language, with its title."""
    language = current() if current() in ("ka", "en") else "ka"
    named = await sent_files.named(db, media_ids=paper.files.values())
    return [(paper.title[language], each) for name, each in named.items() if name.endswith(f"-{language}.pdf")]


async def addendum_arrived(chat: Chat) -> None:
    found = await chat.look("paper", partial(_addendum, chat=chat))
    if found is None:
        return
    for words, media_id in found["files"]:
        chat.send(words, document=media_id)
    chat.say(found["ask"], doors=(Door("minutes_received", _("✓ I have received it")),))


async def _addendum(db: AsyncConnection, *, chat: Chat) -> dict[str, Any] | None:
    """None once it was received."""
    meeting_id, number = int(chat.args["meeting"]), int(chat.args["addendum"])
    paper = await addenda.paper(db, meeting_id=meeting_id, number=number)
    if paper is None or not await _still_added(db, chat.person, chat.args, chat.now()):
        return None
    ask = _("Something was added to minutes that you have. Please press once you have it. Number to verify: {code}")
    return {"files": await _files(db, paper), "ask": ask.format(code=codes.shown(paper.code))}


async def _still_added(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    where = {"meeting_id": int(args["meeting"]), "number": int(args["addendum"])}
    found = await addenda.mine(db, **where, person_id=person.id)
    return found is not None and found.received_at is None


ENTRIES = (
    Entry("minutes_arrived", minutes_arrived, lambda: _("Minutes of the round table"), notice=True, still=_still),
    Entry(
        "minutes_received",
        minutes_received,
        lambda: _("✓ I have received the minutes"),
        in_menu=True,
        offered=_offered,
    ),
    Entry(
        "minutes_waiting",
        minutes_arrived,
        lambda: _("The minutes wait for you"),
        notice=True,
        reminder=True,
        still=_still,
    ),
    Entry("addendum_arrived", addendum_arrived, lambda: _("An addendum to minutes"), notice=True, still=_still_added),
    Entry(
        "addendum_waiting",
        addendum_arrived,
        lambda: _("An addendum to minutes waits for you"),
        notice=True,
        reminder=True,
        still=_still_added,
    ),
)
