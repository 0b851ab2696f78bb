"""One new need beside its likely twins: the same as one of them, new, or left for later."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import sorting_words
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.sorting_desk import place, unsorted, wire
from domain.people import Action
from locales import _
from storage import desk_heads, sorting
from storage.desk_heads import Card, Twins
from storage.sorting import By

OTHER, NEW, LATER, OPEN, STOP = "other", "new", "later", "open", "stop"


async def sort_next(chat: Chat) -> None:
    here = place(chat.args)
    left = list(chat.args.get("left", ()))
    card = await chat.look("card", partial(_next, left=left, **here))
    if card is None:
        chat.say(_("There is nothing new to sort here. Thank you!"))
        return chat.go_on("sorting_desk", **wire(here))
    wish = await chat.pick("wish", partial(_shown, card=card, **here), partial(_wishes, card=card, **here))
    if wish == STOP:
        return chat.go_on("sorting_desk", **wire(here))
    if wish == OPEN:
        return chat.go_on("sort_head", **wire(here), head=card["id"])
    if wish == LATER:
        left.append(card["id"])
    else:
        await _decide(chat, card, wish, here)
    chat.go_on("sort_next", **wire(here), left=left)


async def _next(db: AsyncConnection, *, left: list[int], poll_id: int, village_id: int) -> dict[str, Any] | None:
    """Numbers only, never the words: those stay in one place, where their author can erase them."""
    cards = await desk_heads.cards(db, poll_id=poll_id, village_id=village_id)
    waiting = [card for card in unsorted(cards) if card.head.id not in left]
    if not waiting:
        return None
    twins = [card.head.id for card in Twins(cards).of(waiting[0])]
    seen = [[card.head.id, card.head.version] for card in cards]
    return {"id": waiting[0].head.id, "twins": twins, "seen": seen}


async def _pair(
    db: AsyncConnection, *, card: dict[str, Any], poll_id: int, village_id: int
) -> tuple[Card | None, list[Card]]:
    by_number = {each.head.id: each for each in await desk_heads.cards(db, poll_id=poll_id, village_id=village_id)}
    return by_number.get(card["id"]), [by_number[each] for each in card["twins"] if each in by_number]


async def _shown(db: AsyncConnection, *, card: dict[str, Any], poll_id: int, village_id: int) -> str:
    one, twins = await _pair(db, card=card, poll_id=poll_id, village_id=village_id)
    if one is None:
        return _("Somebody else has sorted this one just now.")
    lines = [sorting_words.shown(one)]
    if twins:
        lines.append(_("Is it the same as one of these?"))
        lines += [f"{number}. {sorting_words.line(twin)}" for number, twin in enumerate(twins, start=1)]
    else:
        lines.append(_("I found nothing that is like it."))
    return "\n\n".join(lines)


async def _wishes(db: AsyncConnection, *, card: dict[str, Any], poll_id: int, village_id: int) -> Sequence[Option]:
    one, twins = await _pair(db, card=card, poll_id=poll_id, village_id=village_id)
    if one is None:
        return [Option(LATER, _("To the next one")), Option(STOP, _("Enough for now"))]
    same = _("The same as {number}")
    return [
        *[Option(twin.head.id, same.format(number=number)) for number, twin in enumerate(twins, start=1)],
        Option(NEW, _("No, it is a new one")),
        Option(OTHER, _("The same as another one…")),
        Option(OPEN, _("✏️ Something else with it…")),
        Option(LATER, _("Not sure, later")),
        Option(STOP, _("Enough for now")),
    ]


async def _decide(chat: Chat, card: dict[str, Any], wish: Any, here: dict[str, Any]) -> None:
    seen = dict(card["seen"])
    if wish == NEW:
        by = By(chat.person.id, chat.now())
        await chat.do("new", partial(sorting.keep_apart, head=card["id"], seen=seen, by=by))
        return chat.say(_("It stands as a need of its own."))
    into = wish
    if wish == OTHER:
        ask = _("Which one is it the same as?")
        into = await chat.pick("into", ask, partial(others, head=card["id"], **here))
    by = await because(chat)
    await chat.do("join", partial(sorting.merge, into=int(into), others=[card["id"]], seen=seen, by=by))
    chat.say(_("They are one need now. Whoever stood behind either stands behind it, once."))


async def others(db: AsyncConnection, *, head: int, poll_id: int, village_id: int) -> Sequence[Option]:
    cards = await desk_heads.cards(db, poll_id=poll_id, village_id=village_id)
    return [Option(card.head.id, sorting_words.label(card), card.told) for card in cards if card.head.id != head]


async def because(chat: Chat) -> By:
    """Why, in words for the trail."""
    ask = _("Why are they the same? A few words, so that everybody in the group understands it later.")
    why = await chat.text("why", ask, longest=200, optional=_("Without a reason"))
    return By(chat.person.id, chat.now(), why)


ENTRY = Entry("sort_next", sort_next, lambda: _("🗂️ Sort the needs"), action=Action.SORT_NEEDS, nudge_after=None)
