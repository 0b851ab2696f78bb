"""The sorting desk of a group: what was told becomes the needs of the village. One short run for each decision."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import sorting_words
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action
from locales import _, current, ngettext
from storage import desk_heads, places
from storage.desk_heads import Card

NEXT, LIST, TRAIL, SCREEN, DONE = "next", "list", "trail", "screen", "done"


async def sorting_desk(chat: Chat) -> None:
    here = await _where(chat)
    if here is None:
        return chat.say(_("There is nothing to sort yet."))
    wish = await chat.pick("wish", partial(heading, **here), partial(_wishes, chat=chat, **here))
    go_to = {NEXT: "sort_next", LIST: "sort_list", TRAIL: "sort_trail", SCREEN: "workspace_link"}
    if wish in go_to:
        chat.go_on(go_to[wish], **wire(here))


async def _where(chat: Chat) -> dict[str, Any] | None:
    """The poll and the village; asked only where there are several."""
    if "poll" in chat.args:
        return place(chat.args)
    found = await chat.look("heaps", partial(_heaps, person_id=chat.person.id))
    if not found:
        return None
    if len(found) == 1:
        return {"poll_id": found[0][0], "village_id": found[0][1]}
    ask = _("The needs of which village shall we sort?")
    chosen = await chat.pick("heap", ask, partial(_choices, person_id=chat.person.id))
    poll_id, village_id = str(chosen).split("-")
    return {"poll_id": int(poll_id), "village_id": int(village_id)}


def place(args: dict[str, Any]) -> dict[str, Any]:
    return {"poll_id": int(args["poll"]), "village_id": int(args["village"])}


def wire(here: dict[str, Any]) -> dict[str, Any]:
    """`place`, for the arguments of another conversation."""
    return {"poll": here["poll_id"], "village": here["village_id"]}


async def _heaps(db: AsyncConnection, *, person_id: int) -> list[list[int]]:
    return [[heap.poll_id, heap.village_id] for heap in await desk_heads.heaps(db, person_id=person_id)]


async def _choices(db: AsyncConnection, *, person_id: int) -> Sequence[Option]:
    options = []
    for heap in await desk_heads.heaps(db, person_id=person_id):
        name = await _village(db, heap.village_id)
        new = len(unsorted(await desk_heads.cards(db, poll_id=heap.poll_id, village_id=heap.village_id)))
        words = _("{village} – {count} to sort").format(village=name, count=new) if new else name
        options.append(Option(f"{heap.poll_id}-{heap.village_id}", words))
    return options


async def _village(db: AsyncConnection, village_id: int) -> str:
    village = await places.village(db, village_id=village_id)
    return village.place.named(current()) if village else ""


def unsorted(cards: Sequence[Card]) -> list[Card]:
    return [card for card in cards if not card.head.sorted]


async def heading(db: AsyncConnection, *, poll_id: int, village_id: int) -> str:
    cards = await desk_heads.cards(db, poll_id=poll_id, village_id=village_id)
    new = len(unsorted(cards))
    parts = [
        await _village(db, village_id),
        ngettext("{count} new need to sort.", "{count} new needs to sort.", new).format(count=new)
        if new
        else _("Everything is sorted."),
        ngettext("The list has {count} need now.", "The list has {count} needs now.", len(cards)).format(
            count=len(cards)
        ),
        _("Whatever you join or split, nobody's voice is lost, and everything can be taken back."),
    ]
    return "\n".join(part for part in parts if part)


async def _wishes(db: AsyncConnection, *, chat: Chat, poll_id: int, village_id: int) -> Sequence[Option]:
    cards = await desk_heads.cards(db, poll_id=poll_id, village_id=village_id)
    trail = sorting_words.any_done(cards)
    return [
        *([Option(NEXT, _("🗂️ Sort the new ones"))] if unsorted(cards) else []),
        Option(LIST, _("📋 Look at the list")),
        *([Option(TRAIL, _("↩️ What was done, take something back"))] if trail else []),
        *([Option(SCREEN, _("🖥️ On a computer"))] if chat.links.public_url else []),
        Option(DONE, _("That is all")),
    ]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await desk_heads.heaps(db, person_id=person.id))


ENTRY = Entry(
    "sorting_desk",
    sorting_desk,
    lambda: _("🗂️ Sort the needs"),
    action=Action.SORT_NEEDS,
    in_menu=True,
    offered=_offered,
    nudge_after=None,
)
