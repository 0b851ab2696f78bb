"""An official answers issues of a round table in writing until it begins: the answer stands in the agenda."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.meeting_desk import named
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.meetings.record import Answer
from locales import _
from publish import meeting_words
from storage import meeting_guests, meeting_writing, meetings

ENOUGH = "enough"
MOST = 20  # issues answered in one go


def title() -> str:
    return _("✍️ Answer the round table in writing")


async def meeting_write(chat: Chat) -> None:
    found = await chat.look("found", partial(meeting_guests.tables_of, person_id=chat.person.id))
    if not found:
        return chat.say(_("No round table waits for an answer of yours now."))
    meeting_id = found[0]
    if len(found) > 1:
        meeting_id = await chat.pick("which", _("Which round table?"), partial(named, chat=chat, ids=found))
    for number in range(1, MOST + 1):
        if not await _one(chat.part(str(number)), int(meeting_id)):
            break
    chat.say(_("Thank you. You can add to it until the meeting begins."))


async def _one(chat: Chat, meeting_id: int) -> bool:
    """Whether an issue was answered."""
    item = await chat.pick("item", _("Which issue do you answer?"), partial(_issues, chat=chat, meeting_id=meeting_id))
    if item == ENOUGH:
        return False
    answers = [Option(each, meeting_words.own_answer(each)) for each in Answer]
    how = Answer(await chat.pick("how", _("What is your answer?"), answers))
    words = await chat.text("words", _("In your words, as it shall stand in the agenda:"))
    write = partial(meeting_writing.write, meeting_id=meeting_id, item=item, by=chat.person.id)
    await chat.do("wrote", partial(write, answer=how, words=words, now=chat.now(), zone=chat.zone))
    chat.say(_("It stands in the agenda."))
    return True


async def _issues(db: AsyncConnection, *, chat: Chat, meeting_id: int) -> list[Option]:
    record = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)
    return [*(Option(item.id, meeting_words.issue(item)) for item in record.items), Option(ENOUGH, _("That is all"))]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await meeting_guests.tables_of(db, person_id=person.id))


ENTRY = Entry("meeting_write", meeting_write, title, in_menu=True, offered=_offered)
