"""What was done on the desk, by whom and why; the last decision about a need can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import sorting_words
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.sorting_desk import place, wire
from domain.people import Action
from locales import _
from storage import desk_heads, sorting
from storage.sorting import By

SHOWN, BACK = 12, "back"  # steps on one screen


async def sort_trail(chat: Chat) -> None:
    here = place(chat.args)
    chosen = await chat.pick("step", partial(_steps, chat=chat, **here), partial(_undoable, chat=chat, **here))
    if chosen == BACK:
        return chat.go_on("sorting_desk", **wire(here))
    ask = _("Shall I take it back? Everything is then as it was before, and the trail keeps both.")
    if await chat.confirm("sure", ask, yes=_("Yes, take it back"), no=_("No, leave it")):
        by = By(chat.person.id, chat.now())
        await chat.do("undo", partial(sorting.undo, act_id=int(chosen), by=by))
        chat.say(_("It is taken back. Everybody stands where they stood before."))
    chat.go_on("sort_trail", **wire(here))


async def _steps(db: AsyncConnection, *, chat: Chat, poll_id: int, village_id: int) -> str:
    lines = await _lines(db, chat, poll_id, village_id)
    head = _("This was done, the newest first. Press a number to take it back.")
    return "\n\n".join([head, *(f"{number}. {words}" for number, _act, words, _can in lines)])


async def _undoable(db: AsyncConnection, *, chat: Chat, poll_id: int, village_id: int) -> Sequence[Option]:
    lines = await _lines(db, chat, poll_id, village_id)
    back = _("↩️ Take back {number}")
    options = [Option(act, back.format(number=number)) for number, act, _words, can in lines if can]
    return [*options, Option(BACK, _("Back to the desk"))]


async def _lines(db: AsyncConnection, chat: Chat, poll_id: int, village_id: int) -> list[tuple[int, int, str, bool]]:
    """(number, decision, words, whether it can be taken back)"""
    names = sorting_words.names(await desk_heads.names(db, poll_id=poll_id, village_id=village_id))
    steps = await sorting.trail(db, poll_id=poll_id, village_id=village_id, most=SHOWN)
    return [
        (number, step.act.id, sorting_words.step(step, names, chat.zone), step.undoable)
        for number, step in enumerate(steps, start=1)
    ]


ENTRY = Entry(
    "sort_trail", sort_trail, lambda: _("↩️ What was done on the desk"), action=Action.SORT_NEEDS, nudge_after=None
)
