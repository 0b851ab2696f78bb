"""A need was split in two: whoever stood behind it says which they meant, or both."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from locales import _
from publish import need_words
from storage import halves
from storage.halves import Halves

BOTH = "both"


async def which_half(chat: Chat) -> None:
    chosen = await chat.pick("which", partial(_asked, chat=chat), partial(_options, chat=chat))
    if chosen == BOTH:
        return chat.say(_("Good, you stand behind both."))
    act = partial(halves.choose, act_id=int(chat.args["act"]), person_id=chat.person.id, part=int(chosen))
    await chat.do("choose", lambda db: act(db, now=chat.now()))
    chat.say(_("Thank you. You stand behind that one."))


async def _asked(db: AsyncConnection, *, chat: Chat) -> str:
    found = await _halves(db, chat)
    if found is None:
        return _("This is no longer asked. You need not do anything.")
    first, second = _named(found)
    return "\n".join(
        [
            _("Your group made two needs of one that you stand behind:"),
            f"1. {first}",
            f"2. {second}",
            _("Which one do you mean?"),
        ]
    )


async def _options(db: AsyncConnection, *, chat: Chat) -> list[Option]:
    found = await _halves(db, chat)
    both = Option(BOTH, _("Both"))
    if found is None:
        return [Option(BOTH, _("All right"))]
    return [Option(found.first, _("The first")), Option(found.second, _("The second")), both]


def _named(found: Halves) -> tuple[str, str]:
    names = (found.first_name, found.second_name)
    first, second = [
        f"{need_words.kind(kind)} – {name}" if name else need_words.kind(kind)
        for kind, name in zip(found.kinds, names, strict=True)
    ]
    return first, second


async def _halves(db: AsyncConnection, chat: Chat) -> Halves | None:
    return await halves.halves(db, act_id=int(chat.args["act"]), person_id=chat.person.id)


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await halves.halves(db, act_id=int(args["act"]), person_id=person.id) is not None


ENTRY = Entry(
    "which_half",
    which_half,
    lambda: _("One need became two"),
    reminder=True,
    still=_still,
)
