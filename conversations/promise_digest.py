"""Those who hold an office hear once a month how the promises of the municipality stand, by department."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from locales import _, current
from storage import promise_digest as kept
from storage.promise_digest import Department

PICTURE, READ = "picture", "read"


async def promise_digest(chat: Chat) -> None:
    page = await chat.look("page", partial(_page, chat=chat))
    if page is None:
        return
    picture, read = Option(PICTURE, _("🖼 As a picture, to show others")), Option(READ, _("Thank you, I have read it"))
    if await chat.pick("then", page, [picture, read]) == PICTURE:
        made = await chat.work("picture", "promise_digest", {**chat.args, "language": current()})
        for photo in made.get("photos", []):
            chat.send(_("The promises at the beginning of the month"), photo=photo)


async def _page(db: AsyncConnection, *, chat: Chat) -> str | None:
    found = await kept.of_month(
        db,
        municipality_id=int(chat.args["municipality"]),
        month=date.fromisoformat(chat.args["month"]),
        today=chat.today(),
    )
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
    browsing=True,
    office_hours=True,
    nudge_after=None,
    expires_after=timedelta(days=7),
)
