"""The secretary brings the minutes from a draft to the lock, and sees who has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import minutes_acts as acts
from conversations import minutes_locked as locked
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.meetings.record import State
from domain.minutes import Fate, Minutes, Phase
from locales import _
from publish.day_words import day
from storage import meetings, minutes, minutes_letterhead

LEAVE = "leave"
ACTS = {
    "pdf": acts.paper,
    "docx": acts.paper,
    "open": acts.open_,
    "decide": acts.decide,
    "amend_link": acts.amend_link,
    "lock": acts.lock,
    "sheet": locked.sheet,
    "link": locked.link,
    "registry": locked.registry,
    "add": locked.add,
    "letterhead": acts.letterhead,
}


async def minutes_desk(chat: Chat) -> None:
    meeting_id = chat.args.get("meeting") or await _meeting(chat)
    if meeting_id is None:
        return chat.say(
            _("There is no meeting whose minutes you write. They begin when a meeting is closed at its desk.")
        )
    page = partial(_page, meeting_id=int(meeting_id), chat=chat)
    act = await chat.pick("act", page, partial(_acts, meeting_id=int(meeting_id), chat=chat))
    if act == LEAVE:
        return chat.say(_("All right."))
    await ACTS[act](chat, int(meeting_id), act)
    chat.go_on("minutes_desk", meeting=int(meeting_id))


async def _meeting(chat: Chat) -> int | None:
    found = await chat.look("meetings", partial(_closed, chat=chat))
    if len(found) < 2:
        return int(found[0]) if found else None
    return int(await chat.pick("meeting", _("Which meeting?"), partial(_named, chat=chat, ids=found)))


async def _closed(db: AsyncConnection, *, chat: Chat) -> list[int]:
    ids = await meetings.kept_by(db, person_id=chat.person.id, which=meetings.OVER)
    states = {each: (await meetings.read(db, meeting_id=each, zone=chat.zone)).state for each in ids[:12]}
    return [each for each, state in states.items() if state in (State.CLOSED, State.NOT_HELD)]


async def _named(db: AsyncConnection, *, chat: Chat, ids: Sequence[int]) -> Sequence[Option]:
    records = [await meetings.read(db, meeting_id=each, zone=chat.zone) for each in ids]
    line = _("No. {number}, {day}")
    return [
        Option(r.id, line.format(number=r.number, day=day(r.starts_at.astimezone(chat.zone).date()))) for r in records
    ]


async def _page(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> str:
    record = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)
    stand = await minutes.standing(db, meeting_id=meeting_id)
    head = _("Minutes No. {number}").format(number=record.number)
    return "\n".join([head, _phase(stand), *_waiting(stand)])


def _phase(stand: Minutes) -> str:
    if stand.version == 0:
        return _("They are not written yet. A draft is made from what was entered at the desk.")
    if stand.phase is Phase.LOCKED:
        return _("Locked as version {version}. They can only be added to.").format(version=stand.version)
    if stand.phase is Phase.OPEN and isinstance(stand.until, date):
        return _("Open for changes to those who attended until {day}.").format(day=day(stand.until))
    return _("A draft. Look at it, then open it to those who attended.")


def _waiting(stand: Minutes) -> list[str]:
    waiting = len(stand.of(Fate.WAITING))
    return [_("Changes that wait for an answer: {count}.").format(count=waiting)] if waiting else []


async def _acts(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> Sequence[Option]:
    stand = await minutes.standing(db, meeting_id=meeting_id)
    names: dict[str, Any] = {"pdf": _("Look at it (PDF)"), "docx": _("For Word")}
    if stand.phase is Phase.LOCKED:
        names |= {
            "sheet": _("Who has them"),
            "link": _("A personal link"),
            "registry": _("Number of the chancellery"),
            "add": _("Add an addendum"),
        }
    elif stand.phase is Phase.OPEN:
        over = stand.until is not None and chat.today() > stand.until
        waits = stand.of(Fate.WAITING)
        names |= {"decide": _("Answer a change")} if waits else {}
        names |= {} if over else {"amend_link": _("A link for who has no chat")}
        names |= {"lock": _("Lock them")} if over and not waits else {}
    else:
        names["open"] = _("Open to those who attended")
    if await minutes_letterhead.may_put(db, meeting_id=meeting_id, person_id=chat.person.id):
        names["letterhead"] = _("Own letterhead")
    return [*(Option(key, words) for key, words in names.items()), Option(LEAVE, _("Leave"))]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await meetings.kept_by(db, person_id=person.id, which=meetings.OVER))


ENTRY = Entry(
    "minutes_desk",
    minutes_desk,
    lambda: _("📜 Minutes of a meeting"),
    in_menu=True,
    offered=_offered,
    browsing=True,
)
