"""What the secretary passes on to officials who were invited by a link: an invitation, a change, a reminder."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.registry import Entry
from domain.meetings.record import Record, State
from domain.people import new_token
from locales import _
from storage import meeting_links, meeting_reminders, meetings

INVITED, MOVED, AGENDA, NEAR = "invited", "moved", "agenda", meeting_reminders.NEAR


async def meeting_hand_on(chat: Chat) -> None:
    """A message for each of them, ready to be forwarded as it is."""
    if chat.links.invited("") is None:
        return
    texts = await chat.do("texts", partial(_texts, chat=chat))
    if not texts:
        return
    chat.say(_("Some who are invited have no chat here. Please forward each of them the message with their name:"))
    for text in texts:
        chat.send(text, alone=True)


async def _texts(db: AsyncConnection, *, chat: Chat) -> list[str]:
    meeting_id, what = int(chat.args["meeting"]), str(chat.args["what"])
    if not await meetings.may_keep(db, meeting_id=meeting_id, person_id=chat.person.id):
        return []
    record, made = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone), []
    for guest in meeting_reminders.by_link(record, what):
        token, who = new_token(), {"guest": guest.id, "by": chat.person.id}
        await meeting_links.again(db, meeting_id=meeting_id, token=token, **who, now=chat.now())  # type: ignore[arg-type]
        made.append(text(chat, record, what, guest.name, str(chat.links.invited(token))))
    return made


def text(chat: Chat, record: Record, what: str, name: str, link: str) -> str:
    """The link stands alone in its line, so that every phone opens it whole."""
    at = record.starts_at.astimezone(chat.zone)
    when = _("{day} at {time}, {place}").format(day=in_words(at.date()), time=f"{at:%H:%M}", place=record.place)
    said = {
        INVITED: _("{name}, you are invited to a round table: {when}. The issues, and where you answer:"),
        MOVED: _("{name}, the round table has another day or place: {when}. Please say once more if you are coming:"),
        AGENDA: _("{name}, the round table has other issues: {when}. You see them here:"),
        NEAR: _("{name}, a reminder: the round table is near: {when}. The issues, and where you answer:"),
    }[what]
    return f"{said.format(name=name, when=when)}\n{link}"


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Not once it has begun, nor a reminder of a day that is no longer its own."""
    if "starts_at" in args:
        starts_at = datetime.fromisoformat(str(args["starts_at"]))
        return await meeting_reminders.stands(db, meeting_id=int(args["meeting"]), starts_at=starts_at)
    record = await meetings.read(db, meeting_id=int(args["meeting"]), zone=meetings.ANYWHERE)
    return record.state is State.PLANNED


ENTRY = Entry("meeting_hand_on", meeting_hand_on, lambda: _("To pass on to who has no chat"), notice=True, still=_still)
