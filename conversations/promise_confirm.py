"""An official reads what was written down as a promise of the office: is it right?"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.registry import Entry
from domain.promises import Source
from domain.refusal import Refused
from locales import _
from storage import promises

RIGHT, WRONG = "right", "wrong"


async def promise_confirm(chat: Chat) -> None:
    promise_id = chat.args["promise"]
    if not await chat.look("mine", partial(_mine, promise_id, chat.person.id)):
        return
    text = partial(_text, promise_id=promise_id, today=chat.today())
    if await chat.confirm("right", text, yes=_("Yes, that is right"), no=_("No, I meant it otherwise")):
        confirm = partial(promises.confirm, promise_id=promise_id, person_id=chat.person.id)
        await chat.do("confirm", partial(confirm, now=chat.now()))
        chat.say(
            _("Thank you. Before its day I will ask you how it stands, and you can tell it any time from the /menu.")
        )
        return
    meant = await chat.text(
        "meant", _("How did you mean it? The first words stay, and yours are shown beside them."), longest=1000
    )
    correct = partial(promises.correct, promise_id=promise_id, person_id=chat.person.id, words=meant)
    await chat.do("correct", partial(correct, now=chat.now()))
    chat.say(_("Thank you. Both are shown now: what was written down, and what you say that it means."))


async def _text(db: AsyncConnection, *, promise_id: int, today: date) -> str:
    """Where it was said stands with the words, where that was no round table."""
    source = (await promises.dossier(db, promise_id=promise_id)).new.source
    ask = _("This was written down as your promise. Is it right?")
    if source is Source.ROUND_TABLE:
        ask = _("This was written down as your promise at the round table. Is it right?")
    return await promise_page.question(db, promise_id=promise_id, ask=ask, today=today, near=False)


async def _mine(promise_id: int, person_id: int, db: AsyncConnection) -> bool:
    try:
        await promises.require_office(db, promise_id=promise_id, person_id=person_id)
    except Refused:
        return False
    return True


ENTRY = Entry(
    "promise_confirm",
    promise_confirm,
    lambda: _("A promise of yours"),
    expires_after=timedelta(days=14),
    office_hours=True,
    about=partial(promise_page.about, sign="🏛"),
)
