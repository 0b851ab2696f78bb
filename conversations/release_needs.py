"""The desk reads new words and photos, and releases, rewords or hides them; nobody else sees them before."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.need_questions import LONGEST
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.needs import Life
from domain.people import Action
from locales import _, current
from publish import need_words
from publish.promise_words import quoted
from storage import needs, places, reach, unread_needs

AT_A_TIME = 20
LATER = "later"


async def release_needs(chat: Chat) -> None:
    left: list[int] = []
    for number in range(1, AT_A_TIME + 1):
        part = chat.part(str(number))
        need = await part.look("need", partial(_next, person=chat.person, left=left))
        if need is None:
            chat.say(_("There is nothing new to read. Thank you!") if number == 1 else _("That was all. Thank you!"))
            return
        if not await _read(part, need):
            left.append(need["id"])
    chat.say(_("Thank you, that is enough for one time. There is more in the /menu."))


async def _next(db: AsyncConnection, *, person: Person, left: list[int]) -> dict[str, Any] | None:
    """Only what is to be read, never the words: those stay in one place, where their author can erase them."""
    villages = await reach.reach(db, person_id=person.id, action=Action.RELEASE_WORDS)
    waiting = [
        each for each in await unread_needs.waiting(db, villages=villages, reader_id=person.id) if each not in left
    ]
    if not waiting:
        return None
    told = await needs.told(db, need_id=waiting[0])
    photo = told.media_id if told.photo_state == Life.TOLD else None
    return {"id": told.id, "words": bool(told.words) and told.state == Life.TOLD, "photo": photo}


async def _read(chat: Chat, need: dict[str, Any]) -> bool:
    """Whether it was decided; a need may be left for later."""
    if need["words"]:
        wish = await chat.pick("wish", partial(_told, need_id=need["id"]), _wishes())
        if wish == LATER:
            return False
        await _decide_words(chat, need["id"], Life(wish))
    if need["photo"]:
        await _decide_photo(chat, need)
    return True


async def _told(db: AsyncConnection, *, need_id: int) -> str:
    told = await needs.told(db, need_id=need_id)
    village = await places.village(db, village_id=told.village_id)
    where = village.place.named(current()) if village else ""
    question = _("May the village read it like this? Nobody may be named or blamed in it, nor told from it.")
    return f"{where}, {need_words.kind(told.kind)}:\n\n{quoted(told.words or '')}\n\n{question}"


def _wishes() -> list[Option]:
    return [
        Option(Life.RELEASED.value, _("Yes, as it is")),
        Option(Life.REWORDED.value, _("In other words")),
        Option(Life.HIDDEN.value, _("No, hide it")),
        Option(LATER, _("Later")),
    ]


async def _decide_words(chat: Chat, need_id: int, life: Life) -> None:
    reworded = None
    if life is Life.REWORDED:
        reworded = await chat.text("reworded", _("How shall it read? Keep what they meant."), longest=LONGEST)
    decide = partial(needs.decide_words, need_id=need_id, life=life, reworded=reworded, by=chat.person.id)
    await chat.do("words", lambda db: decide(db, now=chat.now()))


async def _decide_photo(chat: Chat, need: dict[str, Any]) -> None:
    chat.send(_("The photo that came with it:"), photo=need["photo"])
    ask = _("May the village see this photo? No faces, no number plates, nobody's own yard.")
    show = await chat.confirm("show", ask, yes=_("Yes, show it"), no=_("No, hide it"))
    life = Life.RELEASED if show else Life.HIDDEN
    await chat.do("photo", partial(needs.decide_photo, need_id=need["id"], life=life, by=chat.person.id))


async def _offered(db: AsyncConnection, person: Person) -> bool:
    villages = await reach.reach(db, person_id=person.id, action=Action.RELEASE_WORDS)
    return bool(await unread_needs.waiting(db, villages=villages, reader_id=person.id))


ENTRY = Entry(
    "release_needs",
    release_needs,
    lambda: _("📖 Read new needs"),
    action=Action.RELEASE_WORDS,
    in_menu=True,
    offered=_offered,
)
