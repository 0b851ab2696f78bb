"""Anybody may follow a village or a municipality: by the board's button, or from the menu, where it is ended too.

By the board's button one promise may be followed as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.place_names import named, names
from conversations.promise_news import follow
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.links import FOLLOW, LARGEST_ID
from domain.refusal import Refused
from locales import _, current
from publish import promise_words
from storage import place_follows, places, promises

VILLAGE, MUNICIPALITY, PROMISE, END = "v", "m", "p", "x"


async def board_follow(chat: Chat) -> None:
    link = str(chat.args.get("link", ""))
    if link.startswith(FOLLOW + PROMISE):
        return await _begin_promise(chat, link.removeprefix(FOLLOW + PROMISE))
    if link:
        return await _begin(chat, await chat.look("place", partial(_asked, link=link)))
    if not await chat.look("any", lambda db: _offered(db, chat.person)):
        return chat.say(
            _("I do not know your village yet. Tell me in the /menu, or press “Follow” on the public page.")
        )
    ask = _("Once a week, on Friday, I can tell you what changed with the promises to a place. Which one?")
    wish = await chat.pick("which", ask, partial(_choices, person=chat.person))
    if str(wish).startswith(END):
        return await end(chat, int(str(wish)[len(END) :]))
    await _begin(chat, await chat.look("place", partial(_own, person=chat.person, kind=str(wish))))


async def _begin(chat: Chat, place: dict[str, Any] | None) -> None:
    if place is None:
        return chat.say(_("I do not find this place. Perhaps the link is incomplete."))
    where = {"village_id" if place["kind"] == VILLAGE else "municipality_id": place["id"]}
    act = partial(place_follows.follow, person_id=chat.person.id, now=chat.now(), **where)
    await chat.do("follow", act)
    done = _(
        "All right. On Fridays I will write to you when something has changed there: {place}. You can end it any time."
    )
    chat.say(done.format(place=named(place["names"])))


async def _begin_promise(chat: Chat, number: str) -> None:
    promise = await chat.look("promise", partial(_promised, number=number))
    if promise is None:
        return chat.say(_("I do not find this promise. Perhaps the link is incomplete."))
    chat.say(promise["text"])
    await follow(chat, promise["id"])


async def _promised(db: AsyncConnection, *, number: str) -> dict[str, Any] | None:
    if not (number.isascii() and number.isdigit()) or int(number) > LARGEST_ID:
        return None
    try:
        one = await promises.dossier(db, promise_id=int(number))
    except Refused:
        return None
    return {"id": one.id, "text": promise_words.quoted(one.new.words)}


async def end(chat: Chat, follow_id: int) -> None:
    stop = partial(place_follows.unfollow, follow_id=follow_id, person_id=chat.person.id, now=chat.now())
    await chat.do("end", stop)
    chat.say(_("All right, I will not write to you about this place any more."))


async def _asked(db: AsyncConnection, *, link: str) -> dict[str, Any] | None:
    kind, code = link[len(FOLLOW) : len(FOLLOW) + 1], link[len(FOLLOW) + 1 :]
    if kind == VILLAGE:
        village = await places.village_by_code(db, code=code)
        return _place(VILLAGE, village.place) if village else None
    found = [one for one in await places.municipalities(db) if kind == MUNICIPALITY and one.code == code]
    return _place(MUNICIPALITY, found[0]) if found else None


def _place(kind: str, place: places.Place) -> dict[str, Any]:
    return {"kind": kind, "id": place.id, "names": names(place)}


async def _own(db: AsyncConnection, *, person: Person, kind: str) -> dict[str, Any] | None:
    village = await places.village(db, village_id=person.village_id) if person.village_id else None
    if village is None:
        return None
    return _place(VILLAGE, village.place) if kind == VILLAGE else _place(MUNICIPALITY, village.municipality)


async def _choices(db: AsyncConnection, *, person: Person) -> Sequence[Option]:
    """One's own places, where they are not followed yet, and an end to each that is."""
    followed = await place_follows.of_person(db, person_id=person.id)
    known = {(one.kind[0], one.place.id) for one in followed}
    own = [await _own(db, person=person, kind=kind) for kind in (VILLAGE, MUNICIPALITY)]
    begin = [
        Option(one["kind"], f"🔔 {named(one['names'])}") for one in own if one and (one["kind"], one["id"]) not in known
    ]
    return [*begin, *ends(followed)]


def ends(followed: Sequence[place_follows.Followed]) -> list[Option]:
    stop = _("🔕 No more: {place}")
    return [Option(f"{END}{one.id}", stop.format(place=one.place.named(current()))) for one in followed]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await _choices(db, person=person))


ENTRY = Entry(
    "board_follow",
    board_follow,
    lambda: _("🔔 Promises of a place, once a week"),
    in_menu=True,
    link=FOLLOW,
    offered=_offered,
    nudge_after=None,
)
