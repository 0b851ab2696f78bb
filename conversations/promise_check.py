"""The group looks whether a promise is kept: what is to be seen on the ground?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.promise_later import PUT_OFF, later, put_off
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action
from domain.promises import Finding
from locales import _, current
from storage import places, promise_people, promise_wishes, promises
from storage.ledger import Witness

NOT_MINE = "not_mine"


async def promise_check(chat: Chat) -> None:
    """Asked by a reminder about one promise, or begun from the menu."""
    if "promise" in chat.args:
        if await chat.look("wanted", lambda db: _still(db, chat.person, chat.args, chat.now())):
            await check(chat, chat.args["promise"])
        return
    promise_id = await chat.pick("promise", _("Which promise did you look at?"), partial(_watched, chat))
    await check(chat, promise_id)


async def _watched(chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    ids = await promise_people.watched(db, person_id=chat.person.id)
    return promise_page.options(await promises.dossiers(db, ids=ids), chat.today())


async def check(chat: Chat, promise_id: int) -> None:
    ask = _("What do you see on the ground?")
    seen = await chat.pick(
        "seen", partial(promise_page.question, promise_id=promise_id, ask=ask, today=chat.today()), _sights(chat)
    )
    if seen in PUT_OFF:
        return await put_off(chat, promise_id, PUT_OFF[seen], "promise_check")
    if seen == NOT_MINE:
        return await _not_mine(chat, promise_id)
    village = await _where(chat, promise_id)
    photo = await chat.photo(
        "photo", _("Do you have a photo of it? A picture is the best witness."), optional=_("No photo")
    )
    note = await chat.text(
        "note",
        _("Would you add a few words? Only your group and the coordinator read them."),
        longest=500,
        optional=True,
    )
    witness = Witness(chat.person.id, note, photo["photo"] if photo else None, village)
    save = partial(promises.see, promise_id=promise_id, finding=Finding(seen), witness=witness)
    await chat.do("save", partial(save, now=chat.now(), zone=chat.zone))
    page = partial(promise_page.text, promise_id=promise_id, today=chat.today(), inside=True)
    if await chat.look("held", partial(_held, promise_id, chat.today())):
        chat.say(_("Thank you. What you saw is told to the office first, so that it does not surprise anybody."))
    else:
        chat.say(_("Thank you. What the group sees now stands beside what the official says."))
    chat.say(await chat.look("page", page))


async def _held(promise_id: int, today: date, db: AsyncConnection) -> bool:
    return bool((await promises.dossier(db, promise_id=promise_id)).held(today))


async def _where(chat: Chat, promise_id: int) -> str | None:
    """Only where the promise is for all of a community: each village may stand otherwise."""
    villages = await chat.look("villages", partial(_villages, promise_id))
    if len(villages) < 2:
        return None
    options = [Option(name, name) for name in villages]
    return str(await chat.pick("place", _("In which village did you look?"), options))


async def _villages(promise_id: int, db: AsyncConnection) -> list[str]:
    new = (await promises.dossier(db, promise_id=promise_id)).new
    if new.village_id is not None:
        return []
    return [place.named(current()) for place in await places.villages(db, community_id=new.community_id)]


def _sights(chat: Chat) -> list[Option]:
    sights = [
        Option(Finding.NOTHING_SEEN.value, _("Nothing to be seen yet")),
        Option(Finding.UNDER_WAY.value, _("Work is going on")),
        Option(Finding.DONE.value, _("It is done")),
        Option(Finding.DONE_BADLY.value, _("Done, but badly")),
    ]
    asked = "promise" in chat.args
    return [*sights, *later(chat), *([Option(NOT_MINE, _("This is not my task"))] if asked else [])]


async def _not_mine(chat: Chat, promise_id: int) -> None:
    refuse = partial(promise_wishes.not_mine, promise_id=promise_id, person_id=chat.person.id, now=chat.now())
    await chat.do("not_mine", refuse)
    chat.say(_("All right, I will not ask you about this promise any more. The others in the group will look."))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Since the reminder they may have told us, or have left."""
    if "promise" not in args:
        return True
    return await promise_wishes.may_ask_watcher(db, promise_id=args["promise"], person_id=person.id, now=now)


async def _has_promises(db: AsyncConnection, person: Person) -> bool:
    return bool(await promise_people.watched(db, person_id=person.id))


async def _about(db: AsyncConnection, args: dict[str, Any]) -> str:
    return await promise_page.about(db, args, "👀") if "promise" in args else ENTRY.title()


ENTRY = Entry(
    "promise_check",
    promise_check,
    lambda: _("👀 I looked at a promise"),
    action=Action.CHECK_PROMISE,
    in_menu=True,
    offered=_has_promises,
    reminder=True,
    nudge_after=None,  # the next reminder is enough
    expires_after=timedelta(days=14),
    still=_still,
    about=_about,
)
