"""An issue at the table: who presents it, what was heard, opinions, questions, votes, and what was answered."""

from __future__ import annotations

from typing import Any

from conversations import meeting_room_people as people
from conversations.chat import Chat
from conversations.meeting_room_page import ITEM
from conversations.questions.option import Option
from domain.meetings.entries import MOST_VOTES, Verb
from domain.meetings.entries import WORDS as LONGEST
from domain.meetings.record import Answer, Counted
from locales import _
from publish import meeting_words

BY_YEAR = (Counted.PRIORITIES, Counted.BUDGET)
BY_PROGRAMME = (Counted.VILLAGE_SUPPORT, Counted.GRANT)
UNSAID = "unsaid"
YEARS = 3  # this year's budget and the next two


async def presented(chat: Chat, meeting_id: int, item: str) -> str:
    who = await people.speaker(chat, meeting_id, _("Who presents it?"))
    return await _keep(chat, meeting_id, Verb.PRESENTED, item, {**_person(who)})


async def heard(chat: Chat, meeting_id: int, item: str) -> str:
    ask = _("What was heard? In a few sentences; what was written before is replaced.")
    words = await chat.text("words", ask, longest=LONGEST)
    return await _keep(chat, meeting_id, Verb.HEARD, item, {"words": words})


async def spoke(chat: Chat, meeting_id: int, item: str) -> str:
    who = await people.speaker(chat, meeting_id, _("Who spoke?"))
    words = await chat.text("words", _("What did they say?"), longest=LONGEST)
    return await _keep(chat, meeting_id, Verb.SPOKE, item, {**_person(who), "words": words})


async def asked(chat: Chat, meeting_id: int, item: str) -> str:
    who = await people.speaker(chat, meeting_id, _("Who asked?"))
    body = {**_person(who), "words": await chat.text("words", _("What did they ask?"), longest=LONGEST)}
    reply = await chat.text("reply", _("What was answered?"), longest=LONGEST, optional=_("It was not answered"))
    if reply is not None:
        by = await people.speaker(chat.part("by"), meeting_id, _("Who answered?"))
        body |= {"reply": reply, **{f"reply_{name}": value for name, value in _person(by).items()}}
    return await _keep(chat, meeting_id, Verb.ASKED, item, body)


async def voted(chat: Chat, meeting_id: int, item: str) -> str:
    about = await chat.text("about", _("On what did they vote?"), longest=300, optional=_("On the issue"))
    body: dict[str, Any] = {"about": about}
    body["in_favour"] = await chat.number("in_favour", _("How many were for it?"), least=0, most=MOST_VOTES)
    body["against"] = await chat.number("against", _("How many were against it?"), least=0, most=MOST_VOTES)
    body["abstained"] = await chat.number("abstained", _("How many abstained?"), least=0, most=MOST_VOTES)
    return await _keep(chat, meeting_id, Verb.VOTED, item, body)


async def answered(chat: Chat, meeting_id: int, item: str) -> str:
    who = await people.speaker(chat, meeting_id, _("Who answered for the municipality?"), officials=True)
    options = [Option(each, meeting_words.answer(each)) for each in Answer]
    answer = Answer(await chat.pick("answer", _("What did they answer?"), options))
    body = {"branch": who["side"], "name": who["name"], "office": who["office"], "answer": answer}
    if answer is Answer.NOT_OURS:
        body["whose"] = await chat.text("whose", _("Whose is it?"), longest=300, optional=_("Not said"))
    elif answer in (Answer.YES, Answer.PARTLY):
        body |= await _counted(chat)
    body["words"] = await chat.text("words", _("In their words:"), longest=LONGEST, optional=_("Not needed"))
    return await _keep(chat, meeting_id, Verb.ANSWERED, item, body)


async def _counted(chat: Chat) -> dict[str, Any]:
    options = [Option(each, meeting_words.counted(each)) for each in Counted]
    where = await chat.pick("counted", _("Where will it be counted?"), [*options, Option(UNSAID, _("not said"))])
    if where == UNSAID:
        return {}
    found: dict[str, Any] = {"counted": where}
    if where in BY_YEAR:
        this = await chat.look("this", lambda _db: _year(chat))
        years = [Option(this + more, str(this + more)) for more in range(YEARS)]
        found["year"] = int(await chat.pick("year", _("Of which year?"), years))
    if where in BY_PROGRAMME:
        found["programme"] = await chat.text("programme", _("Which programme?"), longest=300, optional=_("Not said"))
    return found


async def _year(chat: Chat) -> int:
    return chat.today().year


def _person(who: dict[str, Any]) -> dict[str, Any]:
    return {name: who[name] for name in ("name", "sex", "side")}


async def _keep(chat: Chat, meeting_id: int, verb: Verb, item: str, body: dict[str, Any]) -> str:
    await people.keep(chat, meeting_id, verb, {"item": item, **body})
    return f"{ITEM}:{item}"
