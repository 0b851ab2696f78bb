"""An official's inbox: the promises of the office, how the village sees each, and one tap to say how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page, promise_table
from conversations.chat import Chat
from conversations.person import Person
from conversations.promise_colleague import hand_to_colleague
from conversations.promise_later import PUT_OFF, later, put_off
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.promise_asking import over
from domain.promises import Word
from domain.refusal import Refused
from locales import _
from storage import promise_helpers, promise_people, promise_wishes, promises
from storage.ledger import Witness

OTHERS, HAND = "others", "hand"


async def promise_report(chat: Chat) -> None:
    """Asked by a reminder about one promise, or begun from the menu."""
    if "promise" in chat.args:
        if await chat.look("wanted", lambda db: _still(db, chat.person, chat.args, chat.now())):
            await report(chat, chat.args["promise"])
        return
    if not await chat.look("asked", partial(_mine, person_id=chat.person.id)):
        raise Refused("not_allowed")
    chosen = await chat.pick("promise", _("Which of your promises is it about?"), partial(_own, chat))
    match chosen:
        case promise_table.TAKE:
            await promise_table.hand_out(chat)
        case promise_table.BRING:
            await promise_table.take_back(chat)
        case _promise:
            await report(chat, chosen, whole=True)


async def _own(chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    """What waits stands first, by its day; what is over comes last."""
    found, today = await promises.dossiers(db, ids=await _mine(db, person_id=chat.person.id)), chat.today()
    found.sort(key=lambda one: (over(one.verdict(today)), one.verdict(today).due or today, one.id))
    return [*(_named(one, today) for one in found), *promise_table.options(len(found))]


async def _mine(db: AsyncConnection, *, person_id: int) -> list[int]:
    """Those of the office, and those that this person follows for one."""
    own = await promise_people.answerable_for(db, person_id=person_id)
    return sorted({*own, *await promise_helpers.followed(db, person_id=person_id)})


def _named(one: promises.Dossier, today: date) -> Option:
    [option] = promise_page.options([one], today)
    due = one.verdict(today).due
    return option if due is None else Option(option.value, f"{option.label} · {due:%d.%m.%Y}")


async def report(chat: Chat, promise_id: int, *, whole: bool = False) -> None:
    """`whole`: with everything that people read of it, and the way back to the others."""
    ask = _("How does it stand? Your answer is shown beside what the group sees.")
    words = _words(chat)
    page = partial(promise_page.question, promise_id=promise_id, ask=ask, today=chat.today())
    if whole:
        page = partial(_whole, promise_id=promise_id, ask=ask, today=chat.today())
        words += [Option(HAND, _("👤 A colleague follows it for me")), Option(OTHERS, _("Another promise"))]
    word = await chat.pick("word", page, words)
    if word == OTHERS:
        return chat.go_on("promise_report")
    if word == HAND:
        return await hand_to_colleague(chat, promise_id)
    if word in PUT_OFF:
        return await put_off(chat, promise_id, PUT_OFF[word], "promise_report")
    why = await _why(chat, Word(word))
    new_due = await _new_due(chat) if word == Word.CHANGED else None
    paper = None if word == Word.NOT_STARTED else await _paper(chat)
    witness = Witness(chat.person.id, media_id=next(iter(paper.values())) if paper else None)
    say = partial(promises.say, promise_id=promise_id, word=Word(word), witness=witness, why=why)
    say = partial(say, paper=next(iter(paper)) if paper else None)
    await chat.do("save", partial(say, new_due=new_due, now=chat.now(), zone=chat.zone))
    page = partial(promise_page.text, promise_id=promise_id, today=chat.today())
    chat.say(_("Thank you. This is what everybody reads now:"))
    chat.say(await chat.look("page", page))


async def _whole(db: AsyncConnection, *, promise_id: int, ask: str, today: date) -> str:
    return "\n\n".join([await promise_page.text(db, promise_id=promise_id, today=today, inside=True), ask])


async def _why(chat: Chat, word: Word) -> str | None:
    if word is Word.CANNOT:
        why = await chat.text("why", _("Why can it not be done? People will read your words."), longest=500)
    elif word is Word.CHANGED:
        why = await chat.text("change", _("What is to change, and why? People will read your words."), longest=500)
    else:
        note = _("Would you add a few words for the people?")
        why = await chat.text("note", note, longest=500, optional=_("Nothing to add"))
    return str(why) if why else None


async def _paper(chat: Chat) -> dict[str, str] | None:
    ask = _("Is there a document or a photo of it? The group and the coordinator see it.")
    sent: dict[str, str] | None = await chat.photo_or_document("paper", ask, optional=_("Without one"))
    return sent


async def _new_due(chat: Chat) -> date | None:
    ask = _("By which day will it be done? The first day stands until the group agrees.")
    day = await chat.date("new_due", ask, earliest=chat.today(), optional=_("The day stays"))
    return date.fromisoformat(day) if day else None


def _words(chat: Chat) -> list[Option]:
    words = [
        Option(Word.NOT_STARTED.value, _("Not begun yet")),
        Option(Word.UNDER_WAY.value, _("Under way")),
        Option(Word.DONE.value, _("Done")),
        Option(Word.CANNOT.value, _("It cannot be done")),
        Option(Word.CHANGED.value, _("It has to change")),
    ]
    return [*words, *later(chat)]


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Since the reminder they may have told us, or have left."""
    if "promise" not in args:
        return True
    return await promise_wishes.may_ask_official(db, promise_id=args["promise"], person_id=person.id, now=now)


async def _has_promises(db: AsyncConnection, person: Person) -> bool:
    return bool(await _mine(db, person_id=person.id))


async def _about(db: AsyncConnection, args: dict[str, Any]) -> str:
    return await promise_page.about(db, args, "🏛") if "promise" in args else ENTRY.title()


ENTRY = Entry(
    "promise_report",
    promise_report,
    lambda: _("🏛 How my promises stand"),
    in_menu=True,
    offered=_has_promises,
    reminder=True,
    nudge_after=None,  # the next reminder is enough
    expires_after=timedelta(days=14),
    still=_still,
    office_hours=True,
    about=_about,
)
