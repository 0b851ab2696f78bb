"""An official is invited to a round table, sees its issues, and answers: coming, sends somebody, not coming."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import meeting_write
from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.questions.option import Option, Words
from conversations.registry import Entry
from domain.meetings.record import Record, Reply
from domain.refusal import Refused
from locales import _, current
from publish import meeting_words
from storage import meeting_guests, meetings, places


async def meeting_invited(chat: Chat) -> None:
    meeting_id = int(chat.args["meeting"])
    may = partial(meeting_guests.may_see, meeting_id=meeting_id, person_id=chat.person.id)
    if not await chat.look("sees", may):  # the office ended, or it was never theirs
        return
    chat.say(_("You are invited to a round table. First the briefs of its issues, and the day for your calendar."))
    papers = await chat.work("papers", "meeting_papers", {"meeting": meeting_id, "language": current()})
    for words, media_id in papers.get("papers", ()):
        chat.send(words, document=media_id)
    await come(chat, partial(_invitation, chat=chat))


async def come(chat: Chat, ask: Words) -> None:
    """Asks an official whether they come, and keeps what they say."""
    answers = [
        Option(Reply.COMING, _("I am coming")),
        Option(Reply.SENDS, _("I send somebody")),
        Option(Reply.NOT_COMING, _("I am not coming")),
    ]
    of = await chat.look("of", partial(_day, chat=chat))
    said, who = Reply(await chat.pick("reply", ask, answers)), ""
    if said is Reply.SENDS:
        who = await chat.text("who", _("Who comes in your place? Name and office, please."), longest=100)
    await chat.do("kept", partial(_reply, chat=chat, said=said, who=who, of=datetime.fromisoformat(of)))
    lines = [
        _("Thank you, it is written down."),
        _("The minutes will come to you.") if said is Reply.NOT_COMING else "",
        _("You can answer the issues in writing before the day, if you like."),
    ]
    chat.say(" ".join(filter(None, lines)), doors=(Door("meeting_write", meeting_write.title()),))


async def _invitation(db: AsyncConnection, *, chat: Chat) -> str:
    record = await meetings.read(db, meeting_id=int(chat.args["meeting"]), zone=chat.zone)
    at = record.starts_at.astimezone(chat.zone)
    head = _("{communities} invites you to a round table on {day} at {time}, {place}.").format(
        communities=await _sitting(db, record), day=in_words(at.date()), time=f"{at:%H:%M}", place=record.place
    )
    return "\n".join([head, "", _("The issues:"), *meeting_words.numbered(record)])


async def _sitting(db: AsyncConnection, record: Record) -> str:
    found = await places.communities_named(db, community_ids=record.community_ids)
    return ", ".join(each.named(current()) for each in found)


async def _day(db: AsyncConnection, *, chat: Chat) -> str:
    record = await meetings.read(db, meeting_id=int(chat.args["meeting"]), zone=chat.zone)
    return record.starts_at.isoformat()


async def _reply(db: AsyncConnection, *, chat: Chat, said: Reply, who: str, of: datetime) -> None:
    record = await meetings.read(db, meeting_id=int(chat.args["meeting"]), zone=chat.zone)
    guest = await meeting_guests.guest_of(db, record=record, person_id=chat.person.id)
    if guest is None:
        raise Refused("gone")
    here: dict[str, Any] = {"record": record, "guest": guest.id, "of": of}
    await meeting_guests.reply(db, **here, reply=said, who=who, by=chat.person.id, now=chat.now())


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Nobody is asked whether they come once it has begun, or once they have said it."""
    return await meeting_guests.unanswered(db, meeting_id=int(args["meeting"]), person_id=person.id)


ENTRY = Entry("meeting_invited", meeting_invited, lambda: _("✉️ Invitation to a round table"), priority=1, still=_still)
