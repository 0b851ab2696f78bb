"""When a promise lies still, a member asks for the next step of the path that the group has set; nothing goes further
by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.escalation import Step
from locales import _
from publish.promise_words import quoted
from storage import escalations, promise_people, promises


async def go_further(chat: Chat, promise_id: int) -> None:
    step = await chat.look("step", partial(_step, chat=chat, promise_id=promise_id))
    if step is None:
        return chat.say(_("Somebody has taken this step already, or it is not needed any more."))
    superior = await _superior(chat, promise_id) if step == Step.SUPERIOR else None
    words = await chat.text("words", _ask(Step(step)), longest=500)
    if not await chat.confirm("sure", quoted(words) + "\n\n" + _sure(Step(step)), no=_("No, leave it")):
        return chat.say(_("Nothing was sent."))
    take = partial(escalations.take, promise_id=promise_id, step=Step(step), words=words, superior_id=superior)
    await chat.do("save", partial(take, person_id=chat.person.id, now=chat.now(), zone=chat.zone))
    chat.say(_("Done. Whatever is said or seen next stands with the promise."))


def label(step: Step) -> str:
    return {
        Step.LEADER: _("🙋 Ask the leader for help"),
        Step.COORDINATOR: _("🙋 Ask the coordinator for help"),
        Step.SUPERIOR: _("🙋 Ask the official's superior"),
        Step.PUBLIC_NOTE: _("📌 Write a note that everybody reads"),
    }[step]


def _ask(step: Step) -> str:
    if step is Step.PUBLIC_NOTE:
        return _("What shall everybody read? Only what was promised and what is to be seen, and nobody's name.")
    return _("What shall they know? What was tried already, and what would help?")


def _sure(step: Step) -> str:
    return _("Shall everybody read this?") if step is Step.PUBLIC_NOTE else _("Shall I pass it on?")


async def _step(db: AsyncConnection, *, chat: Chat, promise_id: int) -> Step | None:
    one = await promises.dossier(db, promise_id=promise_id)
    return await escalations.offered(db, dossier=one, person_id=chat.person.id, now=chat.now(), zone=chat.zone)


async def _superior(chat: Chat, promise_id: int) -> int:
    ask = _("Who is above this office and could help?")
    return int(await chat.pick("superior", ask, partial(_superiors, promise_id=promise_id)))


async def _superiors(db: AsyncConnection, *, promise_id: int) -> Sequence[Option]:
    one = await promises.dossier(db, promise_id=promise_id)
    known = await promise_people.officials_of(db, municipality_id=one.municipality_id)
    answers = await promise_people.officials(db, promise=one.answerer, municipality_id=one.municipality_id)
    return [Option(each.person_id, f"{each.name}, {each.office}") for each in known if each.person_id not in answers]


async def promise_asked_for_help(chat: Chat) -> None:
    chat.say(_("The group asks for your help with a promise:"))
    page = partial(promise_page.text, promise_id=chat.args["promise"], today=chat.today())
    chat.say(await chat.look("page", page))
    chat.say(quoted(chat.args["words"]))


ENTRY = Entry(
    "promise_asked_for_help", promise_asked_for_help, lambda: _("Help with a promise"), notice=True, reminder=True
)
