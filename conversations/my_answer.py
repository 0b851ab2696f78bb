"""Looks at one's own answer, and changes it until the poll closes: one more need, one less, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.need_questions import Asking, one_need
from conversations.needs_poll import answer_of
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.needs import AT_MOST, Life
from locales import _
from publish import need_words
from storage import answers, needs, polls


async def my_answer(chat: Chat) -> None:
    which = await chat.look("which", partial(_which, person=chat.person))
    if which is None:
        chat.say(_("There is no answer of yours that can still be changed."))
        return
    wish = await chat.pick("wish", partial(_mine, chat=chat, which=which), _wishes(which))
    if wish == "add":
        await _add(chat, which)
    elif wish == "less":
        await _less(chat, which)
    elif wish == "withdraw":
        await _withdraw(chat, which)
    else:
        chat.say(_("It stays as it is."))


async def _which(db: AsyncConnection, *, person: Person) -> dict[str, Any] | None:
    poll_id = await answers.changeable(db, person_id=person.id)
    mine = await answers.mine(db, poll_id=poll_id, person_id=person.id) if poll_id else None
    if poll_id is None or mine is None:
        return None
    told = await needs.of_answer(db, poll_id=poll_id, person_id=person.id)
    return {"poll": poll_id, "village": mine.village_id, "told": len(told)}


async def _mine(db: AsyncConnection, *, chat: Chat, which: dict[str, Any]) -> str:
    rows = await needs.of_answer(db, poll_id=which["poll"], person_id=chat.person.id)
    last = (await polls.poll(db, poll_id=which["poll"], within=())).rules.closes
    until = _("You can change it until {day}.").format(day=in_words(last))
    return "\n".join([_("You told:"), *(_line(row, chat.person.id) for row in rows), "", until])


def _line(row: Any, person_id: int) -> str:
    parts = [need_words.kind(row.kind), needs.words_for(row, person_id), need_words.hurt(row.own_suffers)]
    if row.author_id == person_id and row.words:
        parts.append(_read(row.state))
    return "• " + " – ".join(part for part in parts if part)


def _read(state: str) -> str:
    if state == Life.TOLD:
        return _("not yet read by the group")
    return _("not shown to others") if state == Life.HIDDEN else _("shown to the village")


def _wishes(which: dict[str, Any]) -> list[Option]:
    options = [Option("keep", _("Leave it so"))]
    if which["told"] < AT_MOST:
        options.append(Option("add", _("Tell one more need")))
    if which["told"] > 1:
        options.append(Option("less", _("Take one back")))
    return [*options, Option("withdraw", _("Withdraw my whole answer"))]


async def _add(chat: Chat, which: dict[str, Any]) -> None:
    asking = Asking(which["poll"], which["village"], chat.person.id)
    told = await one_need(chat.part("new"), asking, _("What else does your village need?"))

    async def add(db: AsyncConnection) -> None:
        answer = await answer_of(db, which, chat.person)
        await answers.add(db, answer=answer, told=told, today=chat.today(), now=chat.now())

    await chat.do("add", add)
    chat.say(_("Thank you, it is added."))


async def _less(chat: Chat, which: dict[str, Any]) -> None:
    options = partial(_told, which=which, person_id=chat.person.id)
    need_id = await chat.pick("less", _("Which one do you take back?"), options)
    back = partial(answers.take_back, poll_id=which["poll"], person_id=chat.person.id, need_id=need_id)
    await chat.do("back", lambda db: back(db, today=chat.today(), now=chat.now()))
    chat.say(_("It is taken back."))


async def _told(db: AsyncConnection, *, which: dict[str, Any], person_id: int) -> Sequence[Option]:
    rows = await needs.of_answer(db, poll_id=which["poll"], person_id=person_id)
    return [Option(row.id, _line(row, person_id)[:60]) for row in rows]


async def _withdraw(chat: Chat, which: dict[str, Any]) -> None:
    ask = _("Shall I take your whole answer out? You can answer again while the poll is open.")
    if not await chat.confirm("sure", ask, yes=_("Yes, take it out"), no=_("No, keep it")):
        chat.say(_("It stays as it is."))
        return
    out = partial(answers.withdraw, poll_id=which["poll"], person_id=chat.person.id)
    await chat.do("withdraw", lambda db: out(db, today=chat.today(), now=chat.now()))
    chat.say(_("Your answer is taken out. If you like, answer again: /menu"))


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return await answers.changeable(db, person_id=person.id) is not None


ENTRY = Entry("my_answer", my_answer, lambda: _("📝 My answer"), in_menu=True, offered=_offered)
