"""Locked minutes arrive, and one tap says that they are received."""

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
from storage import minutes_delivery, sent_files


async def minutes_arrived(chat: Chat) -> None:
    meeting_id = int(chat.args["meeting"])
    found = await chat.look("paper", partial(_paper, meeting_id=meeting_id, person_id=chat.person.id))
    if found is None:
        return
    for words, media_id in found["files"]:
        chat.send(words, document=media_id)
    chat.say(found["ask"], doors=(Door("minutes_received", _("✓ I have received them")),))


async def minutes_received(chat: Chat) -> None:
    """One tap: whatever was sent to them and is not yet said to be there."""
    lines = await chat.look("waiting", partial(_waiting, person_id=chat.person.id))
    for at, each in enumerate(lines):
        who: dict[str, Any] = {
            "receiver_id": each["receiver"],
            "name": each["name"],
            "office": each["office"],
            "now": chat.now(),
        }
        await chat.part(str(at)).do("receive", partial(minutes_delivery.receive, **who))
    if not lines:
        return chat.say(_("It is written down already that you have them."))
    chat.say(_("Thank you. It is written down that you have them, and since when."))


async def _waiting(db: AsyncConnection, *, person_id: int) -> list[dict[str, Any]]:
    found = await minutes_delivery.waiting(db, person_id=person_id)
    return [{"receiver": each.id, "name": each.name, "office": each.office} for each in found]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await minutes_delivery.waiting(db, person_id=person.id))


async def _paper(db: AsyncConnection, *, meeting_id: int, person_id: int) -> dict[str, Any] | None:
    """None once it was received."""
    paper = await minutes_delivery.paper(db, meeting_id=meeting_id)
    mine = await minutes_delivery.mine(db, meeting_id=meeting_id, person_id=person_id)
    if paper is None or mine is None or mine.received_at is not None:
        return None
    language = current() if current() in ("ka", "en") else "ka"
    title = paper.title[language]
    named = [(await sent_files.described(db, media_id=each), each) for each in paper.files.values()]
    files = [(title, each) for (_mime, name), each in named if name and name.endswith(f"-{language}.pdf")]
    ask = _("These are the minutes of the round table. Please press once you have them. Number to verify: {code}")
    return {"files": files, "ask": ask.format(code=codes.shown(paper.code))}


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    found = await minutes_delivery.mine(db, meeting_id=int(args["meeting"]), person_id=person.id)
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
)
