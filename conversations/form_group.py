"""A group answers a long form together, over days: each member takes a part, and everybody sees how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import form_standing
from conversations.chat import Chat
from conversations.forms.filling import Filling
from conversations.forms.filling import load as filling_of
from conversations.questions.option import Option
from locales import _
from storage import fills

PARTS_AT_A_TIME = 40
STOP, FINISH, REST = "!stop", "!finish", "!rest"


async def together(chat: Chat, call: dict[str, Any]) -> None:
    fill_id = await chat.do("fill", partial(fills.together, call_id=call["id"], now=chat.now()))
    seen = partial(_filling, fill_id=fill_id, person_id=chat.person.id, now=chat.now(), zone=chat.zone)
    for number in range(1, PARTS_AT_A_TIME + 1):
        part = chat.part(f"p{number}")
        choices = partial(_choices, seen, chat.person.id)
        chosen = await part.pick("part", partial(_board, seen, call["title"], chat.person.id), choices)
        if chosen == STOP:
            chat.say(_("Thank you! Everything is kept; go on whenever you like: /menu"))
            return
        if chosen == FINISH:
            await part.form("end", fill_id)
            chat.say(_("Thank you! The form is finished, and your coordinator sees it."))
            return
        section = "" if chosen == REST else await _path(part, seen, chosen)
        take = {"fill_id": fill_id, "path": section, "person_id": chat.person.id}
        await part.do("take", partial(fills.take, **take, now=chat.now()))
        await part.form("f", fill_id, section=section, reviews=False)
        chat.say(_("This part is done. ✓"))


async def _path(part: Chat, seen: Any, chosen: str) -> str:
    """The section by its place in the form, since a path is too long for a button; a running form never changes."""
    return str(await part.look("path", partial(_section_at, seen, int(chosen))))


async def _section_at(seen: Any, at: int, db: AsyncConnection) -> str:
    filling: Filling = await seen(db)
    return filling.compiled.sections[at]


async def _filling(db: AsyncConnection, *, fill_id: int, person_id: int, now: datetime, zone: ZoneInfo) -> Filling:
    return await filling_of(db, fill_id=fill_id, person_id=person_id, now=now, zone=zone)


async def _board(seen: Any, title: str, person_id: int, db: AsyncConnection) -> str:
    filling: Filling = await seen(db)
    parts = await form_standing.parts(db, filling)
    done = sum(part.percent >= 100 for part in parts)
    words = _("“{title}”: {done} of {all} parts are done, {percent} %. Which part do you take now?")
    said = words.format(title=title, done=done, all=len(filling.compiled.sections), percent=filling.percent)
    return "\n".join([said, "", *(form_standing.line(part, person_id) for part in parts)]) if parts else said


async def _choices(seen: Any, person_id: int, db: AsyncConnection) -> Sequence[Option]:
    """What is done, or in another's hands, is not offered."""
    filling: Filling = await seen(db)
    parts, progress = await form_standing.parts(db, filling), filling.progress()
    mine = [part for part in parts if part.percent < 100 and part.holder in (None, person_id)]
    options = [Option(str(part.at), _offered(part)) for part in mine]
    if any(told < all_ for path, (told, all_) in progress.items() if path not in filling.compiled.sections):
        options.append(Option(REST, _("The other questions")))
    if filling.next() is None:
        options.append(Option(FINISH, _("✓ Look at everything and finish")))
    return [*options, Option(STOP, _("That is enough for today"))]


def _offered(part: form_standing.Part) -> str:
    title = f"✎ {part.title}" if part.holder is not None else part.title
    return f"{title} · {part.percent} %" if part.percent or part.holder is not None else title
