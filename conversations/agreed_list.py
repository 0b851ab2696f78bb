"""The coordinator records the list on which group, trustee and deputy agreed, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import sorting_words
from conversations.chat import Chat
from conversations.place_options import villages_among
from conversations.questions.option import Option
from domain.people import Action
from locales import _
from publish import need_words
from storage import agreed, desk_heads, polls, reach
from storage.desk_heads import Card

MOST = 12


async def agreed_list(chat: Chat, poll_id: int) -> None:
    village_id = await chat.pick("village", _("Of which village?"), partial(_villages, poll_id=poll_id, chat=chat))
    here: dict[str, Any] = {"poll_id": poll_id, "village_id": int(village_id)}
    if not await chat.look("any", partial(_numbers, **here)):
        chat.say(_("This village has told no needs yet."))
        return
    need_ids = await chat.pick_many(
        "needs",
        _("Press the needs in the order that was agreed, the most urgent first."),
        partial(_needs, **here),
        at_most=MOST,
    )
    if not await chat.confirm("agree", partial(_ordered, need_ids=need_ids, **here), yes=_("Yes, that is the list")):
        chat.say(_("Nothing is recorded."))
        return

    async def record(db: AsyncConnection) -> None:
        await agreed.record(db, **here, need_ids=need_ids, by=chat.person.id, now=chat.now())

    await chat.do("record", record)
    chat.say(_("The list is recorded, and everybody who stands behind one of these needs hears of it."))


async def _villages(db: AsyncConnection, *, poll_id: int, chat: Chat) -> Sequence[Option]:
    kept = await polls.poll(db, poll_id=poll_id)
    within = kept.rules.villages & await reach.reach(db, person_id=chat.person.id, action=Action.CLOSE_POLL)
    return await villages_among(db, village_ids=within)


async def _numbers(db: AsyncConnection, *, poll_id: int, village_id: int) -> list[int]:
    return [card.head.id for card in await _listed(db, poll_id, village_id)]


async def _listed(db: AsyncConnection, poll_id: int, village_id: int) -> list[Card]:
    """As the desk has sorted them; what is private or not for the list cannot be chosen."""
    cards = await desk_heads.cards(db, poll_id=poll_id, village_id=village_id)
    return [card for card in cards if card.head.open]


async def _needs(db: AsyncConnection, *, poll_id: int, village_id: int) -> Sequence[Option]:
    """The desk may read what was told; a button holds the first words of it."""
    return [
        Option(card.head.id, sorting_words.label(card), card.told) for card in await _listed(db, poll_id, village_id)
    ]


async def _ordered(db: AsyncConnection, *, need_ids: list[int], poll_id: int, village_id: int) -> str:
    cards = {card.head.id: card for card in await _listed(db, poll_id, village_id)}
    chosen = [cards[need_id] for need_id in need_ids if need_id in cards]
    lines = [f"{place}. {_whole(card)}" for place, card in enumerate(chosen, start=1)]
    return "\n".join([_("The agreed list:"), *lines, "", _("Is it right?")])


def _whole(card: Card, longest: int = 200) -> str:
    kind = need_words.kind(card.head.kind)
    label = f"{kind} – {card.words}" if card.words else kind
    return label if len(label) <= longest else label[: longest - 1] + "…"
