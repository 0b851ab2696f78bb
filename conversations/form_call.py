"""A form is answered: by one person, by a group section by section, or from house to house."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import form_words
from conversations.chat import Chat
from conversations.form_group import together
from conversations.form_houses import houses
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.forms.calls import Mode
from domain.forms.xlsform.working import SECONDS_A_QUESTION
from locales import _
from storage import fills, form_calls

LINK = "f"


async def form_call(chat: Chat) -> None:
    """By a link, or because a form was put to this person."""
    number = chat.args.get("call") or int("0" + "".join(filter(str.isdecimal, chat.args.get("link", "")))[:9])
    call = await chat.look("call", partial(_call, person=chat.person, call_id=number))
    words = _("“{title}”: {size}. You may stop at any moment and go on another day.")
    text = words.format(title=call["title"], size=form_words.size(call["questions"], call["minutes"]))
    answers = [Option("now", _("Let us begin")), Option("later", _("Later"))]
    if await chat.pick("begin", text, answers) == "later":
        chat.say(_("All right. You will find it in the /menu."))
        return
    await _answer(chat, call)


async def my_forms(chat: Chat) -> None:
    """What may be answered now, or gone on with."""
    found = await chat.look("open", partial(_open, person=chat.person))
    if not found:
        chat.say(_("There is no form for you now."))
        return
    number = found[0][0]
    if len(found) > 1:
        number = await chat.pick("which", _("Which form?"), [Option(each, title) for each, title in found])
    await _answer(chat, await chat.look("call", partial(_call, person=chat.person, call_id=number)))


async def _answer(chat: Chat, call: dict[str, Any]) -> None:
    match Mode(call["mode"]):
        case Mode.PERSON:
            await _alone(chat, call)
        case Mode.GROUP:
            await together(chat, call)
        case Mode.HOUSEHOLD:
            await houses(chat, call)


async def _alone(chat: Chat, call: dict[str, Any]) -> None:
    who = {"call_id": call["id"], "person_id": chat.person.id, "village_id": chat.person.village_id}
    fill_id = await chat.do("fill", partial(fills.own, **who, now=chat.now()))
    await chat.form("f", fill_id)
    chat.say(_("Thank you! Your answers are kept. Only numbers are shown, and none that could point to you."))


async def _call(db: AsyncConnection, *, person: Person, call_id: int) -> dict[str, Any]:
    found = await form_calls.require(db, call_id=call_id, person_id=person.id, village_id=person.village_id)
    questions = await form_calls.questions(db, form_id=found.form_id)
    about = {"questions": questions, "minutes": max(1, round(questions * SECONDS_A_QUESTION / 60))}
    named = {"id": found.id, "title": found.title, "mode": found.mode, "community": found.community_id}
    return named | about


async def _open(db: AsyncConnection, *, person: Person) -> list[tuple[int, str]]:
    found = await form_calls.for_person(db, person_id=person.id, village_id=person.village_id)
    return [(call.id, f"{call.title} ({form_words.where(call)})") for call in found]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await form_calls.for_person(db, person_id=person.id, village_id=person.village_id))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    if "call" not in args:
        return True
    found = await form_calls.for_person(db, person_id=person.id, village_id=person.village_id)
    return any(call.id == args["call"] for call in found)


ENTRIES = [
    Entry("form_call", form_call, lambda: _("📋 A form to answer"), link=LINK, still=_still, reminder=True),
    Entry("my_forms", my_forms, lambda: _("📋 Forms"), in_menu=True, offered=_offered),
]
