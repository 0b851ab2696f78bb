"""An office asks the group something in private, before the list is public; the group answers it alone."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_acts
from conversations import dialogue_words as words
from conversations.chat import Chat
from conversations.dialogue import door
from conversations.registry import Entry
from domain.dialogue import Party
from locales import _
from publish.promise_words import quoted
from storage import dialogue_questions


async def dialogue_ask(chat: Chat) -> None:
    ask = _("What would you like to ask the group? Only its leader reads it, and only you read the answer.")
    asked = await chat.text("words", ask, longest=dialogue_acts.LONGEST)
    where = {"dialogue_id": dialogue_acts.at(chat), "by": chat.person.id, "words": asked}
    await chat.do("ask", lambda db: dialogue_questions.ask(db, **where, now=chat.now()))
    chat.say(_("It is on its way. You will hear the answer."), doors=(door(),))


async def dialogue_reply(chat: Chat) -> None:
    first = await chat.look("first", partial(_first, chat=chat))
    if first is None:
        return chat.say(_("No question waits."), doors=(door(),))
    answer = await chat.text("words", partial(_asked, chat=chat, number=first), longest=dialogue_acts.LONGEST)
    where = {"question_id": first, "by": chat.person.id, "words": answer}
    await chat.do("answer", lambda db: dialogue_questions.answer(db, **where, now=chat.now()))
    chat.say(_("Only who asked reads it."), doors=(door(),))


async def _first(db: AsyncConnection, *, chat: Chat) -> int | None:
    waiting = await dialogue_questions.open_(db, dialogue_id=dialogue_acts.at(chat))
    return next((row.id for row in waiting), None)


async def _asked(db: AsyncConnection, *, chat: Chat, number: int) -> str:
    row = await dialogue_questions.question(db, question_id=number, person_id=chat.person.id)
    if row is None:
        return _("No question waits.")
    asked = _("{who} asks in private: {words}").format(who=words.party(Party(row.party)), words=quoted(row.words))
    return "\n\n".join([asked, _("What do you answer?")])


async def dialogue_question(chat: Chat) -> None:
    """Told to the leader when somebody has asked, and to who asked when it is answered."""
    told = await chat.look("told", partial(_told, chat=chat))
    if told:
        chat.say(told, doors=(door(),))


async def _told(db: AsyncConnection, *, chat: Chat) -> str | None:
    where = {"question_id": int(chat.args["question"]), "person_id": chat.person.id}
    row = await dialogue_questions.question(db, **where)
    if row is None:
        return None
    if row.answer is not None:
        return _("You asked: {words}\nThe group answers: {answer}").format(
            words=quoted(row.words), answer=quoted(row.answer)
        )
    return _("{who} asks in private: {words}").format(who=words.party(Party(row.party)), words=quoted(row.words))


ENTRIES = (
    Entry("dialogue_ask", dialogue_ask, lambda: _("Ask the group privately"), nudge_after=None),
    Entry("dialogue_reply", dialogue_reply, lambda: _("Answer a question"), nudge_after=None),
    Entry("dialogue_question", dialogue_question, lambda: _("A private question"), notice=True),
)
