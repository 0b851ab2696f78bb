"""A coordinator sees which messages the program could not take: how many and why, never what was said."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.registry import Entry
from domain.people import Action
from locales import _, ngettext
from storage import parked as storage_parked

SHOWN = 10


async def parked(chat: Chat) -> None:
    by = chat.person.id
    reasons = await chat.look("reasons", partial(storage_parked.reasons, by=by))
    if not reasons:
        chat.say(_("Nothing is stuck. Every message was taken."))
        return
    chat.say(_list(reasons))
    if not await chat.confirm("again", _("Shall I try them once more?"), yes=_("Yes, try"), no=_("Not now")):
        return
    tried = await chat.do("tried", partial(storage_parked.play_again, by=by))
    words = ngettext("{count} message is tried once more.", "{count} messages are tried once more.", tried)
    chat.say(words.format(count=tried))


def _list(reasons: list[tuple[str, int]]) -> str:
    total = sum(count for _reason, count in reasons)
    head = ngettext(
        "{count} message is stuck. It is kept, and what was said in it is not shown:",
        "{count} messages are stuck. They are kept, and what was said in them is not shown:",
        total,
    ).format(count=total)
    return "\n".join([head, *(f"• {count} × {reason}" for reason, count in reasons[:SHOWN])])


async def _any(db: AsyncConnection, _person: Person) -> bool:
    return await storage_parked.any_parked(db)


ENTRY = Entry(
    "parked",
    parked,
    lambda: _("🧰 Messages that are stuck"),
    action=Action.SEE_PARKED,
    in_menu=True,
    offered=_any,
    nudge_after=None,
)
