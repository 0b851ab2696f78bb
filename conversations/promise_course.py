"""A leader or coordinator adds to a promise: parts, a programme or contract, whose task it is now, a note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.questions.option import Option
from locales import _
from publish.promise_words import quoted
from storage import promise_course, promise_people, promises
from storage.promise_course import MOST_PARTS, Part

SPLIT, JOIN, HAND, NOTE = "split", "join", "hand", "note"
OTHER = 0


async def add_to(chat: Chat, promise_id: int) -> None:
    """What was said stays as it was said; everybody reads what is added, with its day."""
    page = partial(promise_page.question, promise_id=promise_id, ask=_("What would you like to add?"), near=False)
    kinds = [
        Option(NOTE, _("📌 A note that everybody reads")),
        Option(SPLIT, _("✂ It has several parts")),
        Option(JOIN, _("🔗 A programme or contract")),
        Option(HAND, _("➡ Somebody else answers for it now")),
    ]
    kind = await chat.pick("kind", partial(page, today=chat.today()), kinds)
    done = await {NOTE: _note, SPLIT: _split, JOIN: _join, HAND: _hand}[kind](chat, promise_id)
    if done:
        chat.say(_("It is added:"))
        chat.say(await chat.look("page", partial(promise_page.text, promise_id=promise_id, today=chat.today())))


async def _note(chat: Chat, promise_id: int) -> bool:
    ask = _("What is to be added or put right? The first words stay, and yours stand beside them with today's date.")
    words = await chat.text("words", ask, longest=500)
    if not await chat.confirm("sure", quoted(words) + "\n\n" + _("Shall everybody read this?")):
        return False
    add = partial(promise_course.note, promise_id=promise_id, words=words, person_id=chat.person.id)
    await chat.do("save", partial(add, now=chat.now(), zone=chat.zone))
    return True


async def _split(chat: Chat, promise_id: int) -> bool:
    parts: list[Part] = []
    async for part in chat.several("part", at_most=MOST_PARTS, more=_("Is there one more part?")):
        words = await part.text("words", _("What belongs to this part? In the words of the promise."), longest=1000)
        day = await part.date("due", _("By which day?"))
        parts.append(Part(words, date.fromisoformat(day)))
    listed = "\n".join(f"{number}. {quoted(one.words)}" for number, one in enumerate(parts, start=1))
    ask = _("From now on each part is followed by itself, and the whole is no longer counted. Shall I do it?")
    if not await chat.confirm("sure", f"{listed}\n\n{ask}"):
        return False
    split = partial(promise_course.split, promise_id=promise_id, parts=parts, person_id=chat.person.id)
    await chat.do("save", partial(split, now=chat.now(), zone=chat.zone))
    return True


async def _join(chat: Chat, promise_id: int) -> bool:
    programme = await chat.text("programme", _("Under which programme is it done?"), longest=200)
    contract = await chat.text(
        "contract", _("Is there a contract or tender number?"), longest=100, optional=_("Not known")
    )
    join = partial(promise_course.join, promise_id=promise_id, programme=programme, contract=contract)
    await chat.do("save", partial(join, person_id=chat.person.id, now=chat.now(), zone=chat.zone))
    return True


async def _hand(chat: Chat, promise_id: int) -> bool:
    role_id = await chat.pick("who", _("Who answers for it now?"), partial(_others, promise_id=promise_id))
    if role_id == OTHER:
        name = await chat.text("name", _("What is their name?"), longest=100)
        office = await chat.text("office", _("Which office do they hold?"), longest=100)
    else:
        name, office = await chat.look("found", partial(_other, promise_id=promise_id, role_id=role_id))
    why = await chat.text("why", _("Why? Everybody can read it."), longest=300, optional=True)
    hand = partial(promise_course.hand_over, promise_id=promise_id, name=name, office=office, why=why)
    await chat.do("save", partial(hand, person_id=chat.person.id, now=chat.now(), zone=chat.zone))
    return True


async def _officials(db: AsyncConnection, promise_id: int) -> list[promise_people.Official]:
    one = await promises.dossier(db, promise_id=promise_id)
    return await promise_people.officials_of(db, municipality_id=one.municipality_id)


async def _others(db: AsyncConnection, *, promise_id: int) -> Sequence[Option]:
    known = [Option(one.role_id, f"{one.name}, {one.office}") for one in await _officials(db, promise_id)]
    return [*known, Option(OTHER, _("Somebody else"))]


async def _other(db: AsyncConnection, *, promise_id: int, role_id: int) -> list[str]:
    return next([one.name, one.office] for one in await _officials(db, promise_id) if one.role_id == role_id)
