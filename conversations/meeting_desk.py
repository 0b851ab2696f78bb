"""The secretary's way to the live desk of a round table: here in the chat, or on a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import new_token
from locales import _
from publish import meeting_words
from storage import meetings, passes

HERE, PAGE = "here", "page"


async def meeting_desk(chat: Chat) -> None:
    found = await chat.look("found", partial(_kept, person_id=chat.person.id))
    if not found:  # the year's next step leads here too
        return chat.go_on("meeting_prepare")
    meeting_id = found[0]
    if len(found) > 1:
        meeting_id = await chat.pick("which", _("Which round table?"), partial(named, chat=chat, ids=found))
    guests = partial(_guests, chat=chat, meeting_id=int(meeting_id))
    if await chat.pick("where", guests, [Option(HERE, _("Here, in the chat")), Option(PAGE, _("On a page"))]) == HERE:
        return chat.go_on("meeting_room", meeting=int(meeting_id))

    async def give(db: AsyncConnection) -> str:
        await meetings.require_keeper(db, meeting_id=int(meeting_id), person_id=chat.person.id)
        token = new_token()
        await passes.give(db, person_id=chat.person.id, token=token, now=chat.now())
        return token

    link = chat.links.meeting_desk(await chat.do("give", give), int(meeting_id))
    if link is None:
        return chat.say(_("The pages of this program have no address yet. Please ask who runs it."))
    chat.say(_("Open this on the phone you write with, within 15 minutes. It is for you alone: do not pass it on."))
    chat.say(link)


async def named(db: AsyncConnection, *, chat: Chat, ids: Sequence[int]) -> list[Option]:
    records = [await meetings.read(db, meeting_id=each, zone=chat.zone) for each in ids]
    return [
        Option(each.id, f"{meeting_words.title(each)}, {in_words(each.starts_at.astimezone(chat.zone).date())}")
        for each in records
    ]


async def _guests(db: AsyncConnection, *, chat: Chat, meeting_id: int) -> str:
    """Who comes, as far as they have answered."""
    record = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)
    lines = [f"• {each.name}, {each.office}: {meeting_words.reply(each)}" for each in record.guests]
    ask = _("Where do you write? Both keep the same record, and you may go from one to the other at any time.")
    return "\n".join([meeting_words.title(record), *lines, "", ask])


async def _kept(db: AsyncConnection, *, person_id: int) -> list[int]:
    """What is locked is only read: there is nothing to write any more."""
    return await meetings.kept_by(db, person_id=person_id, which=meetings.NOT_LOCKED)


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await _kept(db, person_id=person.id))


ENTRY = Entry(
    "meeting_desk",
    meeting_desk,
    lambda: _("📝 The round table's desk"),
    in_menu=True,
    offered=_offered,
    nudge_after=None,
)
