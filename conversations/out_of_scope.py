"""Whoever stands behind a need hears, once and kindly, why it is not for the village's list."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import scope_reasons
from conversations.chat import Chat
from conversations.registry import Entry
from domain.sorting import Standing
from locales import _
from publish import need_words
from publish.promise_words import quoted
from storage import heads, needs, sorting


async def out_of_scope(chat: Chat) -> None:
    words = await chat.look("told", partial(_told, chat=chat))
    if words:
        chat.say(words)


async def _told(db: AsyncConnection, *, chat: Chat) -> str | None:
    """None where it was put back meanwhile, or they have taken it back themselves."""
    step = await sorting.step(db, act_id=int(chat.args["act"]))
    head = await heads.head(db, need_id=int(chat.args["need"]))
    if step is None or step.undone or head is None or head.standing is not Standing.OUT_OF_SCOPE:
        return None
    mine = await _mine(db, chat.person.id, head)
    reason = scope_reasons.reason(str(step.act.change.get("reason") or ""))
    told = quoted(mine) if mine else need_words.kind(head.kind)
    return "\n\n".join(
        [
            _("Thank you for telling us: {need}").format(need=told),
            _("Your group has read it. It does not go on the village's list, because {reason}.").format(reason=reason),
            _("Your voice is kept. If you see it otherwise, talk to somebody of the group: they can put it back."),
        ]
    )


async def _mine(db: AsyncConnection, person_id: int, head: heads.Head) -> str | None:
    """In the words that this person told or may read; None where there are none."""
    rows = await needs.of_answer(db, poll_id=head.poll_id, person_id=person_id)
    return next((needs.words_for(row, person_id) for row in rows if row.id in head.needs), None)


ENTRY = Entry("out_of_scope", out_of_scope, lambda: _("What became of your need"), notice=True)
