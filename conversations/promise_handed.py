"""An office hears that it answers for a promise from now on."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.promise_report import report
from conversations.questions.option import Option
from conversations.registry import Entry
from locales import _
from publish.promise_words import quoted
from storage import promise_helpers, promises

READ, REPORT = "read", "report"


async def promise_handed(chat: Chat) -> None:
    promise_id = int(chat.args["promise"])
    if not await chat.look("mine", lambda db: _still(db, chat.person, chat.args, chat.now())):
        return
    steps = [Option(READ, _("Thank you, I have read it")), Option(REPORT, _("🏛 Tell how it stands"))]
    if await chat.pick("then", partial(_page, promise_id=promise_id, chat=chat), steps) == REPORT:
        await report(chat, promise_id)


async def _page(db: AsyncConnection, *, promise_id: int, chat: Chat) -> str:
    handed = (await promises.dossier(db, promise_id=promise_id)).last(promises.HANDED)
    why = handed.body.get("why") if handed else None
    said = _("This promise was handed over to your office, which answers for it from now on:")
    page = await promise_page.text(db, promise_id=promise_id, today=chat.today(), inside=True)
    return "\n\n".join([said, *([quoted(why)] if why else []), page])


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """It may have been handed on meanwhile."""
    one = await promises.dossier(db, promise_id=args["promise"])
    return person.id in await promise_helpers.answering(db, one)


ENTRY = Entry(
    "promise_handed",
    promise_handed,
    lambda: _("A promise that was handed over to you"),
    reminder=True,
    nudge_after=None,
    expires_after=timedelta(days=14),
    still=_still,
    office_hours=True,
    about=partial(promise_page.about, sign="🏛"),
)
