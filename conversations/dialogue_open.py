"""The leader makes the group's draft, names who sits there for each office, and opens it to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_words as words
from conversations import sorting_words
from conversations.chat import Chat
from conversations.dialogue import door
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.dialogue import LASTS, MOST, SEATS, Party
from domain.people import Action
from locales import _, current, ngettext
from storage import chosen, desk_heads, dialogue_course, dialogue_seats, heads, places, roles
from storage.dialogue_course import Draft

VACANT = 0


async def dialogue_open(chat: Chat) -> None:
    draft = await _draft(chat)
    if draft is None:
        return chat.say(_("There is no list to open now. It is made once the poll of the village has closed."))
    items = await _items(chat, draft)
    seats = {
        Party.TRUSTEE: await chat.pick("trustee", _("Who is the trustee?"), partial(_holders, Party.TRUSTEE, draft)),
        Party.DEPUTY: await chat.pick("deputy", _("Who is the deputy?"), partial(_holders, Party.DEPUTY, draft)),
    }
    days = await chat.pick("days", _("How long shall the talk last at most?"), _days())
    sure = partial(_shown, draft=draft, items=items)
    if not await chat.confirm("sure", sure, yes=_("Yes, open it to both"), no=_("Not yet")):
        return chat.say(_("Nothing was opened."))
    await chat.do("open", partial(_open, chat=chat, draft=draft, items=items, seats=seats, days=int(days)))
    chat.say(_("The trustee and the deputy see the list now. You will hear what they say."), doors=(door(),))


async def _items(chat: Chat, draft: Draft) -> list[int]:
    """Where the people have chosen, their list in one tap."""
    ranked = await chat.look("ranked", partial(chosen.ranked, poll_id=draft.poll_id, village_id=draft.village_id))
    if ranked:
        ask = _("The people of the village have chosen. Shall your draft be their list, in their order?")
        options = [Option("theirs", _("Yes, their list")), Option("own", _("No, another order"))]
        if await chat.pick("whose", ask, options) == "theirs":
            return [int(each) for each in ranked[:MOST]]
    ask = _("Press the needs in the order that your group proposes, the most urgent first.")
    return [int(each) for each in await chat.pick_many("items", ask, partial(_needs, draft=draft), at_most=MOST)]


async def _draft(chat: Chat) -> Draft | None:
    """Asked only where there are several villages."""
    found = await chat.look("drafts", partial(_drafts, chat=chat))
    if not found:
        return None
    if len(found) == 1:
        return Draft(*found[0])
    chosen = await chat.pick("village", _("The list of which village?"), partial(_villages, chat=chat))
    return next(Draft(*each) for each in found if each[2] == int(chosen))


async def _drafts(db: AsyncConnection, *, chat: Chat) -> list[list[int]]:
    return [list(each) for each in await dialogue_course.to_open(db, by=chat.person.id, today=chat.today())]


async def _villages(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    options = []
    for draft in await dialogue_course.to_open(db, by=chat.person.id, today=chat.today()):
        village = await places.village(db, village_id=draft.village_id)
        options.append(Option(draft.village_id, village.place.named(current()) if village else ""))
    return options


async def _needs(db: AsyncConnection, *, draft: Draft) -> Sequence[Option]:
    """The desk may read what was told; the offices see what was released."""
    cards = await desk_heads.cards(db, poll_id=draft.poll_id, village_id=draft.village_id)
    return [Option(card.head.id, sorting_words.label(card), card.told) for card in cards if card.head.open]


async def _holders(party: Party, draft: Draft, db: AsyncConnection) -> Sequence[Option]:
    municipality_id = await roles.municipality_of(db, group_id=draft.group_id)
    holders = await dialogue_seats.holders(db, party=party, municipality_id=municipality_id)
    return [
        *(Option(one.role_id or VACANT, one.name or "") for one in holders),
        Option(VACANT, _("The post is vacant")),
    ]


def _days() -> list[Option]:
    return [Option(days, ngettext("{count} day", "{count} days", days).format(count=days)) for days in LASTS]


async def _shown(db: AsyncConnection, *, draft: Draft, items: list[int]) -> str:
    """Exactly what the two offices will read."""
    found = await heads.each(db, need_ids=items)
    called = {item: words.named(found[item].kind, found[item].name) for item in items if item in found}
    shown = words.listed([item for item in items if item in called], called)
    return "\n\n".join(
        [_("The trustee and the deputy will read this, and nothing else:"), shown, _("Shall I open it?")]
    )


async def _open(
    db: AsyncConnection, *, chat: Chat, draft: Draft, items: list[int], seats: dict[Party, Any], days: int
) -> int:
    return await dialogue_course.open_(
        db,
        by=chat.person.id,
        group_id=draft.group_id,
        poll_id=draft.poll_id,
        village_id=draft.village_id,
        items=items,
        seats={party: int(seats[party]) or None for party in SEATS},
        days=days,
        now=chat.now(),
        zone=chat.zone,
    )


ENTRY = Entry(
    "dialogue_open",
    dialogue_open,
    lambda: _("Open the village's list"),
    action=Action.OPEN_DIALOGUE,
    nudge_after=None,
)
