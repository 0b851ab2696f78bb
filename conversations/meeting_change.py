"""What is done about a round table after the invitations went out: others are invited, or something is changed."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import meeting_acts as acts
from conversations.chat import Chat
from conversations.meeting_desk import named
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from locales import _
from storage import meetings


async def meeting_change(chat: Chat) -> None:
    found = await chat.look("found", partial(_kept, person_id=chat.person.id))
    if not found:
        return chat.say(_("You keep no round table's record."))
    meeting_id = found[0]
    if len(found) > 1:
        meeting_id = await chat.pick("which", _("Which round table?"), partial(named, chat=chat, ids=found))
    chosen = await chat.pick("act", _("What do you want to do?"), partial(_acts, chat=chat, meeting_id=int(meeting_id)))
    await ACTS[chosen](chat, int(meeting_id))


ACTS = {
    "link": acts.link,
    "move": acts.move,
    "agenda": acts.agenda,
    "secretary": acts.secretary,
    "letter": acts.letter,
    "answer": acts.answer,
}


async def _acts(db: AsyncConnection, *, chat: Chat, meeting_id: int) -> list[Option]:
    """Of a meeting that lies ahead nobody can say yet that it was not held."""
    record = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)
    missed = Option("letter", _("The municipality did not come"))
    if record.road is not None:
        return [missed, Option("answer", _("An answer has come afterwards"))]
    return [
        Option("link", _("Invite somebody without a chat")),
        Option("move", _("Another day or place")),
        Option("agenda", _("Other issues")),
        Option("secretary", _("Somebody else keeps the record")),
        *([missed] if record.may_be_missed(chat.now()) else []),
    ]


async def _kept(db: AsyncConnection, *, person_id: int) -> list[int]:
    return await meetings.kept_by(db, person_id=person_id, which=meetings.NOT_BEGUN)


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await _kept(db, person_id=person.id))


ENTRY = Entry(
    "meeting_change",
    meeting_change,
    lambda: _("✏️ Change the round table"),
    in_menu=True,
    offered=_offered,
    nudge_after=None,
)
