"""Those who hold an office hear once a month how the promises of the municipality stand, by department."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.registry import Entry
from domain.months import later
from locales import _
from storage import promise_digest as kept
from storage.promise_digest import Department


async def promise_digest(chat: Chat) -> None:
    page = await chat.look("page", partial(_page, chat=chat))
    if page:
        chat.say(page)


async def _page(db: AsyncConnection, *, chat: Chat) -> str | None:
    month = date.fromisoformat(chat.args["month"])
    until = later(month, 1) - timedelta(days=1)
    municipality_id = int(chat.args["municipality"])
    found = await kept.departments(db, municipality_id=municipality_id, today=chat.today(), until=until)
    if not found:
        return None
    head = _("The promises of the municipality at the beginning of the month, department by department:")
    end = _("What is kept was seen by the villages' groups. Your own promises: /menu, “How my promises stand”.")
    return "\n\n".join([head, "\n".join(map(_line, found)), end])


def _line(one: Department) -> str:
    line = _("• {office}: kept {kept}, day passed {overdue}, due this month {near}")
    return line.format(office=one.office, kept=one.kept, overdue=one.overdue, near=one.near)


ENTRY = Entry(
    "promise_digest",
    promise_digest,
    lambda: _("The promises this month"),
    reminder=True,
    nudge_after=None,
    expires_after=timedelta(days=7),
)
