"""What those who are invited to a round table hear before it: that it is near, that it changed, that they write."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import meeting_invited
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.registry import Entry
from locales import _, current
from publish import meeting_words
from storage import meeting_guests, meeting_reminders, meetings


async def meeting_near(chat: Chat) -> None:
    if not await chat.look("sees", partial(_sees_now, chat=chat)):
        return
    words = await chat.look("words", partial(_page, chat=chat))
    chat.say(_("A reminder: the round table is near.") + f"\n\n{words}")
    await _come(chat)


async def meeting_changed(chat: Chat) -> None:
    """With the briefs and the calendar anew, since both may be other ones; of another day an official is asked anew."""
    if not await chat.look("sees", partial(_sees_now, chat=chat)):
        return
    words = await chat.look("words", partial(_page, chat=chat))
    moved = chat.args.get("what") == "moved"
    head = _("The round table has another day or place.") if moved else _("The round table has other issues.")
    chat.say(f"{head}\n\n{words}")
    args = {"meeting": int(chat.args["meeting"]), "language": current()}
    papers = await chat.work("papers", "meeting_papers", args)
    for words, media_id in papers.get("papers", ()):
        chat.send(words, document=media_id)
    await _come(chat)


async def _come(chat: Chat) -> None:
    """Whoever has not said it of this day is asked."""
    unanswered = partial(meeting_guests.unanswered, meeting_id=int(chat.args["meeting"]), person_id=chat.person.id)
    if await chat.look("unanswered", unanswered):
        await meeting_invited.come(chat, _("Do you come on that day?"))


async def meeting_secretary(chat: Chat) -> None:
    words = await chat.look("words", partial(_page, chat=chat))
    head = _("You were asked to keep the record of a round table. On the day you open its desk from the /menu.")
    chat.say(f"{head}\n\n{words}")


async def _page(db: AsyncConnection, *, chat: Chat) -> str:
    record = await meetings.read(db, meeting_id=int(chat.args["meeting"]), zone=chat.zone)
    at = record.starts_at.astimezone(chat.zone)
    when = _("{day} at {time}, {place}").format(day=in_words(at.date()), time=f"{at:%H:%M}", place=record.place)
    return "\n".join([meeting_words.title(record), when, *meeting_words.numbered(record)])


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Not once it has begun, nor of a day that is no longer its own."""
    starts_at = datetime.fromisoformat(str(args["starts_at"]))
    if not await _sees(db, person, args, now):
        return False
    return starts_at > now and await meeting_reminders.stands(db, meeting_id=int(args["meeting"]), starts_at=starts_at)


async def _sees_now(db: AsyncConnection, *, chat: Chat) -> bool:
    return await _sees(db, chat.person, chat.args, chat.now())


async def _sees(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Whose office ended meanwhile hears nothing more of it."""
    return await meeting_guests.may_see(db, meeting_id=int(args["meeting"]), person_id=person.id)


ENTRIES = (
    Entry("meeting_near", meeting_near, lambda: _("A round table is near"), notice=True, reminder=True, still=_still),
    Entry("meeting_changed", meeting_changed, lambda: _("A round table has changed"), notice=True, nudge_after=None),
    Entry("meeting_secretary", meeting_secretary, lambda: _("The record of a round table"), notice=True),
)
